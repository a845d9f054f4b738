"""HTTP methods for meetings: check, call, answer."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.apps import exchange_rates
from crm_interactions.invitations import meeting as invitations


@frappe.whitelist(methods=["POST"])
@arguments.checked
def invite(meeting: str, message: Text | None = None) -> dict:
	"""Invite every participant with an e-mail address to a planned meeting, and save the meeting (R13).

	New ones get a queued e-mail, with `message` (plain text) above the details and with a calendar file; the timeline
	shows it. Participants invited before get the changes, removed ones a removal.

	Returns: `invited` (all addresses), `without_address` (names that no e-mail reaches) and `invited_on` (first time).

	Raises: PermissionError without write permission; ValidationError if the meeting isn't planned, or without an
		address or anything new to send; OutgoingEmailError if the site can't send e-mail.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("write")
	return invitations.invite_participants(doc, message)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def invitees(meeting: str) -> dict:
	"""Return the participants with an e-mail address that `invite` reaches, invited before or not; nothing is sent.

	Returns: `rows` of `email`, `full_name` and `invited` (1 if already invited), `without_address`, `open` (False if
		the meeting is no longer planned) and `reply_to`, the address for replies.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return invitations.preview_invitees(doc)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def costs(meeting: str) -> dict:
	"""Return the costs of a meeting in its company's currency, if ERPNext has a rate (R13).

	Returns: `expected_cost` and `actual_cost`, each with `amount`, `currency`, `rate` and the `date` of the rate;
		without costs that are already in the company's currency or have no rate. Empty without ERPNext.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return exchange_rates.costs_of(doc)
