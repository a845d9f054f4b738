"""With ERPNext, *Reports To* of active employees adds to the reporting lines of teams (R26)."""

import frappe
import pytest

from crm_interactions import visibility
from crm_interactions.journal import app_sources
from crm_interactions.visibility import app_removal, predicate, reporting_lines
from tests.site import other_apps
from tests.site.factories import change_record
from tests.site.visible import below, colleagues, recorded_by, see, sees, team

pytestmark = pytest.mark.records_only

NAMES = [f"employee.{letter}@example.com" for letter in "abcd"]
A, B, C, D = NAMES


@pytest.fixture(autouse=True)
def company(settings):
	other_apps.need("erpnext")
	colleagues(*NAMES)
	settings(visibility=predicate.OWN_AND_TEAM)


def employee(email: str | None, above=None):
	# otherwise ERPNext restricts the user to their own employee record and documents linked to it
	return other_apps.employee(email, reports_to=above and above.name, create_user_permission=0)


def participant(of) -> dict:
	return {"participant_type": "Employee", "participant": of.name, "side": "Ours"}


def test_all_levels_and_changes_count_at_once():
	top = employee(A)
	low = employee(C, employee(B, top))
	doc = recorded_by(C)
	assert see(doc, *NAMES) == [A, B, C]
	change_record(low.reload(), reports_to=None)
	assert see(doc, *NAMES) == [C]
	change_record(low.reload(), reports_to=top.name)
	assert see(doc, *NAMES) == [A, C]
	change_record(low.reload(), user_id=None)
	assert see(doc, *NAMES) == [C]


def test_an_employee_without_a_user_does_not_interrupt_the_reporting_line():
	employee(C, employee(None, employee(A)))
	assert sees(A, recorded_by(C))
	assert reporting_lines.list_users_below(A) == [C] == sorted(below(A))


def test_an_employee_who_left_is_not_in_the_reporting_line():
	low = employee(C, employee(A))
	doc = recorded_by(C)
	assert sees(A, doc)
	change_record(low.reload(), status="Left", relieving_date="2026-01-01")
	assert not sees(A, doc)


def test_teams_and_employees_form_one_reporting_line():
	employee(B, employee(A))
	team("Field", B, C)
	team("Round", C, A)
	assert sees(A, recorded_by(D, responsible=C))
	assert set(reporting_lines.list_users_below(C)) == {A, B}
	assert visibility.rebuild() == {"added": 0, "removed": 0, "changed": 0}


def test_a_participating_employee_gives_access_to_the_linked_user():
	ana = employee(C)
	doc = recorded_by(D, participants=[participant(ana)])
	assert see(doc, *NAMES) == [C, D]
	change_record(ana.reload(), user_id=B)
	assert see(doc, *NAMES) == [B, D]


def test_removing_the_app_ends_access_through_employees():
	ana = employee(C, employee(A))
	employee(B, ana)
	team("Field", D, B)
	doc = recorded_by(D, participants=[participant(ana)])
	assert sees(C, doc)
	activities = app_removal.list_affected_activities("erpnext")
	assert doc.name in activities["Interaction"]
	assert set(activities) <= {*app_sources.DOCTYPES}
	nobody = {"participant_type": None, "participant": None}
	frappe.db.set_value("Interaction Participant", {"parent": doc.name}, nobody)
	app_removal.update_for_removed_app("erpnext", activities)
	frappe.set_user(C)
	assert doc.name not in frappe.get_list("Interaction", pluck="name", limit=0)
	frappe.set_user("Administrator")
	assert reporting_lines.list_users_below(A) == []
	assert reporting_lines.list_users_below(D) == [B]
