"""Registering a document type: suitable fields with guesses, a preview of real documents, the known types."""

import json

import frappe
import pytest

from crm_interactions.api.registration import get_fields, list_types, preview
from crm_interactions.journal import registry
from tests.site.factories import interaction, log_in, record

pytestmark = pytest.mark.records_only
METHODS = pytest.mark.parametrize(
	"call",
	[lambda: get_fields("Note"), lambda: preview('{"document_type": "Note"}'), list_types],
	ids=["get_fields", "preview", "list_types"],
)
ADMIN = "registrar@example.com"
TASK = {
	"document_type": "ToDo",
	"date_field": "date",
	"title_field": "description",
	"responsible_field": "allocated_to",
	"status_field": "status",
	"planned_values": "Open",
	"cancelled_values": "Cancelled",
}


def previewed(**source) -> list[dict]:
	return preview(json.dumps(source))


@METHODS
def test_only_users_who_may_change_the_settings_register_types(call):
	log_in("manager@example.com", "Interaction Manager")
	with pytest.raises(frappe.PermissionError):
		call()


def test_the_fields_of_a_type_are_offered_with_guesses():
	found = get_fields("ToDo")
	guess = found["guess"]
	assert (guess["date_field"], guess["title_field"]) == ("date", "description")
	assert (guess["responsible_field"], guess["status_field"]) == ("allocated_to", "status")
	offered = [field["value"] for field in found["fields"]["responsible_field"]]
	assert offered == ["allocated_to", "assigned_by"]
	assert {"value": "date", "label": "Due Date (date)"} in found["fields"]["date_field"]
	states = {row["value"]: row["state"] for row in found["states"]["status"]}
	assert states == {"Open": "Planned", "Closed": "Done", "Cancelled": "Cancelled"}


@pytest.mark.changes_metadata
def test_custom_fields_are_guessed_and_restricted_ones_are_not_offered(monkeypatch):
	# without the columns, whose creation would commit the fields
	monkeypatch.setitem(frappe.flags, "in_create_custom_fields", True)
	for name, level in (("custom_visited_on", 0), ("custom_secret_date", 1)):
		field = {"fieldname": name, "fieldtype": "Date", "label": name.title(), "permlevel": level}
		record("Custom Field", dt="Note", **field)
	frappe.clear_cache(doctype="Note")
	found = get_fields("Note")
	offered = [field["value"] for field in found["fields"]["date_field"]]
	assert "custom_visited_on" in offered
	assert "custom_secret_date" not in offered
	assert found["guess"]["date_field"] == "custom_visited_on"


@pytest.mark.parametrize(
	("doctype", "message"),
	[
		("System Settings", "no documents of its own"),
		("Interaction Source", "no documents of its own"),
		("Interaction", "belongs to this app"),
		("Interaction Priority", "belongs to this app"),
	],
)
def test_an_unsuitable_type_is_refused(doctype, message):
	with pytest.raises(frappe.ValidationError, match=message):
		get_fields(doctype)
	with pytest.raises(frappe.ValidationError, match=message):
		previewed(document_type=doctype)


def test_a_type_that_does_not_exist_is_not_found():
	with pytest.raises(frappe.DoesNotExistError):
		get_fields("Nothing")


def test_an_unsuitable_field_is_refused_as_when_the_settings_are_saved():
	with pytest.raises(frappe.ValidationError, match=r"Date Field: .*description.* can't be used here"):
		previewed(**{**TASK, "date_field": "description"})


@pytest.mark.parametrize("source", ["[]", "{}", '{"document_type": 1}'])
def test_a_preview_without_a_type_is_refused(source):
	with pytest.raises(frappe.ValidationError, match="source"):
		preview(source)


def test_the_latest_documents_are_previewed_as_the_journal_shows_them():
	call = interaction()
	for number, status in enumerate(("Open", "Closed", "Cancelled", "Open")):
		about = {"reference_type": "Interaction", "reference_name": call.name} if number == 3 else {}
		doc = record("ToDo", description=f"<b>Task</b> {number}", status=status, date="2099-05-01", **about)
		doc.db_set("creation", f"2099-01-0{number + 1} 10:00:00")
	origin = {"origin_fields": "reference_name"}
	rows = previewed(**TASK, **origin)
	assert [row["title"] for row in rows] == ["Task 3", "Task 2", "Task 1"]
	assert [row["status"] for row in rows] == ["Planned", "Cancelled", "Done"]
	assert [row["party"] for row in rows] == [call.party, None, None]
	assert {str(row["activity_date"]) for row in rows} == {"2099-05-01 00:00:00"}
	assert {row["responsible"] for row in rows} == {"Administrator"}


def test_only_readable_documents_are_previewed():
	"""Users see public notes and their own ones."""
	record("Note", title="Secret")
	record("Note", title="Everyone's", public=1)
	log_in(ADMIN, "Interaction Administrator")
	titles = [row["title"] for row in previewed(document_type="Note", title_field="title")]
	assert "Everyone's" in titles
	assert "Secret" not in titles


def test_no_documents_of_an_unreadable_type_are_previewed():
	log_in(ADMIN, "Interaction Administrator")
	assert previewed(document_type="Error Log", title_field="method") == []


def test_the_known_types_have_their_app_and_state(settings):
	settings(enable_meetings=0, sources=[{**TASK, "disabled": 1}, {"document_type": "Note"}])
	registry.clear_cache()
	known = {row["doctype"]: row for row in list_types()}
	assert known["Interaction"] == {
		"doctype": "Interaction",
		"app": "CRM Interactions",
		"is_on": True,
		"row": False,
	}
	assert not known["Meeting"]["is_on"]
	assert (known["ToDo"]["is_on"], known["ToDo"]["row"]) == (False, True)
	assert (known["Event"]["is_on"], known["Event"]["row"]) == (True, False)
	assert (known["Note"]["is_on"], known["Note"]["row"]) == (True, True)
	registry.clear_cache()
