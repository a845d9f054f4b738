"""Chain and participants as fields of deals, claims and campaigns: there exactly when their apps are (R20, R30)."""

import frappe
import pytest
from other_apps import need

from crm_interactions import install
from crm_interactions.setup import custom_fields


def fields_there() -> set[tuple[str, str]]:
	return {
		(doctype, field["fieldname"])
		for doctype, fields in custom_fields.SUBJECT_FIELDS.items()
		if frappe.db.exists("DocType", doctype)
		for field in fields
		if frappe.get_meta(doctype, cached=False).has_field(field["fieldname"])
	}


def test_fields_of_subjects_follow_their_apps():
	there = {*frappe.get_installed_apps()}
	doctypes = {doctype for doctype, _field in fields_there()}
	for doctype, app in (("Opportunity", "erpnext"), ("Project", "erpnext"), ("CRM Deal", "crm")):
		assert (doctype in doctypes) == (app in there)
	assert ("UTM Campaign" in doctypes) == (
		"erpnext" in there and bool(frappe.db.exists("DocType", "UTM Campaign"))
	)
	install.after_migrate()
	assert doctypes == {doctype for doctype, _field in fields_there()}


@pytest.mark.parametrize("kind, app", [("Opportunity", "erpnext"), ("CRM Deal", "crm")])
def test_fields_of_subjects_go_and_come_with_their_app(kind, app):
	need(app)
	before = fields_there()
	custom_fields.remove_fields_of(app)
	left = {doctype for doctype, _field in fields_there()}
	assert kind not in left
	custom_fields.add_missing()
	# the platform commits when it makes fields, so what is remembered of them is kept too: all is as it was
	frappe.db.commit()
	assert fields_there() == before
