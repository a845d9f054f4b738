"""Other apps and their document types, one module for each; nothing here runs unless they are installed."""

import frappe


def is_installed(app: str) -> bool:
	return app in frappe.get_installed_apps()
