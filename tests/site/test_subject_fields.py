"""Deals, claims and campaigns have chain and participants as fields while their apps are installed (R20, R30)."""

import frappe
import pytest

from crm_interactions import install
from crm_interactions.setup import custom_fields
from tests.site import commits
from tests.site.other_apps import need


def existing_fields() -> set[tuple[str, str]]:
	return {
		(doctype, field["fieldname"])
		for doctype, fields in custom_fields.SUBJECT_FIELDS.items()
		if frappe.db.exists("DocType", doctype)
		for field in fields
		if frappe.get_meta(doctype, cached=False).has_field(field["fieldname"])
	}


def test_fields_of_subjects_exist_only_with_their_apps():
	installed = frappe.get_installed_apps()
	doctypes = {doctype for doctype, _field in existing_fields()}
	for doctype, app in (("Opportunity", "erpnext"), ("Project", "erpnext"), ("CRM Deal", "crm")):
		assert (doctype in doctypes) == (app in installed)
	has_campaigns = "erpnext" in installed and bool(frappe.db.exists("DocType", "UTM Campaign"))
	assert ("UTM Campaign" in doctypes) == has_campaigns
	install.after_migrate()
	assert doctypes == {doctype for doctype, _field in existing_fields()}


@pytest.mark.parametrize("kind, app", [("Opportunity", "erpnext"), ("CRM Deal", "crm")])
def test_fields_of_subjects_are_removed_and_added_with_their_app(kind, app):
	need(app)
	before = existing_fields()
	with commits.allowed():
		custom_fields.remove_fields_of(app)
		assert kind not in {doctype for doctype, _field in existing_fields()}
		custom_fields.add_missing()
		# Frappe commits when it creates fields; commit the app's record of them as well
		frappe.db.commit()
	assert existing_fields() == before
