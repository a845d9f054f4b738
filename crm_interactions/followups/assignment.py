"""Assignments of planned follow-ups to their responsible users, through Frappe's own assignments (R23)."""

import frappe
from frappe.desk.form import assign_to
from frappe.utils import getdate

from crm_interactions.activities import completion
from crm_interactions.platform.stored_text import as_html
from crm_interactions.visibility import grants


def assign_follow_up(doc) -> None:
	"""Assign a follow-up to its responsible user by an open ToDo, ignoring permissions; if one exists, show a message.

	Frappe notifies the user, unless it is the session's user, and shares the follow-up, with a message, if the user
	can't read it; if sharing is disabled, it raises ValidationError. The change is noted for `grants.may_open`.
	"""
	# the save may have given the follow-up, and with it the right to assign it, to another user
	grants.note_change(doc)
	assign_to.add(
		{
			"assign_to": [doc.responsible],
			"doctype": doc.doctype,
			"name": doc.name,
			"description": as_html(doc.title),
			"date": getdate(doc.starts_on),
		},
		# users may plan for colleagues to whom they can't assign other documents
		ignore_permissions=True,
	)


def prepare_sync(doc) -> None:
	"""Note on a follow-up that is being completed its open ToDos, which `sync_assignment` closes; skip all others."""
	if _is_follow_up(doc) and completion.is_completing(doc):
		completion.note_former(doc, assignments=frappe.get_all("ToDo", _open(doc), pluck="name"))


def sync_assignment(doc) -> None:
	"""Update the ToDos of a follow-up that was planned before the save, ignoring permissions; skip other activities.

	Reopening opens the ToDos again that the completion closed. A cancellation cancels all of them; another new status closes them. A new responsible user replaces the former one
	(`assign_follow_up`), unless `flags.handed_over` is set. If the user stays, a new day is written to open ToDos.
	"""
	before = doc.get_doc_before_save()
	if not before or not _is_follow_up(doc):
		return
	if doc.status == "Planned" and (closed := completion.take_former(doc, "assignments")):
		_open_again(closed)
	if before.status != "Planned":
		return
	if doc.status != "Planned":
		_close(doc)
	elif doc.responsible != before.responsible:
		# a hand-over moves the assignments itself and sends one notification for all of them
		if not doc.flags.handed_over:
			_hand_over(doc, before.responsible)
	elif getdate(doc.starts_on) != getdate(before.starts_on):
		frappe.db.set_value("ToDo", _open(doc), "date", getdate(doc.starts_on))


def _is_follow_up(doc) -> bool:
	return bool(doc.get("planned_by") or doc.get("activity_plan"))


def _close(doc) -> None:
	end = assign_to.clear if doc.status == "Cancelled" else assign_to.close_all_assignments
	# the right to end the activity includes its assignment
	end(doc.doctype, doc.name, ignore_permissions=True)


def _open_again(names: list[str]) -> None:
	"""Open ToDos again, unless they were cancelled or deleted, without a save: its comment would call them removed."""
	for name in frappe.get_all("ToDo", {"name": ("in", names), "status": "Closed"}, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.db_set("status", "Open")
		todo.update_in_reference()


def _hand_over(doc, former: str) -> None:
	# the right to change the responsible user includes the assignment
	assign_to.remove(doc.doctype, doc.name, former, ignore_permissions=True)
	assign_follow_up(doc)


def _open(doc) -> dict:
	return {"reference_type": doc.doctype, "reference_name": doc.name, "status": "Open"}
