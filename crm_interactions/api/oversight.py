"""Handing over through HTTP: check, call, answer (R26)."""

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.api import arguments
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
	"""Count what would be handed over, as far as the user may read it; arguments as for `hand_over`.

	Returns: `activities`, `next_steps`, `chains`, `assignments`, `total`; `reminders`, `bookings` and `calendar_entries`,
		which follow the activities; `not_allowed`: of the total, what he may not change.

	Raises: PermissionError for who is neither a manager nor this user's supervisor.
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
	"""Make another user responsible for what somebody has; the history keeps its author.

	Args:
		from_user: whose; he may be disabled.
		to_user: who takes over; enabled, with a role of the app.
		party_type, party: only what is with this partner.
		chain: only what is in this chain, and the chain itself.
		interaction_type: only activities of this type, and what assigns them.
		open_only: only what is planned, and open chains; else also what took place but wasn't completed, and closed chains.

	Returns: `name` of the hand-over, its `status` (Queued where a worker does it), `total`, `done_count` and `left_count`.

	Raises: PermissionError for who is neither a manager nor this user's supervisor; ValidationError for people who
		can't, when there is nothing to hand over, or while a hand-over of the same user is under way.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.hand_over(
		_scope(from_user, party_type, party, chain, interaction_type, open_only), to_user
	)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def undo_hand_over(hand_over: str) -> dict:
	"""Give back what was handed over and hasn't been changed since; what has is left alone and told.

	Args:
		hand_over: its name.

	Returns: as `hand_over`, with `undone_count` and `kept_count`.

	Raises: PermissionError; ValidationError when it is under way or was undone already.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.undo_hand_over(hand_over)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def continue_hand_over(hand_over: str) -> dict:
	"""Let a hand-over that failed go on where it stopped.

	Returns: as `hand_over`.

	Raises: PermissionError; ValidationError when it didn't fail.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	return requests.go_on(hand_over)


@frappe.whitelist(methods=["GET"])
@arguments.checked
@frappe.validate_and_sanitize_search_inputs
def people_query(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict) -> list:
	"""Find users for the two fields of the dialog.

	Args:
		filters: `successors`: 1 for who may take over, 0 for whose activities the user may hand over, who left included.

	Returns: rows of name and full name.

	Raises: PermissionError for who may hand over nothing.
	"""
	frappe.has_permission(RECORD, "read", throw=True)
	if not rights.for_anybody():
		frappe.throw(_("Ask a manager to hand over for you."), frappe.PermissionError)
	return rights.search_users(
		txt,
		successors=bool((filters or {}).get("successors")),
		start=max(cint(start), 0),
		length=max(cint(page_len), 1),
	)


def _scope(from_user, party_type, party, chain, interaction_type, open_only) -> Scope:
	return Scope(
		from_user,
		bool(frappe.utils.cint(open_only)),
		party_type or None,
		party or None,
		chain or None,
		interaction_type or None,
	)
