"""Disabled values can't be newly chosen but stay on older records (R11)."""

import frappe
import pytest

from crm_interactions.exceptions import DisabledValueError
from tests.site.checks import refused, stored
from tests.site.factories import change_record, interaction, record
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
FIELDS = {
	**{"interaction_type": "Interaction Type", "priority": "Interaction Priority"},
	**{"category": "Interaction Category", "outcome": "Interaction Outcome"},
}
EACH = pytest.mark.parametrize("field, doctype", FIELDS.items())


def value(doctype: str, title: str = "Special", **fields):
	return record(doctype, title=title, medium="Other", **fields)


@CALL_AND_MEETING
@EACH
def test_enabled_value_can_be_chosen(make, field, doctype):
	assert make(**{field: value(doctype).name}).get(field) == "Special"


@CALL_AND_MEETING
@EACH
def test_disabled_value_cannot_be_newly_chosen(make, field, doctype):
	change_record(value(doctype), disabled=1)
	with refused(DisabledValueError, "Special.* is disabled. Choose another value"):
		make(**{field: "Special"})


@CALL_AND_MEETING
@EACH
def test_disabled_value_stays_on_older_records(make, field, doctype):
	special = value(doctype)
	doc = make(**{field: special.name})
	change_record(special, disabled=1)
	assert change_record(doc, notes="Sent the offer.").get(field) == "Special"


@EACH
def test_disabled_value_cannot_be_chosen_on_an_older_record(field, doctype):
	change_record(value(doctype), disabled=1)
	doc = interaction()
	with refused(DisabledValueError, "is disabled"):
		change_record(doc, **{field: "Special"})


@EACH
def test_records_follow_a_renamed_value(field, doctype):
	doc = interaction(**{field: value(doctype).name})
	frappe.rename_doc(doctype, "Special", "Extraordinary")
	assert stored(doc, field) == "Extraordinary"
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
	special = value("Interaction Priority")
	settings(default_priority="Special")
	assert interaction().priority == "Special"
	assert interaction(priority="High").priority == "High"
	change_record(special, disabled=1)
	assert interaction().priority is None
