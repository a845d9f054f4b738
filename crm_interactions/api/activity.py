"""Activities through HTTP: check, call, answer."""

import frappe
from frappe import _

from crm_interactions import completion

COMPLETABLE = ("Interaction", "Meeting")


@frappe.whitelist(methods=["POST"])
def complete(activity_type: str, activity: str, outcome: str | None = None) -> dict:
	"""Complete an activity, which makes it read-only (R9).

	Args:
		activity_type: "Interaction" or "Meeting".
		activity: its name.
		outcome: name of an Interaction Outcome; left out, the one that is there stays.

	Returns: `name`, `status`, `completed_by` and `completed_on`.

	Raises: PermissionError without write permission, CompletedError when it is completed already.
	"""
	doc = _get(activity_type, activity)
	completion.complete(doc, outcome)
	return {field: doc.get(field) for field in ("name", "status", "completed_by", "completed_on")}


@frappe.whitelist(methods=["POST"])
def reopen(activity_type: str, activity: str, reason: str | None = None) -> dict:
	"""Reopen a completed activity; a right of its own, write on permission level 2 (R9).

	Returns: `name`, `reopened_by` and `reopened_on`.

	Raises: PermissionError without the right, ValidationError when it isn't completed.
	"""
	doc = _get(activity_type, activity)
	completion.reopen(doc, reason)
	return {field: doc.get(field) for field in ("name", "reopened_by", "reopened_on")}


def _get(activity_type: str, activity: str):
	if activity_type not in COMPLETABLE:
		frappe.throw(
			_("Only {0} can be completed and reopened.").format(", ".join(_(d) for d in COMPLETABLE))
		)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("write")
	return doc
