"""Dictionaries that an administrator defines with their own values, without code (R11)."""

import frappe
import pytest

from crm_interactions.exceptions import DisabledValueError
from tests.site.checks import refused
from tests.site.factories import change_record, interaction, record

pytestmark = pytest.mark.records_only


def dictionary(title: str, *values: str, **fields):
	return record("Interaction Dictionary", title=title, new_values="\n".join(values), **fields)


def valued(*names: str, **fields):
	"""Return an interaction with these dictionary values."""
	return interaction(dictionary_values=[{"value": name, **fields} for name in names])


@pytest.fixture
def region():
	return dictionary("Region", "North", "South")


def test_each_line_of_new_values_becomes_a_value():
	doc = dictionary("Region", "North", "  South ", "", "North")
	assert _values("Region") == ["North", "South"]
	assert not frappe.db.get_value("Interaction Dictionary", doc.name, "new_values")


def test_new_values_are_added_to_the_existing_ones(region):
	change_record(region, new_values="South\nWest")
	assert _values("Region") == ["North", "South", "West"]


def test_value_fills_in_its_dictionary(region):
	assert valued("Region - North").dictionary_values[0].dictionary == "Region"


def test_missing_value_is_refused(region):
	with refused(frappe.LinkValidationError, "Could not find .*Region - East"):
		valued("Region - East")


def test_value_of_another_dictionary_is_refused(region):
	dictionary("Season", "Winter")
	message = "Row 1: .*Season - Winter.* is a value of .*Season.*, not of .*Region"
	with refused(frappe.ValidationError, message):
		valued("Season - Winter", dictionary="Region")


def test_record_has_at_most_one_value_of_each_dictionary(region):
	dictionary("Season", "Winter")
	assert valued("Region - North", "Season - Winter").name
	with refused(frappe.ValidationError, "Row 2: .*Region.* already has a value. Remove one of the rows"):
		valued("Region - North", "Region - South")


def test_dictionary_can_allow_several_values():
	dictionary("Region", "North", "South", multiple=1)
	assert valued("Region - North", "Region - South").name
	with refused(frappe.ValidationError, "already has a value"):
		valued("Region - North", "Region - North")


@pytest.mark.parametrize("which", ["value", "dictionary"])
def test_disabled_value_or_dictionary_cannot_be_newly_chosen_but_stays(region, which):
	doc = valued("Region - North")
	north = frappe.get_doc("Interaction Dictionary Value", "Region - North")
	change_record({"value": north, "dictionary": region}[which], disabled=1)
	change_record(doc, notes="Sent the offer.")
	assert doc.dictionary_values[0].value == "Region - North"
	with refused(DisabledValueError, "Region.*North.* is disabled"):
		valued("Region - North")


def test_records_follow_renamed_dictionaries_and_values(region):
	doc = valued("Region - North")
	frappe.rename_doc("Interaction Dictionary", "Region", "Area")
	frappe.rename_doc("Interaction Dictionary Value", "Region - North", "Area - North")
	doc.reload()
	assert (doc.dictionary_values[0].dictionary, doc.dictionary_values[0].value) == ("Area", "Area - North")
	change_record(doc, notes="Sent the offer.")


def test_lists_can_be_filtered_by_values(region):
	doc = valued("Region - North")
	valued("Region - South")
	filters = [["Interaction Dictionary Entry", "value", "=", "Region - North"]]
	assert frappe.get_list("Interaction", filters=filters, pluck="name") == [doc.name]


def _values(title: str) -> list[str]:
	of = {"dictionary": title}
	return frappe.get_all("Interaction Dictionary Value", of, pluck="value", order_by="value asc")
