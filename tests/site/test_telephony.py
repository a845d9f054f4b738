"""Events of telephone systems: a ringing call notifies, later events make one interaction (R28)."""

from datetime import time

import frappe
import pytest

from crm_interactions.api import activity, capture
from crm_interactions.api.call import get_card, get_history
from tests.site.capturing import DAY, OURS, START, THEIRS
from tests.site.factories import (
	change_record,
	contact,
	interaction,
	log_in,
	next_step_of,
	partner,
	record,
	recorder,
	user,
)

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent", "around_the_clock")]
MEMBER, SYSTEM = "answers@example.com", "pbx@example.com"
KEY = "pbx-17"
NOBODY = {"matches": [], "recent": [], "open": []}
# queries: number, readable contacts, their names and partners, title of the partner, history (two), type
MOST_OF_CARD = 8


@pytest.fixture
def member() -> str:
	"""Return a user whose number is the one that is called."""
	name = user(MEMBER, "Interaction User").name
	frappe.db.set_value("User", name, "mobile_no", OURS)
	return name


@pytest.fixture
def caller():
	return contact(partner(), phone=THEIRS)


@pytest.fixture
def told(monkeypatch) -> list:
	"""Return the list of realtime messages that are sent, as (user, message)."""
	sent = []

	def publish(event, message=None, user=None, **_more):
		if event == "crm_interactions_call":
			sent.append((user, message))

	monkeypatch.setattr(frappe, "publish_realtime", publish)
	return sent


def log(event: str, **values) -> dict:
	return activity.log(
		**{
			"event": event,
			"idempotency_key": KEY,
			"from_number": THEIRS,
			"to_number": OURS,
			"starts_on": START,
			**values,
		}
	)


def logged(event: str, **values):
	answer = log(event, **values)
	return frappe.get_doc(answer["doctype"], answer["name"])


def calls() -> int:
	return frappe.db.count("Interaction", {"how_to_reach": THEIRS, "direction": "Incoming"})


class TestRinging:
	def test_it_notifies_the_called_user_and_stores_nothing(self, member, caller, told):
		before = calls()
		assert log("ringing") == {"doctype": None, "name": None, "reason": None}
		assert told == [
			(member, {"event": "ringing", "number": THEIRS, "key": KEY, "doctype": None, "name": None})
		]
		assert calls() == before
		assert not frappe.db.exists("Captured Item", {"address": THEIRS})

	def test_a_named_user_is_notified(self, member, told):
		log("ringing", user=user("other@example.com", "Interaction User").name, to_number="12")
		assert [name for name, _message in told] == ["other@example.com"]

	@pytest.mark.parametrize("number", ["", "anonymous"])
	def test_a_withheld_number_notifies_nobody(self, member, told, number):
		log("ringing", from_number=number)
		assert told == []

	def test_an_excluded_number_notifies_nobody(self, member, told):
		record("Capture Exclusion", pattern=THEIRS)
		log("ringing")
		assert told == []

	def test_an_outgoing_call_notifies_nobody(self, member, told):
		log("ringing", direction="Outgoing", from_number=OURS, to_number=THEIRS)
		assert told == []


class TestEvents:
	def test_an_answered_call_is_held_and_gets_its_length_and_recording_later(self, member, caller, told):
		doc = logged("answered")
		link = caller.links[0]
		assert (doc.party, doc.contact, doc.responsible) == (link.link_name, caller.name, MEMBER)
		assert (doc.status, doc.direction, doc.duration or 0) == ("Held", "Incoming", 0)
		assert str(doc.starts_on) == START
		again = logged("ended", duration=95, recording_url="https://pbx.example.com/17", notes="Two pumps")
		assert (again.name, again.duration, again.status) == (doc.name, 95, "Held")
		assert again.notes.startswith("<p>Two pumps</p>")
		assert 'href="https://pbx.example.com/17"' in again.notes
		final = logged("ended", from_number=None, to_number=None, starts_on=None)
		assert (final.name, final.duration, final.notes) == (doc.name, 95, again.notes)
		assert [message["name"] for _user, message in told] == [doc.name] * 2

	def test_values_of_a_user_stay(self, member, caller):
		doc = logged("answered")
		change_record(doc, title="Two pumps", notes="<p>Wants them blue.</p>")
		doc = logged(
			"ended",
			duration=95,
			title="Call",
			notes="from the exchange",
			recording_url="https://pbx.example.com/17",
		)
		assert (doc.title, doc.duration) == ("Two pumps", 95)
		assert doc.notes.startswith("<p>Wants them blue.</p>")
		assert "from the exchange" not in doc.notes
		assert "https://pbx.example.com/17" in doc.notes

	def test_a_completed_call_stays(self, member, caller):
		change_record(logged("answered"), completed=1)
		assert not logged("ended", duration=95).duration

	def test_an_outgoing_call_is_with_the_called_number(self, member, caller):
		doc = logged("ended", direction="outgoing", from_number=OURS, to_number=THEIRS, duration=5)
		assert (doc.direction, doc.how_to_reach, doc.responsible) == ("Outgoing", THEIRS, MEMBER)

	def test_a_national_number_is_matched(self, member):
		frappe.db.set_single_value("System Settings", "country", "Croatia")
		frappe.clear_document_cache("System Settings", "System Settings")
		ana = contact(partner(), phone=THEIRS)
		assert logged("ended", from_number="01 4567 890").contact == ana.name

	def test_an_unknown_number_waits_and_gets_its_length(self, member):
		item = logged("answered")
		assert (item.doctype, item.status, item.responsible) == ("Captured Item", "To Assign", MEMBER)
		assert logged("ended", duration=95).name == item.name
		shop = partner()
		capture.assign(item.name, shop.doctype, shop.name)
		doc = logged("ended", duration=120)
		assert (doc.doctype, doc.duration, doc.source) == ("Interaction", 120, None)

	@pytest.mark.parametrize(
		("number", "reason"),
		[("", "no number"), ("anonymous", "no number"), (OURS, "internal"), ("12", "internal")],
	)
	def test_calls_that_are_not_recorded_have_a_reason(self, member, number, reason):
		assert log("ended", from_number=number) == {"doctype": None, "name": None, "reason": reason}

	def test_an_excluded_number_is_not_recorded(self, caller):
		record("Capture Exclusion", pattern=THEIRS)
		assert log("ended")["reason"] == "excluded"
		assert not frappe.db.exists("Capture Refusal", {"address": THEIRS})


class TestMissed:
	def test_an_old_call_is_not_called_back(self, member, caller):
		assert not logged("missed", starts_on="2026-03-02 10:00:00").next_activity

	def test_a_missed_call_plans_a_call_back_in_its_chain(self, member, caller):
		doc = logged("missed")
		step = next_step_of(doc)
		assert (doc.status, doc.duration or 0) == ("Not Held", 0)
		assert (step.status, step.direction, step.interaction_type) == ("Planned", "Outgoing", "Phone Call")
		assert (step.chain, step.party, step.contact) == (doc.chain, doc.party, doc.contact)
		assert (step.responsible, step.how_to_reach, step.title) == (MEMBER, THEIRS, "Call Back")
		minutes = frappe.utils.time_diff_in_seconds(step.starts_on, frappe.utils.now_datetime()) / 60
		# midnight stands for no time of day, so half an hour later is taken instead
		assert 55 <= minutes <= (125 if step.starts_on.time() == time(0, 30) else 95)
		todo = {"reference_type": "Interaction", "reference_name": step.name, "allocated_to": MEMBER}
		assert frappe.db.exists("ToDo", todo)

	def test_it_is_planned_in_working_time(self, member, caller, settings):
		days = dict.fromkeys(
			("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1
		)
		settings(respect_working_time=1, workday_starts_at="09:00:00", workday_ends_at="17:00:00", **days)
		start = next_step_of(logged("missed")).starts_on
		assert 9 <= start.hour <= 17

	def test_a_second_missed_call_plans_nothing_more(self, member, caller):
		logged("missed")
		doc = logged("missed", idempotency_key="pbx-18")
		assert not doc.next_activity
		assert doc.status == "Not Held"

	def test_a_partner_who_was_reached_since_is_not_called_back(self, member, caller):
		logged("ended", idempotency_key="pbx-18", starts_on=f"{DAY} 11:00:00", duration=60)
		assert not logged("missed").next_activity

	def test_the_rule_for_missed_calls_decides_on_the_time(self, member, caller):
		record("Interaction Outcome", title="Missed")
		kind = frappe.get_doc("Interaction Type", "Phone Call")
		rule = {
			"outcome": "Missed",
			"next_type": "Phone Call",
			"next_in": 3,
			"next_unit": "Days",
			"title": "Ring them",
		}
		kind.append("next_steps", rule)
		kind.save()
		step = next_step_of(logged("missed"))
		assert step.title == "Ring them"
		# three working days after yesterday
		assert 1 <= frappe.utils.date_diff(step.starts_on, frappe.utils.nowdate()) <= 4

	def test_another_phone_that_answers_withdraws_the_call_back(self, member, caller):
		step = next_step_of(logged("missed"))
		doc = logged("answered")
		assert (doc.status, doc.next_activity) == ("Held", None)
		assert step.reload().status == "Cancelled"

	def test_an_answered_call_cannot_be_missed_any_more(self, member, caller):
		logged("answered")
		doc = logged("missed")
		assert (doc.status, doc.next_activity) == ("Held", None)

	def test_a_missed_call_that_is_assigned_later_is_called_back(self, member):
		item = logged("missed")
		shop = partner()
		capture.assign(item.name, shop.doctype, shop.name)
		assert next_step_of(logged("missed")).party == shop.name

	def test_a_missed_outgoing_call_plans_nothing(self, member, caller):
		values = {"direction": "Outgoing", "from_number": OURS, "to_number": THEIRS}
		assert not logged("missed", **values).next_activity

	def test_a_plan_that_fails_keeps_the_call(self, member, caller, settings):
		settings(
			respect_working_time=1,
			**dict.fromkeys(
				("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 0
			),
		)
		doc = logged("missed")
		assert (doc.status, doc.next_activity) == ("Not Held", None)
		assert frappe.db.exists("Error Log", {"reference_name": doc.name})


class TestRights:
	def test_the_right_to_create_interactions_is_enough(self, member, caller):
		log_in(SYSTEM, "Interaction User")
		step = next_step_of(logged("missed"))
		assert step.owner == SYSTEM
		assert step.responsible == MEMBER

	def test_without_that_right_it_is_refused(self, caller):
		log_in("stranger@example.com")
		with pytest.raises(frappe.PermissionError):
			log("ringing")

	def test_a_guessed_key_does_not_open_the_call_of_another_user(self, member, caller, settings):
		log_in(SYSTEM, "Interaction User")
		log("answered")
		frappe.set_user("Administrator")
		settings(visibility="Own and Team")
		log_in("curious@example.com", "Interaction User")
		with pytest.raises(frappe.PermissionError):
			log("ended", notes="mine")


@pytest.mark.parametrize(
	("wrong", "told"),
	[
		({"event": "hung up"}, "ringing, answered, missed, ended"),
		({"idempotency_key": "  "}, "idempotency_key"),
		({"from_number": "+385 1 4567 890 12345 67890"}, "is no telephone number"),
		({"direction": "inbound"}, "Incoming, Outgoing"),
		({"duration": "01:30"}, "seconds"),
		({"duration": -5}, "negative"),
		({"duration": "nan"}, "seconds"),
		({"user": "nobody@example.com"}, "no enabled user"),
		({"recording_url": "javascript:alert(1)"}, "address of a recording"),
		({"starts_on": "yesterday"}, "not a valid date"),
		({"starts_on": "2099-01-01 10:00:00"}, "in the future"),
	],
)
def test_wrong_values_are_refused_with_the_remedy(wrong, told):
	with pytest.raises(frappe.ValidationError, match=told):
		log(**{"event": "ended", **wrong})


def test_nothing_is_recorded_while_calls_are_switched_off(caller, settings):
	settings(enable_calls=0)
	with pytest.raises(frappe.ValidationError):
		log("ended")


class TestCard:
	@pytest.fixture
	def history(self, caller):
		"""Return the partner of the caller with four past activities and two planned ones."""
		shop = frappe.get_doc(caller.links[0].link_doctype, caller.links[0].link_name)
		for day in range(1, 5):
			interaction(shop, title=f"Call {day}", starts_on=f"2026-02-0{day} 10:00:00")
		for day in (2, 1):
			interaction(shop, title=f"Step {day}", status="Planned", starts_on=f"2099-02-0{day} 10:00:00")
		return shop

	def test_it_shows_the_last_activities_and_the_open_steps(self, caller, history):
		card = get_card(THEIRS)
		(match,) = card["matches"]
		assert (match["contact"], match["party"], match["exact"]) == (caller.name, history.name, True)
		assert [row.title for row in card["recent"]] == ["Call 4", "Call 3", "Call 2"]
		assert [row.title for row in card["open"]] == ["Step 1", "Step 2"]
		assert get_history(history.doctype, history.name) == {key: card[key] for key in ("recent", "open")}

	def test_several_matches_have_no_history_yet(self, caller, history):
		contact(partner("Baltic Supplies"), first_name="Jonas", phone=THEIRS)
		card = get_card(THEIRS)
		assert (len(card["matches"]), card["recent"], card["open"]) == (2, [], [])

	def test_an_unknown_number_has_none(self):
		assert get_card("+385 1 999 0000") == {**NOBODY, "interaction_type": "Phone Call"}

	def test_only_readable_activities_are_shown(self, caller, history, settings):
		settings(visibility="Own and Team")
		frappe.set_user(recorder("new@example.com").name)
		card = get_card(THEIRS)
		assert (card["recent"], card["open"]) == ([], [])
		interaction(history, title="Mine")
		assert [row.title for row in get_card(THEIRS)["recent"]] == ["Mine"]

	def test_a_card_takes_few_queries_however_long_the_history_is(self, history, monkeypatch):
		"""The history takes two, and the checks of the partner four at most; Frappe asks for roles besides."""
		get_card(THEIRS)  # metadata is in the cache from now on
		sent, send = [], frappe.db.sql
		monkeypatch.setattr(
			frappe.db, "sql", lambda *args, **given: sent.append(args[0]) or send(*args, **given)
		)
		get_history(history.doctype, history.name)
		assert len(sent) <= 6
		sent.clear()
		get_card(THEIRS)
		own = [query for query in sent if "DocPerm" not in str(query)]
		assert len(own) <= MOST_OF_CARD, "\n".join(str(query)[:200] for query in own)
