"""Disabled values can't be newly chosen but stay on older records (R11)."""

import frappe
import pytest

from crm_interactions.exceptions import DisabledValueError
from tests.site.checks import refused
from tests.site.factories import interaction, meeting

pytestmark = pytest.mark.records_only
FIELDS = {
	"interaction_type": "Interaction Type",
	"priority": "Interaction Priority",
	"category": "Interaction Category",
	"outcome": "Interaction Outcome",
}
EACH = pytest.mark.parametrize("field, doctype", FIELDS.items())
BOTH = pytest.mark.parametrize("make", [interaction, meeting])


def value(doctype: str, title: str = "Special", **fields):
	return frappe.get_doc({"doctype": doctype, "title": title, "medium": "Other", **fields}).insert()


def disable(doc):
	doc.disabled = 1
	doc.save()


@BOTH
@EACH
def test_enabled_value_can_be_chosen(make, field, doctype):
	assert make(**{field: value(doctype).name}).get(field) == "Special"


@BOTH
@EACH
def test_disabled_value_cannot_be_newly_chosen(make, field, doctype):
	disable(value(doctype))
	with refused(DisabledValueError, "Special.* is disabled. Choose another value"):
		make(**{field: "Special"})


@BOTH
@EACH
def test_disabled_value_stays_on_older_records(make, field, doctype):
	record = value(doctype)
	doc = make(**{field: record.name})
	disable(record)
	doc.notes = "Sent the offer."
	doc.save()
	assert doc.get(field) == "Special"


@EACH
def test_disabled_value_cannot_be_chosen_on_an_older_record(field, doctype):
	disable(value(doctype))
	doc = interaction()
	doc.set(field, "Special")
	with refused(DisabledValueError, "is disabled"):
		doc.save()


@EACH
def test_records_follow_a_renamed_value(field, doctype):
	doc = interaction(**{field: value(doctype).name})
	frappe.rename_doc(doctype, "Special", "Extraordinary")
	assert frappe.db.get_value("Interaction", doc.name, field) == "Extraordinary"
	assert frappe.db.get_value(doctype, "Extraordinary", "title") == "Extraordinary"


@EACH
def test_value_in_use_cannot_be_deleted(field, doctype):
	interaction(**{field: value(doctype).name})
	with refused(frappe.LinkExistsError, "is linked with Interaction|disable this .* instead of deleting it"):
		frappe.delete_doc(doctype, "Special")


def test_type_fills_in_direction_and_duration():
	value("Interaction Type", "Video Call", default_direction="Outgoing", default_duration=1800)
	doc = interaction(interaction_type="Video Call")
	assert (doc.direction, doc.duration) == ("Outgoing", 1800)
	doc = interaction(interaction_type="Video Call", direction="Incoming", duration=60)
	assert (doc.direction, doc.duration) == ("Incoming", 60)


def test_default_priority_comes_from_the_settings_unless_it_is_disabled(settings):
	assert interaction().priority == "Normal"
	record = value("Interaction Priority")
	settings(default_priority="Special")
	assert interaction().priority == "Special"
	assert interaction(priority="High").priority == "High"
	disable(record)
	assert interaction().priority is None
