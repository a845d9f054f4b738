"""A meeting without a type gets the first enabled type with the medium Meeting, however it is recorded (R4)."""

import frappe
import frappe.client
import pytest
from frappe.desk.form.save import savedocs

from tests.site import door, imports
from tests.site.checks import refused, stored
from tests.site.factories import change_record, contact, interaction, meeting, record, some_partner
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only
FIRST = "Meeting"


def values() -> dict:
	of = some_partner()
	guests = [{"full_name": "Ivan Babić", "side": "Theirs"}]
	return {
		**{"doctype": "Meeting", "title": "Visit to the plant", "participants": guests},
		**{"party_type": of.doctype, "party": of.name},
	}


def by_document():
	return frappe.get_doc(values()).insert()


def by_empty_type():
	return frappe.get_doc({**values(), "interaction_type": ""}).insert()


def by_form():
	frappe.response.docs = []  # as in a request
	savedocs(frappe.as_json({**values(), "__islocal": 1, "name": "new-meeting-1"}), "Save")
	return frappe.get_last_doc("Meeting")


def by_client():
	return frappe.client.insert(values())


def by_client_in_bulk():
	return frappe.get_doc("Meeting", frappe.client.insert_many([values()])[0])


def by_rest():
	answer = door.call("POST", door.at("Meeting"), values(), keep=True)
	assert answer.status == 200, answer.text
	return frappe.get_last_doc("Meeting")


def by_rest_of_frappe_16():
	answer = door.call("POST", door.at("Meeting", version=2), values(), keep=True)
	assert answer.status == 200, answer.text
	return frappe.get_last_doc("Meeting")


def by_plan():
	of = some_partner()
	guests = [{"full_name": "Ivan Babić", "side": "Theirs"}]
	plan = {"plan_next": 1, "next_doctype": "Meeting", "next_in": 2}
	return frappe.get_doc("Meeting", interaction(of, participants=guests, **plan).next_activity)


def by_emptying():
	return change_record(meeting(), interaction_type=None)


DOORS = [by_document, by_empty_type, by_form, by_client, by_client_in_bulk, by_rest, by_rest_of_frappe_16]
DOORS += [by_plan, by_emptying]


@pytest.mark.parametrize("way", DOORS)
def test_a_meeting_without_a_type_gets_the_first_one(way):
	assert stored(way(), "interaction_type") == FIRST


@pytest.mark.parametrize("blank", [{}, {"Type": ""}], ids=["no_column", "empty_cell"])
def test_an_imported_meeting_without_a_type_gets_the_first_one(blank):
	with removed_afterwards() as files:
		of = some_partner()
		ana = contact(of, first_name="Ana", last_name="Perić").name
		row = {
			"Topic": "Visit to the plant",
			"Partner Type": of.doctype,
			"Partner": of.name,
			"Contact Person": ana,
		}
		done = imports.run(imports.table(row | blank), files, doctype="Meeting")
		found = imports.imported(done)
		assert len(found) == 1, (imports.failures(done), imports.warnings(done))
		assert frappe.db.get_value("Meeting", found[0], "interaction_type") == FIRST


def test_a_chosen_type_stays():
	record("Interaction Type", title="Visit", medium="Meeting")
	assert meeting(interaction_type="Visit").interaction_type == "Visit"


def test_a_disabled_type_is_not_the_first():
	record("Interaction Type", title="Visit", medium="Meeting")
	frappe.db.set_value("Interaction Type", FIRST, "disabled", 1)
	assert by_document().interaction_type == "Visit"


def test_without_any_type_the_meeting_is_refused():
	frappe.db.set_value("Interaction Type", {"medium": "Meeting"}, "disabled", 1)
	with refused(frappe.MandatoryError, "interaction_type"):
		by_document()


def test_an_interaction_has_no_first_type():
	with refused(frappe.MandatoryError, "interaction_type"):
		interaction(interaction_type=None)
