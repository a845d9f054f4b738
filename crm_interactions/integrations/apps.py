"""Which apps are there, and what they brought.

Not in the package itself: its subpackage `frappe` would take the place of the imported name there.
"""

import frappe


def is_installed(app: str) -> bool:
	return app in frappe.get_installed_apps()


def app_of(doctype: str) -> str | None:
	"""Return the app that brought a document type; None for one that isn't there or that was made on the site."""
	module = frappe.db.get_value("DocType", doctype, "module")
	return frappe.db.get_value("Module Def", module, "app_name") if module else None
