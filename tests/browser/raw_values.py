"""Uncleaned values in the database, as from another app, an old import or manual SQL."""

import os

import frappe


def write(rows: list[tuple[str, str | dict, dict]]) -> None:
	"""Write rows of (document type, name or filters, values by field) without validation or cleaning, and commit."""
	frappe.init(site=os.environ["CRM_SITE"], sites_path=os.environ.get("CRM_SITES_PATH", "."))
	frappe.connect()
	try:
		for doctype, name, values in rows:
			frappe.db.set_value(doctype, name, values, update_modified=False)
		frappe.db.commit()
		frappe.clear_cache()
	finally:
		frappe.destroy()
