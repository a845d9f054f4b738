"""The demo's data on a real site: created through the controllers and removed without a trace."""

import frappe
import pytest
from frappe.utils import add_days, today
from frappe.utils.password import check_password

from crm_interactions import demo
from crm_interactions.chains import slowness
from crm_interactions.demo import people, plan, story
from crm_interactions.demo.write import register, surroundings
from tests.site.demo_data import KINDS, LIMIT, demo_fixtures, differences, remove, row_counts
from tests.site.figures import activities, chains, effectiveness, progress, speed, winning
from tests.site.figures.exported import Period
from tests.site.reporting import rows_of, run_report

made, rolled_back = demo_fixtures(LIMIT)


def check_stories(_period: Period) -> None:
	stories = chains.Stories()
	for chain in frappe.get_all("Interaction Chain", {"status": ("!=", "Merged")}, pluck="name"):
		stories.check(chain)


CHECKS = {
	"Winning by Group": lambda year: winning.check_report(year, winning.select_deals(year), "category"),
	"Chain Details": lambda year: winning.check_details(year, winning.select_deals(year)),
	"Employee Effectiveness": lambda year: effectiveness.check_report(effectiveness.Exported(), year),
	"Activity Analytics": lambda year: activities.check_analytics(
		year, activities.select_activities(year), "status"
	),
	"Meeting Costs": activities.check_costs,
	"Silent Partners": lambda _year: chains.check_silent(7),
	"Chains Without Next Step": lambda _year: chains.check_bare(),
	"Negotiation Summary": check_stories,
	"Chain Speed": speed.check_report,
	"What Comes Before Progress": progress.check_report,
}


@pytest.fixture
def docs(made) -> list:
	return [doc for doctype in ("Interaction", "Meeting") for doc in made.documents[doctype]]


def test_the_demo_has_the_expected_size(made):
	assert len(made.partners) == (LIMIT or 30)
	assert LIMIT or 570 <= made.count <= 650
	assert str(made.count) in made.sentence
	assert all(made.documents.values())


def test_creating_the_demo_again_changes_nothing(capsys):
	before = row_counts()
	demo.create()
	assert "already exists" in capsys.readouterr().out
	assert differences(before, row_counts()) == {}


def test_activities_are_owned_by_their_responsible_employees(docs):
	emails = {person.email for person in people.PEOPLE}
	for doc in docs:
		assert doc.owner == doc.responsible
		assert doc.responsible in emails
		assert doc.party_name  # filled by the controllers
		assert doc.contact_key or doc.doctype == "Meeting" or not doc.how_to_reach.startswith("+")
		assert not doc.completed or doc.completed_by == doc.owner
		assert not doc.completed or 0 <= (doc.completed_on - doc.ends_on).total_seconds() <= 600
		assert not doc.reviewed or doc.reviewed_by == people.SUPERVISOR.email


def test_planned_activities_are_neither_completed_nor_reviewed(docs):
	planned = [doc for doc in docs if doc.status == "Planned"]
	assert planned
	assert not any(doc.completed or doc.reviewed for doc in planned)


def test_the_worked_example_is_included(made):
	(doc,) = (doc for doc in made.documents["Interaction"] if doc.title == "Консультация")
	shown = (doc.party_name, doc.how_to_reach, doc.reviewed)
	assert shown == ("Бытовая техника (Москва)", "(495) 6329816", 1)


def test_meetings_have_participants_place_and_costs(made):
	held = [doc for doc in made.documents["Meeting"] if doc.status == "Held"]
	assert all(doc.place and doc.agenda for doc in held)
	assert all({row.side for row in doc.participants} == {"Ours", "Theirs"} for doc in held)
	assert any(doc.actual_cost and doc.actual_cost_currency for doc in held)


def test_rooms_and_the_car_are_booked(made):
	booked = {row.resource for doc in made.documents["Meeting"] for row in doc.resources}
	assert booked == set(register.names("Meeting Resource")), "each of the three is in use"


def test_dictionaries_are_used(made):
	docs = made.documents["Interaction"]
	source = {"dictionary": surroundings.SOURCE}
	assert {*frappe.get_all("Interaction Dictionary Value", source, pluck="value")} >= {*plan.SOURCES}
	assert all(any(row.dictionary == surroundings.REGION for row in doc.dictionary_values) for doc in docs)


def test_the_demo_sends_no_mail():
	addresses = [contact.email for partner in story.partners() for contact in partner.contacts]
	addresses += [person.email for person in people.PEOPLE]
	assert not frappe.get_all("Email Queue Recipient", {"recipient": ("in", addresses)})


def test_users_log_in_and_see_their_work(as_user):
	for row in demo.credentials():
		assert check_password(row["user"], row["password"]) == row["user"]
		assert row["role"] in frappe.get_roles(row["user"])
		as_user(row["user"])
		assert frappe.get_list("Interaction", limit=1)


@pytest.mark.skipif(bool(LIMIT), reason="five partners have too few chains")
def test_each_report_on_results_says_something(made):
	decided = {row["group"] for row in rows_of(run_report("Winning by Group")) if row.get("win_rate")}
	assert len(decided) >= 3
	paces = [row for row in rows_of(run_report("Chain Speed")) if row["p75_days_to_result"]]
	assert len(paces) >= 2
	compared = [row for row in rows_of(run_report("What Comes Before Progress")) if row["p"] is not None]
	assert len(compared) >= 5
	assert {*frappe.get_all("Interaction Chain", {"slow": 1}, pluck="slow_reason")} >= {
		slowness.WAITING,
		slowness.SILENT,
	}


def test_demo_records_can_be_saved_again(made):
	for doctype in KINDS:
		for doc in made.documents[doctype][:: max(1, len(made.documents[doctype]) // 5)]:
			doc.reload().save()


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_figure_of_the_reports_equals_an_independent_computation(made, check):
	check(Period(add_days(today(), -364), today()))


def test_remove_leaves_the_site_as_it_was(made, capsys):
	assert remove().startswith(f"Removed {made.count} activities and {len(made.partners)} partners")
	assert differences(made.before, row_counts()) == {}
	demo.remove()
	assert "no demo data" in capsys.readouterr().out
