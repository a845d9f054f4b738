"""Who records interactions must be able to choose, and add, contact persons (R3).

The platform lets a plain user see only contacts of his own; the app's roles get read, write and create there, as an
administrator would give it in the Role Permission Manager.
"""

import frappe
from frappe.permissions import add_permission, update_permission_property

DOCTYPE = "Contact"
ROLES = ("Interaction User", "Interaction Manager", "Interaction Administrator")
RIGHTS = ("read", "write", "create")


def grant_contact_access() -> None:
	for role in ROLES:
		if frappe.db.exists("Custom DocPerm", {"parent": DOCTYPE, "role": role}):
			continue
		add_permission(DOCTYPE, role)
		for right in RIGHTS:
			update_permission_property(DOCTYPE, role, 0, right, 1, validate=False)


def revoke_contact_access() -> None:
	"""Take the roles out again; permissions that nobody changed otherwise become the standard ones again."""
	_delete({"parent": DOCTYPE, "role": ("in", ROLES)})
	if _rows("Custom DocPerm") == _rows("DocPerm"):
		_delete({"parent": DOCTYPE})
	frappe.clear_cache(doctype=DOCTYPE)


def _delete(filters: dict) -> None:
	"""Delete permission rows and what the platform logged about them."""
	names = frappe.get_all("Custom DocPerm", filters, pluck="name")
	if not names:
		return
	frappe.db.delete("Custom DocPerm", {"name": ("in", names)})
	if frappe.db.table_exists("Permission Log"):  # Frappe 16
		frappe.db.delete("Permission Log", {"reference_type": "Custom DocPerm", "reference": ("in", names)})


def _rows(table: str) -> list[tuple]:
	"""Return the permission rows as comparable values: the role, its level and every right."""
	fields = [
		"role",
		*(df.fieldname for df in frappe.get_meta(table).fields if df.fieldtype in ("Int", "Check")),
	]
	rows = frappe.get_all(table, {"parent": DOCTYPE}, fields)
	return sorted(tuple((field, str(row[field] or 0)) for field in sorted(fields)) for row in rows)
