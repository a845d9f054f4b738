"""What the Role Permission Manager says beside it: If Owner, and fields on a permission level of their own (R26)."""

import json

import frappe
import pytest
from factories import interaction, user
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk import reportview
from frappe.permissions import setup_custom_perms, update_permission_property

from crm_interactions import journal
from crm_interactions.visibility import people

ME = "levels@example.com"
SECRET = "Secret Topic"


@pytest.fixture
def levelled():
	"""An interaction whose topic and time stand on level 3, which nobody but administrators may read."""
	doc = interaction(title=SECRET, starts_on="2001-03-01 10:00:00", status="Held")
	user(ME, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))
	for field in ("title", "starts_on", "priority"):
		make_property_setter("Interaction", field, "permlevel", 3, "Int", validate_fields_for_doctype=False)
	frappe.clear_cache(doctype="Interaction")
	journal.rebuild("Interaction")
	return doc


def row_of(doc) -> dict:
	return frappe.get_list("Activity Link", {"activity": doc.name}, ["*"])[0]


def test_journal_holds_no_copy(levelled, as_user):
	as_user(ME)
	row = row_of(levelled)
	assert row.title == levelled.name
	assert str(row.activity_date)[:16] == str(levelled.creation)[:16]
	assert not row.priority
	assert row.party == levelled.party
	assert SECRET not in json.dumps(row, default=str)
	for filters in ({"title": ("like", "%Secret%")}, {"activity_date": ("<", "2001-04-01")}):
		assert not frappe.get_list("Activity Link", {"activity": levelled.name, **filters})


def test_a_save_copies_nothing_either(levelled, as_user):
	# the document that is at hand still has the form as it was
	doc = frappe.get_doc("Interaction", levelled.name)
	doc.title = f"{SECRET} again"
	doc.save()
	assert row_of(doc).title == doc.name


def test_without_the_level_it_comes_back(levelled):
	for name in frappe.get_all(
		"Property Setter", {"doc_type": "Interaction", "property": "permlevel"}, pluck="name"
	):
		frappe.delete_doc("Property Setter", name)
	frappe.clear_cache(doctype="Interaction")
	journal.rebuild("Interaction")
	assert row_of(levelled).title == SECRET


def test_lists_show_and_order_nothing_of_it(levelled, as_user):
	"""Frappe 16 refuses; Frappe 15 leaves the field out of what is shown."""
	as_user(ME)
	frappe.local.form_dict = frappe._dict(
		doctype="Interaction",
		fields=json.dumps(["name", "title"]),
		filters=json.dumps([["name", "=", levelled.name]]),
	)
	assert SECRET not in json.dumps(reportview.get(), default=str)
	doc = frappe.get_doc("Interaction", levelled.name)
	doc.apply_fieldlevel_read_permissions()
	assert not doc.get("title")


def test_if_owner_holds_with_role_permissions_and_is_told_for_everyone(settings, as_user):
	user(ME, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))
	for doctype in ("Interaction", "Meeting"):
		setup_custom_perms(doctype)
		update_permission_property(doctype, "Interaction User", 0, "if_owner", 1)
	settings(visibility=people.ROLE_PERMISSIONS)
	other = interaction(responsible=ME)
	as_user(ME)
	mine = interaction()
	assert frappe.get_list("Interaction", pluck="name") == [mine.name]
	assert not frappe.has_permission("Interaction", "read", doc=other.name)
	as_user("Administrator")
	frappe.clear_messages()
	settings(visibility=people.OWN_AND_TEAM)
	assert not frappe.message_log
	settings(visibility=people.EVERYBODY)
	assert "If Owner" in json.dumps(frappe.message_log, default=str)
