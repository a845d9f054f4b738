"""HTTP methods for hand-overs: check, call, answer (R26)."""

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.handover import requests
from crm_interactions.handover.scope import Scope
from crm_interactions.supervision import rights

RECORD = "Interaction Hand Over"


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview_hand_over(
	from_user: str,
	party_type: str | None = None,
	party: str | None = None,
	chain: str | None = None,
	interaction_type: str | None = None,
	open_only: bool | int = True,
) -> dict:
	"""Count the readable documents that `hand_over` would hand over, without starting it; arguments as there.

	Returns: `activities`, `next_steps` (not in `activities`), `chains`, `assignments` and their `total`; `reminders`,
		`bookings` and `calendar_entries`, which follow them; `not_allowed`, of types that the user can't write at all.

	Raises: PermissionError as for `hand_over`.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.preview(_scope(from_user, party_type, party, chain, interaction_type, open_only))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def hand_over(
	from_user: str,
	to_user: str,
	party_type: str | None = None,
	party: str | None = None,
	chain: str | None = None,
	interaction_type: str | None = None,
	open_only: bool | int = True,
) -> dict:
	"""Make another user responsible for a user's activities, chains and assignments; authors stay the same.

	Up to 20 documents are handed over at once, more in a job. Documents that the session's user may not change or the
	new user can't read are left, with the reason. Each document gets a comment, the successor one notification.

	Args:
		from_user: the current user; may be disabled.
		to_user: the new user; enabled, with a role of the app or System Manager.
		party_type, party, chain: only documents of this partner; only this chain and its activities.
		interaction_type: only activities of this type and their assignments.
		open_only: only planned activities and open chains; else also uncompleted past activities and closed chains.

	Returns: `name` of the hand-over, its `status` (Queued for a background job), `total`, `done_count`, `left_count`.

	Raises: PermissionError unless the session's user may write interactions and is a manager or the supervisor of
		`from_user`; ValidationError for unsuitable users, nothing to hand over, or while another of `from_user` runs.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	wanted = _scope(from_user, party_type, party, chain, interaction_type, open_only)
	return requests.hand_over(wanted, to_user)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def undo_hand_over(hand_over: str) -> dict:
	"""Give documents back that haven't changed hands since; the others are left as they are and counted.

	Up to 20 documents are given back at once, more in a job. A failed hand-over can be undone, too.

	Returns: as `hand_over`, with `undone_count` and `kept_count`.

	Raises: PermissionError, also for an unknown name; ValidationError if the hand-over is running or already undone, or
		while another hand-over of its user runs.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.undo_hand_over(hand_over)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def continue_hand_over(hand_over: str) -> dict:
	"""Resume a failed hand-over, or its undoing, in a job, where it stopped and with the rights of the session's user.

	Returns: as `hand_over`.

	Raises: PermissionError; ValidationError if it hasn't failed, or while another hand-over of its user runs.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.go_on(hand_over)


@frappe.whitelist(methods=["GET"])
@arguments.checked
@frappe.validate_and_sanitize_search_inputs
def people_query(doctype: str, txt: Text, searchfield: str, start: int, page_len: int, filters: dict) -> list:
	"""Search users with a role of the app for the two user fields of the hand-over dialog.

	Args: `successors` of `filters` is 1 for users who may take over; 0 for users, also disabled ones, whose activities
		the session's user may hand over.

	Returns: rows of name and full name.

	Raises: PermissionError if the session's user may hand over nothing.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	if not rights.may_hand_over_any():
		frappe.throw(_("You may not hand over activities. Ask a manager to do it."), frappe.PermissionError)
	successors = bool((filters or {}).get("successors"))
	return rights.search_users(
		txt, successors=successors, start=max(cint(start), 0), length=max(cint(page_len), 1)
	)


def _scope(from_user, party_type, party, chain, interaction_type, open_only) -> Scope:
	narrowing = (party_type, party, chain, interaction_type)
	return Scope(from_user, bool(cint(open_only)), *(value or None for value in narrowing))
