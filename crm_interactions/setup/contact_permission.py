"""Permissions on Contact, so that users who record interactions can choose and add contact persons (R3).

By default, users see only their own contacts. The app's roles get read, write and create permission, as an
administrator would grant it in the Role Permission Manager.
"""

import frappe
from frappe.permissions import add_permission, update_permission_property

from crm_interactions.supervision.rights import ROLES

DOCTYPE = "Contact"
RIGHTS = ("read", "write", "create")


def grant_contact_access() -> None:
	for role in ROLES:
		if frappe.db.exists("Custom DocPerm", {"parent": DOCTYPE, "role": role}):
			continue
		add_permission(DOCTYPE, role)
		for right in RIGHTS:
			update_permission_property(DOCTYPE, role, 0, right, 1, validate=False)


def revoke_contact_access() -> None:
	"""Delete the app's permissions on Contact, with Frappe's log of them, and the rest if it equals the standard."""
	_delete({"parent": DOCTYPE, "role": ("in", ROLES)})
	if _rows("Custom DocPerm") == _rows("DocPerm"):
		_delete({"parent": DOCTYPE})
	frappe.clear_cache(doctype=DOCTYPE)


def _delete(filters: dict) -> None:
	"""Delete permission rows and Frappe's log of them."""
	names = frappe.get_all("Custom DocPerm", filters, pluck="name")
	if not names:
		return
	frappe.db.delete("Custom DocPerm", {"name": ("in", names)})
	if frappe.db.table_exists("Permission Log"):  # Frappe 16
		frappe.db.delete("Permission Log", {"reference_type": "Custom DocPerm", "reference": ("in", names)})


def _rows(table: str) -> list[tuple]:
	"""Return the permission rows as comparable values: role, level and every permission."""
	rights = (df.fieldname for df in frappe.get_meta(table).fields if df.fieldtype in ("Int", "Check"))
	fields = ["role", *rights]
	rows = frappe.get_all(table, {"parent": DOCTYPE}, fields)
	return sorted(tuple((field, str(row[field] or 0)) for field in sorted(fields)) for row in rows)
