"""With ERPNext, *Reports To* of active employees adds to the reporting lines of teams (R26)."""

import frappe
import pytest

from crm_interactions import visibility
from crm_interactions.journal import app_sources
from crm_interactions.visibility import app_removal, predicate, reporting_lines
from tests.site.factories import interaction, partner
from tests.site.other_apps import need
from tests.site.visible import below, colleagues, expected, team

pytestmark = pytest.mark.records_only

NAMES = [f"employee.{letter}@example.com" for letter in "abcd"]
A, B, C, D = NAMES


@pytest.fixture(autouse=True)
def company(settings):
	need("erpnext")
	colleagues(*NAMES)
	settings(visibility=predicate.OWN_AND_TEAM)


def employee(email: str | None, above=None, **fields):
	values = {
		"doctype": "Employee",
		"first_name": (email or "Nobody").split("@")[0],
		"company": frappe.defaults.get_global_default("company"),
		"user_id": email,
		"gender": "Female",
		"date_of_birth": "1990-01-01",
		"date_of_joining": "2020-01-01",
		"status": "Active",
		"reports_to": above and above.name,
		# otherwise ERPNext restricts the user to their own employee record and documents linked to it
		"create_user_permission": 0,
		**fields,
	}
	return frappe.get_doc(values).insert()


def by(name: str, **fields):
	frappe.set_user(name)
	doc = interaction(**fields)
	frappe.set_user("Administrator")
	return doc


def sees(name: str, doc) -> bool:
	frappe.set_user(name)
	in_list = doc.name in frappe.get_list("Interaction", pluck="name", limit=0)
	frappe.set_user("Administrator")
	assert in_list == bool(frappe.has_permission("Interaction", "read", doc=doc.name, user=name))
	assert in_list == (("Interaction", doc.name) in expected(name))
	return in_list


def test_all_levels_and_changes_count_at_once():
	top = employee(A)
	middle = employee(B, top)
	low = employee(C, middle)
	doc = by(C)
	assert sees(A, doc)
	assert sees(B, doc)
	assert not sees(D, doc)
	low.reload()
	low.reports_to = None
	low.save()
	assert not sees(A, doc)
	assert not sees(B, doc)
	low.reload()
	low.reports_to = top.name
	low.save()
	assert sees(A, doc)
	assert not sees(B, doc)
	low.reload()
	low.user_id = None
	low.save()
	assert not sees(A, doc)


def test_an_employee_without_a_user_does_not_interrupt_the_reporting_line():
	top = employee(A)
	employee(C, employee(None, top))
	assert sees(A, by(C))
	assert reporting_lines.list_users_below(A) == [C] == sorted(below(A))


def test_an_employee_who_left_is_not_in_the_reporting_line():
	top = employee(A)
	low = employee(C, top)
	doc = by(C)
	assert sees(A, doc)
	low.reload()
	low.update({"status": "Left", "relieving_date": "2026-01-01"})
	low.save()
	assert not sees(A, doc)


def test_teams_and_employees_form_one_reporting_line():
	top = employee(A)
	employee(B, top)
	team("Field", B, C)
	team("Round", C, A)
	doc = by(D, responsible=C)
	assert sees(A, doc)
	assert set(reporting_lines.list_users_below(C)) == {A, B}
	assert visibility.rebuild() == {"added": 0, "removed": 0, "changed": 0}


def test_a_participating_employee_gives_access_to_the_linked_user():
	shop = partner()
	ana = employee(C)
	doc = by(
		D, of=shop, participants=[{"participant_type": "Employee", "participant": ana.name, "side": "Ours"}]
	)
	assert sees(C, doc)
	ana.reload()
	ana.user_id = B
	ana.save()
	assert not sees(C, doc)
	assert sees(B, doc)


def test_removing_the_app_ends_access_through_employees():
	top = employee(A)
	ana = employee(C, top)
	employee(B, ana)
	team("Field", D, B)
	doc = by(D, participants=[{"participant_type": "Employee", "participant": ana.name, "side": "Ours"}])
	assert sees(C, doc)
	activities = app_removal.list_affected_activities("erpnext")
	assert doc.name in activities["Interaction"]
	assert set(activities) <= {*app_sources.DOCTYPES}
	frappe.db.set_value(
		"Interaction Participant", {"parent": doc.name}, {"participant_type": None, "participant": None}
	)
	app_removal.update_for_removed_app("erpnext", activities)
	frappe.set_user(C)
	assert doc.name not in frappe.get_list("Interaction", pluck="name", limit=0)
	frappe.set_user("Administrator")
	assert reporting_lines.list_users_below(A) == []
	assert reporting_lines.list_users_below(D) == [B]
