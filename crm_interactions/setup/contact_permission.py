"""Who records interactions must be able to choose, and add, contact persons (R3).

The platform lets a plain user see only contacts of his own; the role gets read, write and create there, as an
administrator would give it in the Role Permission Manager.
"""

import frappe
from frappe.permissions import add_permission, reset_perms, update_permission_property

DOCTYPE = "Contact"
ROLE = "Interaction User"
RIGHTS = ("read", "write", "create")
# what makes one permission row equal to another
COMPARED = ("role", "permlevel", "if_owner", "read", "write", "create", "delete", "submit", "cancel", "amend")


def grant() -> None:
	if frappe.db.exists("Custom DocPerm", {"parent": DOCTYPE, "role": ROLE}):
		return
	add_permission(DOCTYPE, ROLE)
	for right in RIGHTS:
		update_permission_property(DOCTYPE, ROLE, 0, right, 1, validate=False)


def revoke() -> None:
	"""Take the role out again; permissions that nobody changed otherwise become the standard ones again."""
	frappe.db.delete("Custom DocPerm", {"parent": DOCTYPE, "role": ROLE})
	if _rows("Custom DocPerm") == _rows("DocPerm"):
		reset_perms(DOCTYPE)
	frappe.clear_cache(doctype=DOCTYPE)


def _rows(table: str) -> list[tuple]:
	rows = frappe.get_all(table, {"parent": DOCTYPE}, COMPARED)
	return sorted(tuple(str(row[field]) for field in COMPARED) for row in rows)
