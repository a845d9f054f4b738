"""Permissions of the app's roles on Frappe's document types, granted as an administrator would in the Role Permission Manager.

*Contact*: by default, users see only their own contacts, but choose and add contact persons of all partners (R3).
*Currency*: by default, only roles of accounting and sales may search it, but amounts and costs need one (R3, R13).
*Role*: by default, only System Managers may search it, but the settings name the *Roles That See All* (R26).
*Email Account*: by default, only System Managers may search it, but the settings say which accounts are captured (R28).
*Data Import*: by default, only System Managers may import. Roles with the right to import activities get their own
imports; `platform/data_import.py` limits those to files and document types that the user may read and import.
*UTM Campaign*: by default, Desk users may only select it, but activities name a campaign with ERPNext (R3), and without
frappe/frappe#37316, Frappe 16 refuses the link search to users who may only select, since it sorts by *Created On*.
"""

import frappe
from frappe.permissions import setup_custom_perms

from crm_interactions.apps.installed import is_installed
from crm_interactions.setup import memory
from crm_interactions.supervision.rights import ROLES

USER, *IMPORTING = ROLES
ADMINISTRATOR = ROLES[-1]
RECORD = ("read", "write", "create")
# document type → role → rights; "if_owner" limits them to the user's own documents
GRANTS = {
	"Contact": {USER: RECORD, **dict.fromkeys(IMPORTING, (*RECORD, "import"))},
	"Currency": dict.fromkeys(ROLES, ("read",)),
	"Role": {ADMINISTRATOR: ("select",)},
	"Email Account": {ADMINISTRATOR: ("read",)},
	"Data Import": dict.fromkeys(IMPORTING, (*RECORD, "delete", "if_owner")),
	"UTM Campaign": dict.fromkeys(ROLES, ("read",)),
}
# document type of Frappe → app that alone brings fields for it
NEEDED_WITH = {"UTM Campaign": "erpnext"}


def grant_all() -> None:
	"""Add each permission row once, so that a row that an administrator removes stays away."""
	granted = memory.recall_keys()
	for doctype in filter(is_needed, GRANTS):
		new = [role for role in GRANTS[doctype] if _key(doctype, role) not in granted]
		for role in new:
			_grant(doctype, role)
		memory.remember_keys({_key(doctype, role) for role in new})


def is_needed(doctype: str) -> bool:
	"""Return whether a document type of `GRANTS` exists, and the app that brings fields for it is installed."""
	app = NEEDED_WITH.get(doctype)
	return bool(frappe.db.exists("DocType", doctype)) and (not app or is_installed(app))


def _grant(doctype: str, role: str) -> None:
	"""Copy the standard rows, which customised ones replace, and add the role's row, unless it has one."""
	setup_custom_perms(doctype)
	if frappe.db.exists("Custom DocPerm", {"parent": doctype, "role": role}):
		return
	row = {"parent": doctype, "parenttype": "DocType", "parentfield": "permissions", "role": role}
	row["read"] = 0  # otherwise 1 by default
	frappe.get_doc({"doctype": "Custom DocPerm", **row, **dict.fromkeys(GRANTS[doctype][role], 1)}).insert()
	frappe.clear_cache(doctype=doctype)


def _key(doctype: str, role: str) -> str:
	return f"Custom DocPerm/{doctype}/{role}"


def revoke_all() -> None:
	for doctype in GRANTS:
		revoke(doctype)


def revoke_of(app_name: str) -> None:
	"""Revoke the permissions for an app being uninstalled; its new installation grants them again."""
	for doctype, app in NEEDED_WITH.items():
		if app == app_name:
			revoke(doctype)


def revoke(doctype: str) -> None:
	"""Delete the roles' permissions, with Frappe's log of them, and the other rows if they equal the standard ones."""
	_delete({"parent": doctype, "role": ("in", ROLES)})
	if rows_of(doctype, "Custom DocPerm") == rows_of(doctype, "DocPerm"):
		_delete({"parent": doctype})
	memory.forget_keys({_key(doctype, role) for role in GRANTS[doctype]})
	frappe.clear_cache(doctype=doctype)


def rows_of(doctype: str, table: str) -> list[tuple]:
	"""Return the permission rows of a table as comparable values: role, level and every permission."""
	rights = (df.fieldname for df in frappe.get_meta(table).fields if df.fieldtype in ("Int", "Check"))
	fields = ["role", *rights]
	rows = frappe.get_all(table, {"parent": doctype}, fields)
	return sorted(tuple((field, str(row[field] or 0)) for field in sorted(fields)) for row in rows)


def _delete(filters: dict) -> None:
	"""Delete permission rows and Frappe's log of them."""
	names = frappe.get_all("Custom DocPerm", filters, pluck="name")
	if not names:
		return
	frappe.db.delete("Custom DocPerm", {"name": ("in", names)})
	if frappe.db.table_exists("Permission Log"):  # Frappe 16
		frappe.db.delete("Permission Log", {"reference_type": "Custom DocPerm", "reference": ("in", names)})
