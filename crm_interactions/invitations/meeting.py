"""The steps of a meeting's save that concern its invitations; the controller calls them."""

from crm_interactions.invitations import planning, recipients, sending, state, wording


def keep_state(doc) -> None:
	"""Before anything is checked: only the server says who was invited to what."""
	state.keep_stored_state(doc)


def plan_delivery(doc) -> None:
	"""Before the meeting is written, because what is noted on it is written with it."""
	doc.flags.deliveries = planning.plan_change(doc)


def send_delivery(doc) -> None:
	"""Once it is written."""
	_send(doc, doc.flags.pop("deliveries", None))


def withdraw_invitation(doc) -> None:
	"""When the meeting is deleted."""
	_send(doc, planning.plan_cancellation(doc), in_timeline=False)


def invite_participants(doc, message: str | None = None) -> dict:
	"""Invite everybody who can be reached, and save the meeting.

	Args:
		message: plain text for the mail, above what it says of the meeting.

	Returns: `invited` (addresses), `without_address` (names) and `invited_on`.

	Raises: PermissionError without write permission, ValidationError when there is nothing to send,
		OutgoingEmailError on a site that can't send mail.
	"""
	doc.check_permission("write")
	planning.require_invitable(doc)
	doc.flags.inviting, doc.flags.invitation_message = True, message
	doc.save()
	return {
		"invited": [person.email for person in recipients.list_invitees(doc)],
		"without_address": recipients.without_address(doc),
		"invited_on": doc.invited_on,
	}


def preview_invitees(doc) -> dict:
	"""Return who is invited when the button is pressed.

	Returns: `rows` of `email`, `full_name` and `invited` (1 for whoever was invited before), `without_address`
		(names), `open` (False once the meeting isn't planned any more), and `reply_to`.
	"""
	told = state.told(doc)
	before = {person.email for person in state.invited(told)} if told else set()
	return {
		"rows": [
			{"email": person.email, "full_name": person.name, "invited": int(person.email in before)}
			for person in recipients.list_invitees(doc)
		],
		"without_address": recipients.without_address(doc),
		"open": planning.is_open(doc),
		"reply_to": recipients.organizer(doc).email,
	}


def time_frame(doc) -> str:
	return wording.when(doc)


def name_of_side(doc, side: str) -> str:
	return wording.name_of_side(doc, side)


def _send(doc, deliveries: list | None, in_timeline: bool = True) -> None:
	if not deliveries:
		return
	sending.require_account()
	for delivery in deliveries:
		sending.queue_mails(doc, delivery, doc.flags.invitation_message, in_timeline)
