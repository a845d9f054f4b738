"""Rules of the Role Permission Manager apply too: *If Owner*, and permission levels of fields (R26)."""

import json

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk import reportview
from frappe.permissions import setup_custom_perms, update_permission_property

from crm_interactions import recording
from crm_interactions.visibility import predicate
from tests.site.factories import change_record, interaction
from tests.site.visible import colleagues

ME = "levels@example.com"
SECRET = "Secret Topic"


@pytest.fixture
def levelled():
	"""Return an interaction with topic, time and priority on permission level 3, for Administrator only."""
	doc = interaction(title=SECRET, starts_on="2001-03-01 10:00:00", status="Held")
	colleagues(ME)
	for field in ("title", "starts_on", "priority"):
		make_property_setter("Interaction", field, "permlevel", 3, "Int", validate_fields_for_doctype=False)
	_apply_levels()
	return doc


def _apply_levels() -> None:
	frappe.clear_cache(doctype="Interaction")
	recording.rebuild("Interaction")


def row_of(doc) -> dict:
	return frappe.get_list("Activity Link", {"activity": doc.name}, ["*"])[0]


def test_the_journal_holds_no_copy_of_restricted_fields(levelled, as_user):
	as_user(ME)
	row = row_of(levelled)
	assert (row.title, str(row.activity_date)[:16]) == (levelled.name, str(levelled.creation)[:16])
	assert not row.priority
	assert row.party == levelled.party
	assert SECRET not in json.dumps(row, default=str)
	for filters in ({"title": ("like", "%Secret%")}, {"activity_date": ("<", "2001-04-01")}):
		assert not frappe.get_list("Activity Link", {"activity": levelled.name, **filters})


def test_a_save_copies_no_restricted_field(levelled, as_user):
	# the cached document still has the former metadata
	doc = frappe.get_doc("Interaction", levelled.name)
	change_record(doc, title=f"{SECRET} again")
	assert row_of(doc).title == doc.name


def test_removing_the_permission_level_restores_the_copies(levelled):
	levels = {"doc_type": "Interaction", "property": "permlevel"}
	for name in frappe.get_all("Property Setter", levels, pluck="name"):
		frappe.delete_doc("Property Setter", name)
	_apply_levels()
	assert row_of(levelled).title == SECRET


def test_lists_show_no_restricted_field(levelled, as_user):
	"""Frappe 16 refuses the request; Frappe 15 leaves the field out."""
	as_user(ME)
	query = {"fields": json.dumps(["name", "title"]), "filters": json.dumps([["name", "=", levelled.name]])}
	frappe.local.form_dict = frappe._dict(query, doctype="Interaction")
	assert SECRET not in json.dumps(reportview.get(), default=str)
	doc = frappe.get_doc("Interaction", levelled.name)
	doc.apply_fieldlevel_read_permissions()
	assert not doc.get("title")


def test_if_owner_applies_with_role_permissions_and_is_warned_of_for_everyone(settings, as_user):
	colleagues(ME)
	for doctype in ("Interaction", "Meeting"):
		setup_custom_perms(doctype)
		update_permission_property(doctype, "Interaction User", 0, "if_owner", 1)
	settings(visibility=predicate.ROLE_PERMISSIONS)
	other = interaction(responsible=ME)
	as_user(ME)
	mine = interaction()
	assert frappe.get_list("Interaction", pluck="name") == [mine.name]
	assert not frappe.has_permission("Interaction", "read", doc=other.name)
	as_user("Administrator")
	frappe.clear_messages()
	settings(visibility=predicate.OWN_AND_TEAM)
	assert not frappe.message_log
	settings(visibility=predicate.EVERYBODY)
	assert "If Owner" in json.dumps(frappe.message_log, default=str)
