"""A planned follow-up stands on somebody's list, by the platform's own assignment (R23)."""

import frappe
from frappe.desk.form import assign_to
from frappe.utils import escape_html, getdate

from crm_interactions.visibility import grants


def assign_follow_up(doc) -> None:
	"""Assign a follow-up to the user who is responsible for it."""
	grants.note_change(
		doc
	)  # who plans or changes a follow-up chooses its user, and may have given it away by that
	assign_to.add(
		{
			"assign_to": [doc.responsible],
			"doctype": doc.doctype,
			"name": doc.name,
			"description": escape_html(doc.title),
			"date": getdate(doc.starts_on),
		},
		# whoever may plan an activity may leave it to a colleague whom he can't assign other documents to
		ignore_permissions=True,
	)


def sync_assignment(doc) -> None:
	"""Keep the assignment in step with the follow-up: its day, who is responsible, and that it is over."""
	before = doc.get_doc_before_save()
	if not before or not doc.get("planned_by") or before.status != "Planned":
		return
	if doc.status != "Planned":
		_close(doc)
	elif doc.responsible != before.responsible:
		# a hand-over of many takes the assignments along itself, and tells of all of them once
		if not doc.flags.handed_over:
			_hand_over(doc, before.responsible)
	elif getdate(doc.starts_on) != getdate(before.starts_on):
		frappe.db.set_value("ToDo", _open(doc), "date", getdate(doc.starts_on))


def _close(doc) -> None:
	end = assign_to.clear if doc.status == "Cancelled" else assign_to.close_all_assignments
	# the assignment ends with the activity, whoever ends that
	end(doc.doctype, doc.name, ignore_permissions=True)


def _hand_over(doc, former: str) -> None:
	# whoever may change who is responsible changes whom it is assigned to
	assign_to.remove(doc.doctype, doc.name, former, ignore_permissions=True)
	assign_follow_up(doc)


def _open(doc) -> dict:
	return {"reference_type": doc.doctype, "reference_name": doc.name, "status": "Open"}
