"""Steps of a meeting's save that concern invitations; the controller calls them."""

import frappe
from frappe import _
from frappe.translate import print_language

from crm_interactions.controllers.validation import bold
from crm_interactions.invitations import planning, recipients, sending, state, wording


def plan_delivery(doc) -> None:
	"""Set the invitation's state before the meeting is written, and keep the planned e-mails for `send_delivery`."""
	doc.flags.deliveries = planning.plan_change(doc)


def send_delivery(doc) -> None:
	"""Queue the planned e-mails, if any, after the meeting is written; a second call sends nothing.

	Each kind, such as invitation or change, adds a Communication to the meeting's timeline, ignoring permissions.

	Raises: OutgoingEmailError without an e-mail account; ValidationError for an address that Frappe refuses.
	"""
	_send(doc, doc.flags.pop("deliveries", None))


def withdraw_invitation(doc) -> None:
	"""Queue cancellations before an invited meeting, planned and not over, is deleted; no Communication is added.

	A conversion deletes it, too. Raises as `send_delivery`.
	"""
	_send(doc, planning.plan_cancellation(doc), in_timeline=False)


def invite_participants(doc, message: str | None = None, left_out: list[str] | None = None) -> dict:
	"""Save the meeting and queue its e-mails: invitations to new participants, changes or removals to earlier ones.

	Args:
		message: plain text, shown in the invitations above the details of the meeting.
		left_out: addresses that get no invitation, now and by later saves; those invited before stay invited.

	Returns: `invited` (all addresses that have an invitation), `without_address` (names) and `invited_on`, the time of the first invitation.

	Raises: PermissionError without write permission; ValidationError if there is nothing to send, or from the save;
		OutgoingEmailError if the site can't send e-mail.
	"""
	doc.check_permission("write")
	before = _invited_before(doc)
	doc.flags.inviting, doc.flags.invitation_message = True, message
	doc.flags.left_out = {email.lower() for email in left_out or []} - before
	planning.require_invitable(doc)
	doc.save()
	return {
		"invited": [person.email for person in state.invited(state.current(doc))],
		"without_address": recipients.without_address(doc),
		"invited_on": doc.invited_on,
	}


def preview_invitees(doc) -> dict:
	"""Return the participants whom *Send Invitation* would e-mail, also for a meeting that is no longer planned.

	Returns: `rows` of `email`, `full_name`, `invited` (1 if already invited, else 0), `left_out` (1 if left out of the
		invitation, else 0) and `when`, the time in the recipient's zone; `without_address` (names), `open` (whether
		planned and not completed) and `reply_to`, the responsible user's address.
	"""
	before, left_out = _invited_before(doc), (state.told(doc) or {}).get(state.LEFT_OUT, [])
	people = recipients.list_invitees(doc)
	zones = recipients.time_zones([person.email for person in people])
	return {
		"rows": [
			{
				"email": person.email,
				"full_name": person.name,
				"invited": int(person.email in before),
				"left_out": int(person.email in left_out),
				"when": wording.when(doc, zones[person.email]),
			}
			for person in people
		],
		"without_address": recipients.without_address(doc),
		"open": planning.is_open(doc),
		"reply_to": recipients.organizer(doc).email,
	}


def preview_mail(doc, email: str) -> dict:
	"""Return the invitation that a participant would get, as text in the recipient's language and time zone.

	Returns: `subject`, the values of `wording.body`, and `labels` of when, place, participants and agenda.

	Raises: ValidationError for an address that no invitation reaches.
	"""
	person = next((each for each in recipients.list_invitees(doc) if each.email == email.lower()), None)
	if not person:
		frappe.throw(
			_("{0} can't be invited. Choose the address of a participant.").format(bold(email)),
			title=_("Check the Address"),
		)
	identity = state.Identity("", 0, recipients.organizer(doc))
	delivery = planning.Delivery(planning.Kind.INVITATION, (person,), identity, tuple(recipients.names(doc)))
	zone = recipients.time_zones([person.email])[person.email]
	with print_language(recipients.languages(doc, [person.email])[person.email]):
		return {
			"subject": wording.subject(doc, delivery.kind, zone),
			**wording.body(doc, delivery, zone),
			"labels": wording.labels(),
		}


def _invited_before(doc) -> set[str]:
	told = state.told(doc)
	return {person.email for person in state.invited(told)} if told else set()


def _send(doc, deliveries: list | None, in_timeline: bool = True) -> None:
	if not deliveries:
		return
	sending.require_account()
	for delivery in deliveries:
		sending.queue_mails(doc, delivery, doc.flags.invitation_message, in_timeline)
