"""Permission for the app's tile on the apps screen."""

import frappe


def has_permission() -> bool:
	return bool(frappe.has_permission("Interaction", "read"))
