"""Turn settings on that an update meant to turn on: on PostgreSQL, `set_single_value` stored "1" as "true", read as 0."""

import frappe

from crm_interactions.activities.options import SETTINGS


def execute():
	checks = [df.fieldname for df in frappe.get_meta(SETTINGS).get("fields", {"fieldtype": "Check"})]
	table = frappe.qb.DocType("Singles")
	of_checks = (table.doctype == SETTINGS) & table["field"].isin(checks)
	frappe.qb.update(table).set(table.value, "1").where(of_checks & (table.value == "true")).run()
	frappe.clear_document_cache(SETTINGS, SETTINGS)
