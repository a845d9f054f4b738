"""Installed apps and their document types."""

import frappe


def is_setting_up() -> bool:
	"""Return whether the app's tables may be missing, during installation, migration or uninstallation."""
	flags = frappe.flags
	return bool(flags.in_install or flags.in_uninstall or flags.in_migrate)


def is_installed(app: str) -> bool:
	return app in frappe.get_installed_apps()


def has_doctype(doctype: str) -> bool:
	"""Return whether a document type exists, asked once in a transaction."""
	return bool(frappe.db.exists("DocType", doctype, cache=True))


def app_of(doctype: str) -> str | None:
	"""Return the app of a document type's module, also for a type created on the site; None for an unknown type."""
	module = frappe.db.get_value("DocType", doctype, "module")
	return frappe.db.get_value("Module Def", module, "app_name") if module else None


def doctypes_of(app: str) -> list[str]:
	"""Return the document types of an app's modules, custom ones included, in name order; empty for an unknown app."""
	modules = frappe.get_all("Module Def", {"app_name": app}, pluck="name")
	return frappe.get_all("DocType", {"module": ("in", modules or [""])}, pluck="name", order_by="name")
