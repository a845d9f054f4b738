"""Costs in the company's currency, at exchange rates stored by ERPNext (R13)."""

import frappe
import pytest
from frappe.utils import add_days, today

from crm_interactions.api import meeting as api
from tests.site.factories import meeting
from tests.site.other_apps import need

pytestmark = pytest.mark.records_only


@pytest.fixture
def company_currency():
	need("erpnext")
	company = frappe.defaults.get_global_default("company")
	return frappe.db.get_value("Company", company, "default_currency")


@pytest.fixture
def foreign(company_currency) -> str:
	name = "CHF" if company_currency != "CHF" else "JPY"
	frappe.db.delete("Currency Exchange", {"from_currency": name})
	return name


def rate(foreign: str, home: str, value: float, day: str, **fields):
	values = {"from_currency": foreign, "to_currency": home, "exchange_rate": value, "date": day}
	frappe.get_doc(
		{"doctype": "Currency Exchange", "for_buying": 1, "for_selling": 1, **values, **fields}
	).insert()


def held(foreign: str, day: str | None = None, **fields):
	fields = {"expected_cost": 200, "expected_cost_currency": foreign, **fields}
	return meeting(starts_on=f"{day or today()} 08:00:00", **fields)


def refuse_internet(*args, **kwargs):
	raise AssertionError("The form fetched an exchange rate from the internet.")


def test_without_erpnext_no_costs_are_converted():
	if "erpnext" in frappe.get_installed_apps():
		pytest.skip("ERPNext is installed")
	assert api.costs(held("CHF").name) == {}


def test_cost_is_converted_to_the_company_currency(company_currency, foreign):
	rate(foreign, company_currency, 1.25, add_days(today(), -3))
	rate(foreign, company_currency, 1.5, add_days(today(), -1))
	doc = held(foreign, actual_cost=10, actual_cost_currency=company_currency)
	assert api.costs(doc.name) == {
		"expected_cost": {
			"amount": 300,
			"currency": company_currency,
			"rate": 1.5,
			"date": add_days(today(), -1),
		}
	}


@pytest.mark.parametrize(("days", "expected"), [(-2, 1.25), (0, 1.5), (30, 1.5)])
def test_the_latest_rate_on_the_day_of_the_meeting_counts(days, expected, company_currency, foreign):
	rate(foreign, company_currency, 1.25, add_days(today(), -3))
	rate(foreign, company_currency, 1.5, add_days(today(), -1))
	found = api.costs(held(foreign, add_days(today(), days)).name)
	assert found["expected_cost"]["rate"] == expected


@pytest.mark.parametrize(
	"fields",
	[{"for_buying": 0}, {"in_days": 1}],
	ids=["only for selling", "of a later day"],
)
def test_selling_rates_and_later_rates_do_not_count(fields, company_currency, foreign):
	fields = dict(fields)
	rate(foreign, company_currency, 1.5, add_days(today(), fields.pop("in_days", -1)), **fields)
	assert api.costs(held(foreign).name) == {}


def test_stale_rate_does_not_count(company_currency, foreign):
	frappe.db.set_single_value("Accounts Settings", {"allow_stale": 0, "stale_days": 2})
	frappe.clear_document_cache("Accounts Settings", "Accounts Settings")
	rate(foreign, company_currency, 1.5, add_days(today(), -10))
	assert api.costs(held(foreign).name) == {}


def test_no_rate_is_fetched_from_the_internet(company_currency, foreign, monkeypatch):
	import requests

	monkeypatch.setattr(requests.Session, "request", refuse_internet)
	assert api.costs(held(foreign).name) == {}


def test_a_zero_cost_is_not_converted(company_currency, foreign):
	rate(foreign, company_currency, 1.5, today())
	assert api.costs(held(foreign, expected_cost=0).name) == {}
