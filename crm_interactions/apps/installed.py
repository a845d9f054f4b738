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


def doctypes_of(app: str) -> list[str]:
	"""Return the document types that an app brought."""
	modules = frappe.get_all("Module Def", {"app_name": app}, pluck="name")
	return frappe.get_all("DocType", {"module": ("in", modules or [""])}, pluck="name", order_by="name")
