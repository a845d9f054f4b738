"""Amounts need a currency, ratings are 0 to 5 stars (R3, R13)."""

import frappe
import pytest

from tests.site.checks import refused
from tests.site.factories import change_record, interaction, meeting, product_record

pytestmark = pytest.mark.records_only
# tests clear a currency with an empty text, because Frappe fills a missing one from the site's default
AMOUNTS = [
	*((interaction, "amount", "currency"), (meeting, "amount", "currency")),
	*((meeting, "expected_cost", "expected_cost_currency"), (meeting, "actual_cost", "actual_cost_currency")),
	(product_record, "amount", "currency"),
]
EACH = pytest.mark.parametrize("make, amount, currency", AMOUNTS)


@EACH
def test_amount_without_currency_is_refused(make, amount, currency):
	with refused(frappe.MandatoryError, "needs a currency. Choose one in .*Currency"):
		make(**{amount: 1200, currency: ""})


@EACH
def test_amount_with_its_currency_is_saved(make, amount, currency):
	doc = make(**{amount: 1200.5, currency: "EUR"})
	assert frappe.db.get_value(doc.doctype, doc.name, [amount, currency]) == (1200.5, "EUR")


@EACH
def test_a_zero_amount_needs_no_currency(make, amount, currency):
	assert make(**{amount: 0, currency: ""}).name


@EACH
def test_currency_of_a_saved_amount_cannot_be_removed(make, amount, currency):
	doc = make(**{amount: 1200, currency: "EUR"})
	with refused(frappe.MandatoryError, "needs a currency"):
		change_record(doc, **{currency: None})


def test_currency_of_one_amount_does_not_count_for_another():
	message = "Actual Cost.* needs a currency. Choose one in .*Actual Cost Currency"
	with refused(frappe.MandatoryError, message):
		meeting(currency="EUR", expected_cost=100, expected_cost_currency="EUR", actual_cost=120)


def test_product_row_without_currency_is_refused():
	with refused(frappe.MandatoryError, "Amount of Pump P-40.* needs a currency"):
		interaction(products=[{"product": "Pump P-40", "quantity": 2, "amount": 300}], currency="")


def test_product_rows_take_the_currency_of_the_interaction():
	doc = interaction(products=[{"product": "Pump P-40", "quantity": 2, "amount": 300}], currency="EUR")
	assert doc.products[0].get_formatted("amount", currency="EUR").replace("\xa0", " ").startswith("€")


def test_negative_quantity_is_refused():
	with refused(frappe.NonNegativeError, "cannot be negative"):
		interaction(products=[{"product": "Pump P-40", "quantity": -2}])


@pytest.mark.parametrize("stars", [0, 0.2, 0.8, 1, None])
def test_rating_of_up_to_five_stars_is_saved(stars):
	assert (interaction(rating=stars).rating or 0) == (stars or 0)


@pytest.mark.parametrize("stars", [9, 4, 1.2, -0.2])
def test_rating_outside_0_to_5_stars_is_refused(stars):
	with refused(frappe.ValidationError, "outside 0 to 5 stars.* send 0.8 for 4 stars"):
		interaction(rating=stars)
