"""Values as another app, an old import or a hand in the database left them, past everything that cleans what is saved."""

import os

import frappe


def write(rows: list[tuple[str, str | dict, dict]]) -> None:
	"""Write values as they are.

	Args:
		rows: document type, name or conditions, and fields with their values.
	"""
	frappe.init(site=os.environ["CRM_SITE"], sites_path=os.environ.get("CRM_SITES_PATH", "."))
	frappe.connect()
	try:
		for doctype, name, values in rows:
			frappe.db.set_value(doctype, name, values, update_modified=False)
		frappe.db.commit()
		frappe.clear_cache()
	finally:
		frappe.destroy()
