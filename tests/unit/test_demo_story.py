"""The demo's story and its plan, without Frappe."""

import string
import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import phonenumbers
import pytest

from crm_interactions import demo
from crm_interactions.demo import people, plan, story, workdays
from crm_interactions.demo.wording import PER_EURO, SYMBOLS

TODAY = date(2026, 11, 18)
# a Sunday, the day of the greetings, 1 January, the day of the price list, a leap day
DAYS = [date(2026, 8, 2), date(2026, 12, 16), date(2027, 1, 1), date(2027, 1, 8), date(2028, 2, 29), TODAY]
EACH_DAY = pytest.mark.parametrize("today", DAYS)
REGIONS = {"hr": "HR", "sl": "SI", "pl": "PL", "ru": "RU", "en": "GB"}
KINDS = {"call-in", "call-out", "email-in", "email-out", "sms-in", "sms-out", "meeting"}
OUTCOMES = {"Successful", "Offer Sent", "Call Back", "No Answer", "Not Interested"}
# the unit of a quantity ends with a full stop
ENDINGS = (".", "!", "!”", "!“", "!«", "!»", "{qty}")
PLACEHOLDERS = {"model", "qty", "amount", "discounted", "discount", "offer", "order", "invoice", "next"}


@pytest.fixture(scope="module")
def activities():
	return plan.make(TODAY)


def all_steps():
	"""Yield (language, scenario, index of the step, step, texts) for all steps."""
	for language in story.LANGUAGES:
		for scenario, texts_of in story.load(f"texts/{language}").items():
			steps = story.load("scenarios")[scenario]["steps"]
			for index, (step, texts) in enumerate(zip(steps, texts_of["steps"], strict=True)):
				yield language, scenario, index, step, texts


def fields_in(text: str) -> set[str]:
	return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_thirty_partners_speak_five_languages():
	partners = story.partners()
	assert len(partners) == 30
	assert len({partner.name for partner in partners}) == 30
	assert {partner.language for partner in partners[:5]} == set(story.LANGUAGES)
	assert {partner.kind for partner in partners} == {"Company", "Individual"}
	assert {partner.role for partner in partners} == {"customer", "prospect", "supplier"}


def test_references_of_partners_are_valid():
	for partner in story.partners():
		assert partner.responsible in people.BY_KEY
		assert partner.currency in PER_EURO.keys() & SYMBOLS.keys()
		assert partner.contacts
		assert set(partner.chains) <= set(story.load(f"texts/{partner.language}")), partner.name


def test_addresses_are_unique_and_fictitious():
	addresses = [contact.email for partner in story.partners() for contact in partner.contacts]
	addresses += [person.email for person in people.PEOPLE]
	assert len(addresses) == len(set(addresses))
	assert all(address.endswith((".example.com", ".example.org")) for address in addresses)


def test_phone_numbers_are_possible_in_the_partners_country():
	for partner in story.partners():
		for phone in (phone for contact in partner.contacts for phone in contact.phones):
			number = phonenumbers.parse(phone, REGIONS[partner.language])
			assert phonenumbers.is_possible_number(number), phone
			country = phonenumbers.region_codes_for_country_code(number.country_code)
			assert REGIONS[partner.language] in country or "Dublin" in partner.place, phone


def test_scenarios_use_known_kinds_and_outcomes():
	for key, scenario in story.load("scenarios").items():
		assert scenario["family"] in story.load("products"), key
		for step in scenario["steps"]:
			assert step["kind"] in KINDS, key
			assert step.get("outcome") in OUTCOMES or step.get("status") == "Cancelled", key
			assert (step.get("outcome") == "No Answer") == (step.get("status") == "Not Held"), key
			assert (step["kind"] == "meeting") == ("place" in step), key


def test_texts_use_only_the_numbers_of_their_step():
	for language, scenario, index, step, (title, note) in all_steps():
		where = f"{language}, {scenario}, step {index + 1}"
		used = fields_in(note)
		last = index == len(story.load("scenarios")[scenario]["steps"]) - 1
		assert used | fields_in(title) <= PLACEHOLDERS, where
		assert "next" not in fields_in(title), where
		assert not (last and "next" in used), where
		# an amount in the text is also in the record's fields
		assert not {"amount", "discounted"} & used or step.get("amount") or step.get("discounted"), where
		assert 3 <= len(title) <= 80, where
		assert note.strip() == note, where
		assert scenario == "consultation" or note.endswith(ENDINGS), where


def test_each_language_has_the_scenarios_of_its_partners():
	scenarios = {language: set(story.load(f"texts/{language}")) for language in story.LANGUAGES}
	for language in story.LANGUAGES:
		needed = {key for p in story.partners() if p.language == language for key in p.chains}
		assert needed <= scenarios[language]
		assert len(scenarios[language]) >= 16


def test_only_russian_texts_are_cyrillic():
	for language, scenario, index, _step, (title, note) in all_steps():
		letters = [char for char in (title + note) if char.isalpha()]
		cyrillic = sum("CYRILLIC" in unicodedata.name(char) for char in letters)
		assert (cyrillic > len(letters) / 2) == (language == "ru"), (language, scenario, index)


@EACH_DAY
def test_there_are_about_six_hundred_activities(today):
	found = plan.make(today)
	assert 570 <= len(found) <= 650
	assert {activity.partner.language for activity in found} == set(story.LANGUAGES)
	assert len({activity.partner.name for activity in found}) == 30


def test_the_same_day_gives_the_same_plan(activities):
	assert plan.make(TODAY) == activities
	assert plan.make(TODAY + timedelta(days=1)) != activities


def test_a_limit_keeps_the_first_partners_of_the_same_plan(activities):
	names = {partner.name for partner in story.partners()[:5]}
	assert plan.make(TODAY, limit=5) == [a for a in activities if a.partner.name in names]


@EACH_DAY
def test_dates_are_working_days_from_a_year_ago_to_two_weeks_ahead(today):
	for activity in plan.make(today):
		assert today - timedelta(days=366) <= activity.starts_on.date() <= today + timedelta(days=18)
		assert workdays.is_working(activity.starts_on.date())
		assert activity.starts_on <= activity.ends_on
		assert 8 <= activity.starts_on.hour < 16
		assert activity.ends_on.date() == activity.starts_on.date()


@EACH_DAY
def test_planned_activities_are_late_due_and_ahead_and_all_others_past(today):
	found = plan.make(today)
	planned = [activity.starts_on.date() for activity in found if activity.status == "Planned"]
	assert sum(day < today for day in planned) >= 3
	assert sum(day > today for day in planned) >= 5
	if workdays.is_working(today):
		assert today in planned
	assert all(a.starts_on.date() < today for a in found if a.status != "Planned")
	assert not any(a.completed or a.outcome or a.rating for a in found if a.status == "Planned")


def test_the_plan_covers_every_kind_of_record(activities):
	assert {a.doctype for a in activities} == {"Interaction", "Meeting", "Product Record"}
	interactions = {a.kind for a in activities if a.doctype == "Interaction"}
	assert interactions == {"Phone Call", "E-mail", "SMS", "Planned"}
	assert {a.status for a in activities} == {"Planned", "Held", "Not Held", "Cancelled"}
	assert {a.outcome for a in activities if a.outcome} == OUTCOMES
	assert {a.partner.currency for a in activities if a.amount} == {"EUR", "PLN", "RUB", "GBP"}
	assert {a.priority for a in activities} == {"Urgent", "High", "Normal", "Low"}
	assert len({a.category for a in activities if a.category}) == 4
	assert any(a.control_on for a in activities)
	assert 0 < sum(a.reviewed for a in activities) < sum(a.completed for a in activities)
	assert sum(bool(a.file) for a in activities) > 20


def test_calls_and_messages_go_to_numbers_that_fit(activities):
	"""Calls use the first number, messages the last one, which is a mobile phone."""
	positions = {"Phone Call": 0, "SMS": -1}
	found = [a for a in activities if a.kind in positions and a.contact and len(a.contact.phones) > 1]
	assert {a.kind for a in found} == {*positions}
	assert not [a for a in found if a.how_to_reach != a.contact.phones[positions[a.kind]]]


def test_meetings_of_one_user_dont_overlap(activities):
	for first, second in combinations([a for a in activities if a.doctype == "Meeting"], 2):
		if first.responsible == second.responsible:
			assert first.ends_on <= second.starts_on or first.starts_on >= second.ends_on


def test_texts_are_complete_and_rarely_repeated(activities):
	assert not any("{" in a.title + a.notes or ".." in a.title + a.notes for a in activities)
	within = Counter((a.partner.name, a.doctype, a.title) for a in activities)
	assert max(within.values()) <= 2
	titles = Counter(a.title for a in activities if a.doctype != "Product Record")
	assert max(titles.values()) <= 9
	assert len(titles) > 350


def test_the_worked_example_is_part_of_the_story(activities):
	found = [a for a in activities if a.title == "Консультация"]
	expected = ("Бытовая техника (Москва)", "(495) 6329816", "Incoming", "Бытовая техника (Москва)")
	values = [(a.partner.name, a.how_to_reach, a.direction, a.contact.first_name) for a in found]
	assert values == [expected]
	assert found[0].notes == "Консультация по поводу покупки бытовой техники"
	assert found[0].reviewed


def test_credentials_need_no_site():
	found = demo.credentials()
	assert [set(row) for row in found] == [{"user", "password", "role", "try"}] * len(people.PEOPLE)
	roles = Counter(row["role"] for row in found)
	assert roles["Interaction Manager"] == roles["Interaction Administrator"] == 1
	assert roles["Interaction User"] >= 2
