"""Meetings through HTTP: check, call, answer."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.apps import exchange_rates
from crm_interactions.invitations import meeting as invitations


@frappe.whitelist(methods=["POST"])
@arguments.checked
def invite(meeting: str, message: str | None = None) -> dict:
	"""Invite every participant with an e-mail address to a planned meeting (R13).

	Args:
		message: plain text for the mail, above what it says of the meeting.

	Returns: `invited` (addresses), `without_address` (names of participants that no mail reaches) and `invited_on`.

	Raises: PermissionError without write permission, ValidationError when there is nothing to send,
		OutgoingEmailError on a site that can't send mail.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("write")
	return invitations.invite_participants(doc, message)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def invitees(meeting: str) -> dict:
	"""Return who would be invited.

	Returns: `rows` of `email`, `full_name` and `invited` (1 for whoever was before), `without_address`, `open` (False
		once the meeting isn't planned any more) and `reply_to`, whom they answer.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return invitations.preview_invitees(doc)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def costs(meeting: str) -> dict:
	"""Return the costs of a meeting in its company's currency, where ERPNext has a rate (R13).

	Returns: `expected_cost` and `actual_cost`, each with `amount`, `currency`, `rate` and the `date` of the rate; one
		that is in the company's currency already, or that no rate is kept for, is left out.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return exchange_rates.costs_of(doc)
