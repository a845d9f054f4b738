"""Costs in the company's currency, at exchange rates stored by ERPNext (R13)."""

import frappe
import pytest
from frappe.utils import add_days, today

from crm_interactions.api import meeting as api
from tests.site.factories import meeting, record
from tests.site.other_apps import need

pytestmark = pytest.mark.records_only


@pytest.fixture
def company_currency():
	need("erpnext")
	return frappe.db.get_value("Company", frappe.defaults.get_global_default("company"), "default_currency")


@pytest.fixture
def foreign(company_currency) -> str:
	name = "CHF" if company_currency != "CHF" else "JPY"
	frappe.db.delete("Currency Exchange", {"from_currency": name})
	return name


@pytest.fixture
def rate(company_currency, foreign):
	"""Return a function that stores an exchange rate of a day, counted from today."""

	def store(value: float, days: int, **fields):
		pair = {"from_currency": foreign, "to_currency": company_currency, "exchange_rate": value}
		values = {"for_buying": 1, "for_selling": 1, "date": add_days(today(), days), **pair, **fields}
		record("Currency Exchange", **values)

	return store


@pytest.fixture
def rates(rate):
	rate(1.25, -3)
	rate(1.5, -1)


def held(foreign: str, day: str | None = None, **fields):
	fields = {"expected_cost": 200, "expected_cost_currency": foreign, **fields}
	return meeting(starts_on=f"{day or today()} 08:00:00", **fields)


def refuse_internet(*args, **kwargs):
	raise AssertionError("The form fetched an exchange rate from the internet.")


def test_without_erpnext_no_costs_are_converted():
	if "erpnext" in frappe.get_installed_apps():
		pytest.skip("ERPNext is installed")
	assert api.costs(held("CHF").name) == {}


@pytest.mark.usefixtures("rates")
def test_cost_is_converted_to_the_company_currency(company_currency, foreign):
	doc = held(foreign, actual_cost=10, actual_cost_currency=company_currency)
	found = {"amount": 300, "currency": company_currency, "rate": 1.5, "date": add_days(today(), -1)}
	assert api.costs(doc.name) == {"expected_cost": found}


@pytest.mark.usefixtures("rates")
@pytest.mark.parametrize(("days", "expected"), [(-2, 1.25), (0, 1.5), (30, 1.5)])
def test_the_latest_rate_on_the_day_of_the_meeting_counts(days, expected, foreign):
	assert api.costs(held(foreign, add_days(today(), days)).name)["expected_cost"]["rate"] == expected


@pytest.mark.parametrize(
	"days, fields", [(-1, {"for_buying": 0}), (1, {})], ids=["only for selling", "of a later day"]
)
def test_selling_rates_and_later_rates_do_not_count(days, fields, foreign, rate):
	rate(1.5, days, **fields)
	assert api.costs(held(foreign).name) == {}


def test_stale_rate_does_not_count(foreign, rate):
	frappe.db.set_single_value("Accounts Settings", {"allow_stale": 0, "stale_days": 2})
	frappe.clear_document_cache("Accounts Settings", "Accounts Settings")
	rate(1.5, -10)
	assert api.costs(held(foreign).name) == {}


def test_no_rate_is_fetched_from_the_internet(foreign, monkeypatch):
	import requests

	monkeypatch.setattr(requests.Session, "request", refuse_internet)
	assert api.costs(held(foreign).name) == {}


def test_a_zero_cost_is_not_converted(foreign, rate):
	rate(1.5, 0)
	assert api.costs(held(foreign, expected_cost=0).name) == {}
