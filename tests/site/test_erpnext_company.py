"""ERPNext's company in activities: defaults, departments, reporting lines, currency, holidays (R3, R13, R22, R26)."""

import frappe
import pytest
from frappe.utils import today

from crm_interactions.api import meeting as meeting_api
from crm_interactions.visibility import predicate
from tests.site.factories import interaction, meeting, next_step_of, partner, record, user
from tests.site.kinds import MAKERS
from tests.site.other_apps import employee, holiday_list, need

pytestmark = pytest.mark.records_only
SELLER, LEADER, STRANGER = "seller@example.com", "leader@example.com", "stranger@example.com"


@pytest.fixture(autouse=True)
def company() -> str:
	"""Create three salespeople and a customer; return the site's default company."""
	need("erpnext")
	for name in (SELLER, LEADER, STRANGER):
		user(name, "Interaction User", "Sales User")
	partner()
	return frappe.defaults.get_global_default("company")


def department(name: str, company: str) -> str:
	"""Return one of the departments that ERPNext creates with a company."""
	return frappe.db.get_value("Department", {"department_name": name, "company": company})


@pytest.mark.parametrize("doctype", MAKERS)
def test_default_company_is_filled_in(doctype, company, as_user):
	as_user(SELLER)
	doc = MAKERS[doctype]()
	assert (doc.company, doc.employee, doc.department) == (company, None, None)


def test_department_of_the_employee_is_filled_in_and_filters_the_list(company, as_user):
	sales = department("Sales", company)
	seller = employee(SELLER, department=sales)
	as_user(SELLER)
	doc = interaction()
	assert (doc.company, doc.employee, doc.department) == (company, seller.name, sales)
	assert frappe.get_list("Interaction", {"department": sales}, pluck="name") == [doc.name]
	assert not frappe.get_list("Interaction", {"department": department("Marketing", company)})


def test_leader_sees_the_activities_of_their_reports(company, settings, as_user):
	settings(visibility=predicate.OWN_AND_TEAM)
	employee(SELLER, reports_to=employee(LEADER).name)
	employee(STRANGER)
	as_user(SELLER)
	doc = interaction()
	for name, sees in ((SELLER, True), (LEADER, True), (STRANGER, False)):
		as_user(name)
		assert (doc.name in frappe.get_list("Interaction", pluck="name")) is sees, name
		assert (doc.chain in frappe.get_list("Interaction Chain", pluck="name")) is sees, name
		assert bool(frappe.has_permission("Interaction", "read", doc=doc.name)) is sees, name


def test_costs_are_converted_to_the_currency_of_the_default_company(company, as_user):
	home = frappe.db.get_value("Company", company, "default_currency")
	rate = {"from_currency": "CHF", "to_currency": home, "exchange_rate": 1.25, "for_buying": 1}
	record("Currency Exchange", date=today(), **rate)
	as_user(SELLER)
	costs = {"expected_cost_currency": "CHF", "actual_cost": 80, "actual_cost_currency": home}
	doc = meeting(expected_cost=200, **costs)
	assert doc.company == company
	expected = {"amount": 250, "currency": home, "rate": 1.25, "date": today()}
	assert meeting_api.costs(doc.name) == {"expected_cost": expected}


@pytest.mark.parametrize("owner", ["Company", "Employee"])
def test_next_step_skips_the_holiday_list(owner, company, settings, as_user):
	hours = {"workday_starts_at": "09:00:00", "workday_ends_at": "17:00:00"}
	settings(respect_working_time=1, monday=1, tuesday=1, wednesday=1, thursday=1, friday=1, **hours)
	listed = holiday_list("2100-06-05", "2100-06-06", "2100-06-07")  # a weekend and a Monday
	if owner == "Employee":
		employee(SELLER, holiday_list=listed)
	else:
		frappe.db.set_value("Company", company, "default_holiday_list", listed)
	as_user(SELLER)
	doc = interaction(starts_on="2100-06-04 14:30:00", plan_next=1, next_in=1, next_unit="Days")
	follow_up = next_step_of(doc)
	# the half hour after the call's end
	assert str(follow_up.starts_on) == str(doc.next_on) == "2100-06-08 15:00:00"
	assert follow_up.company == company
