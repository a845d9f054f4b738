"""Withdrawal of relations that predate their permission check, for sites that restrict visibility (R26).

Past permissions aren't recorded. A relation stays if its author has the activity by another relation, supervises a user
who has it, had it before a hand-over, or changed it before.
"""

import json
from collections.abc import Iterator

import frappe

from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members, audiences, predicate, reporting_lines
from crm_interactions.visibility.relations import ASSIGNS


def withdraw_relations() -> dict[str, list[str]]:
	"""Cancel open tasks on activities without evidence of their author's right; unlink contacts from Desk users.

	Unlinks contacts that take part in activities, unless they have their user's e-mail address. Tasks stay if *Own and
	Team* doesn't limit their author. Writes `modified`, without document events, and refreshes the audiences.

	Returns: `tasks` and `contacts`, the names of the changed documents.
	"""
	contacts = [name for name in _contacts_with_user() if not _is_own_contact(name)]
	for name in contacts:
		frappe.db.set_value("Contact", name, "user", None)
		for doctype, names in audience_members.with_participant("Contact", name).items():
			audiences.refresh_audiences(doctype, names)
	return {
		"contacts": contacts,
		"tasks": [name for doctype in app_sources.DOCTYPES for name in _withdraw_tasks(doctype)],
	}


def _contacts_with_user() -> list[str]:
	"""Return the contacts of Desk users that take part in activities."""
	contact, user = frappe.qb.DocType("Contact"), frappe.qb.DocType("User")
	row = frappe.qb.DocType(audience_members.PARTICIPANT)
	query = (
		frappe.qb.from_(contact)
		.join(user)
		.on(user.name == contact.user)
		.join(row)
		.on((row.participant_type == "Contact") & (row.participant == contact.name))
		.select(contact.name)
		.distinct()
		.where((user.user_type == "System User") & row.parenttype.isin(app_sources.DOCTYPES))
	)
	return sorted(name for (name,) in query.run())


def _is_own_contact(name: str) -> bool:
	"""Return whether a contact has its user's address, like the contact that Frappe creates for a new user."""
	user = frappe.db.get_value("Contact", name, "user")
	address = frappe.db.get_value("User", user, "email") or user
	return bool(frappe.db.exists("Contact Email", {"parent": name, "email_id": address}))


def _withdraw_tasks(doctype: str) -> list[str]:
	withdrawn = []
	for name, tasks in _tasks_by_activity(doctype):
		if unsupported := _without_right(doctype, name, tasks):
			frappe.db.set_value("ToDo", {"name": ("in", unsupported)}, "status", "Cancelled")
			audiences.refresh_audiences(doctype, [name])
			withdrawn += unsupported
	return withdrawn


def _tasks_by_activity(doctype: str) -> Iterator[tuple[str, list]]:
	"""Yield the name and open tasks, oldest first, of each assigned activity of a type."""
	filters = {
		"reference_type": doctype,
		"status": ("not in", audience_members.FINISHED),
		"allocated_to": ("is", "set"),
	}
	fields = ["name", "reference_name", "allocated_to", "owner", "creation"]
	found: dict[str, list] = {}
	for task in frappe.get_all("ToDo", filters, fields, order_by="creation asc, name asc"):
		found.setdefault(task.reference_name, []).append(task)
	yield from sorted(found.items())


def _without_right(doctype: str, name: str, tasks: list) -> list[str]:
	"""Return the names of tasks without evidence of their authors' right; none for a missing activity."""
	if not frappe.db.exists(doctype, name):
		return []
	users = _users_without_tasks(doctype, name)
	unsupported = []
	for task in tasks:
		author, at = _author(task)
		if author in users or _had_right(doctype, name, author, at, users):
			users.add(task.allocated_to)
		else:
			unsupported.append(task.name)
	return unsupported


def _users_without_tasks(doctype: str, name: str) -> set[str]:
	"""Return the users who have an activity by relations other than tasks."""
	pairs = [
		*audience_members.list_named(doctype, [name]),
		*audience_members.list_participating(doctype, [name]),
		*audience_members.list_successors(doctype, [name]),
	]
	return {user for _name, user in pairs}


def _had_right(doctype: str, name: str, author: str, at, users: set[str]) -> bool:
	if not predicate.is_restricted(author) or users & {*reporting_lines.list_users_below(author)}:
		return True
	handed_over = {"document_type": doctype, "document": name, "old_value": author}
	changed = {"ref_doctype": doctype, "docname": name, "owner": author, "creation": ("<", at)}
	return bool(frappe.db.exists(audience_members.ENTRY, handed_over) or frappe.db.exists("Version", changed))


def _author(task) -> tuple[str, object]:
	"""Return the user who last wrote the relation of a task, and when."""
	versions = frappe.get_all(
		"Version",
		{"ref_doctype": "ToDo", "docname": task.name},
		["owner", "creation", "data"],
		order_by="creation desc",
	)
	for version in versions:
		changed = {field for field, *_values in json.loads(version.data or "{}").get("changed", ())}
		if changed & {*ASSIGNS, "status"}:
			return version.owner, version.creation
	return task.owner, task.creation
