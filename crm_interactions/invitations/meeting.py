"""Steps of a meeting's save that concern invitations; the controller calls them."""

from crm_interactions.invitations import planning, recipients, sending, state


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


def invite_participants(doc, message: str | None = None) -> dict:
	"""Save the meeting and queue its e-mails: invitations to new participants, changes or removals to earlier ones.

	Args:
		message: plain text, shown in the invitations above the details of the meeting.

	Returns: `invited` (all addresses), `without_address` (names) and `invited_on`, the time of the first invitation.

	Raises: PermissionError without write permission; ValidationError if there is nothing to send, or from the save;
		OutgoingEmailError if the site can't send e-mail.
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
	"""Return the participants whom *Send Invitation* would e-mail, also for a meeting that is no longer planned.

	Returns: `rows` of `email`, `full_name` and `invited` (1 if already invited, else 0), `without_address`
		(names), `open` (whether planned and not completed) and `reply_to`, the responsible user's address.
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


def _send(doc, deliveries: list | None, in_timeline: bool = True) -> None:
	if not deliveries:
		return
	sending.require_account()
	for delivery in deliveries:
		sending.queue_mails(doc, delivery, doc.flags.invitation_message, in_timeline)
