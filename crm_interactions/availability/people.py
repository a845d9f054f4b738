"""Users whose time is asked for, and the records that stand for them in tables of participants."""

import frappe

from crm_interactions.apps.employees import DOCTYPE as EMPLOYEE
from crm_interactions.apps.installed import has_doctype
from crm_interactions.platform.stored_text import as_typed

USER = "User"
# record that stands for a user → its field of the user
STAND_INS = {"Contact": "user", EMPLOYEE: "user_id"}


def list_users(people: list[tuple[str, str]]) -> dict[str, str]:
	"""Return user → full name of the given users and employees, in their order; employees without a user are left out.

	Disabled users, portal users and unknown names are left out, too.

	Args:
		people: pairs of document type and name.
	"""
	employees = [name for doctype, name in people if doctype == EMPLOYEE]
	users = {}
	if employees and has_doctype(EMPLOYEE):
		# colleagues are known by name to all users, as `frappe.boot.user_info` tells them
		rows = frappe.get_all(EMPLOYEE, {"name": ("in", employees)}, ["name", "user_id"])
		users = {(EMPLOYEE, row.name): row.user_id for row in rows}
	wanted = [name if doctype == USER else users.get((doctype, name)) for doctype, name in people]
	rows = frappe.get_all(
		USER,
		{"name": ("in", [*filter(None, wanted)] or [""]), "enabled": 1, "user_type": "System User"},
		["name", "full_name"],
	)
	names = {row.name: as_typed(row.full_name) or row.name for row in rows}
	return {user: names[user] for user in dict.fromkeys(wanted) if user in names}


def list_stand_ins(users: list[str]) -> dict[tuple[str, str], str]:
	"""Return (document type, name) → user of the records by which users take part: users, contacts and employees."""
	found = {(USER, user): user for user in users}
	for doctype, field in STAND_INS.items():
		if has_doctype(doctype):
			rows = frappe.get_all(doctype, {field: ("in", users)}, ["name", field])
			found |= {(doctype, row.name): row[field] for row in rows}
	return found
