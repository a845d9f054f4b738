"""E-mails of a meeting: one for each recipient, in their language, through Frappe's queue, with a calendar file."""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.email.email_body import get_message_id
from frappe.translate import print_language
from frappe.utils import get_system_timezone

from crm_interactions.controllers.validation import bold
from crm_interactions.invitations import ics, plain_text, recipients, state, wording
from crm_interactions.invitations.clock import now, with_zone
from crm_interactions.invitations.planning import Delivery, Kind
from crm_interactions.platform import mail
from crm_interactions.platform.stored_text import as_typed, storable

FILE = "invite.ics"
CANCELLATIONS = (Kind.CANCELLATION, Kind.REMOVAL, Kind.REPLACEMENT)


def require_account() -> None:
	"""Raise OutgoingEmailError if Frappe finds no outgoing e-mail account, or only a dummy."""
	account = EmailAccount.find_outgoing(match_by_doctype="Meeting")
	if not (account and account.email_id):
		frappe.throw(
			_(
				"The participants can't be notified because this site has no outgoing e-mail account. Ask an administrator to set one up in {0}, then try again."
			).format(bold(_("Email Account"))),
			frappe.OutgoingEmailError,
			title=_("No E-mail Account"),
		)


def queue_mails(doc, delivery: Delivery, message: str | None, in_timeline: bool = True) -> None:
	"""Queue an e-mail with a calendar file to each recipient, in their language and time zone, and add one Communication for all.

	Args:
		message: text from the sender; only invitations show it.
		in_timeline: insert the Communication, ignoring permissions; False if the meeting is deleted with its timeline.

	Raises: ValidationError if Frappe refuses an address.
	"""
	calendar = {
		"fname": FILE,
		"fcontent": _calendar(doc, delivery),
		"content_type": f"text/calendar; method={method_of(delivery.kind)}",
	}
	message = message if delivery.kind is Kind.INVITATION else None
	emails = [person.email for person in delivery.to]
	languages, zones = recipients.languages(doc, emails), recipients.time_zones(emails)
	reply_to = recipients.organizer(doc).email
	note = _note(doc, delivery, message) if in_timeline else None
	for person in delivery.to:
		with print_language(languages[person.email]):
			queued = mail.queue_mail(
				wording.TEMPLATE,
				{**wording.body(doc, delivery, zones[person.email]), "message": message},
				recipients=[person.email],
				subject=wording.subject(doc, delivery.kind, zones[person.email]),
				attachments=[dict(calendar)],
				reply_to=reply_to,
				reference_doctype=doc.doctype,
				reference_name=doc.name,
				communication=note and note.name,
				message_id=note and note.message_id,
			)
		if not queued:
			_refuse(person.email)


def method_of(kind: Kind) -> str:
	"""Return the calendar method of a kind: CANCEL for those of `CANCELLATIONS`, else REQUEST."""
	return ics.CANCEL if kind in CANCELLATIONS else ics.REQUEST


def _calendar(doc, delivery: Delivery) -> str:
	starts, ends = state.period(doc)
	is_cancelled = delivery.kind in (Kind.CANCELLATION, Kind.REPLACEMENT)
	invitation = ics.Invitation(
		uid=delivery.identity.uid,
		sequence=delivery.identity.sequence,
		starts=with_zone(starts, get_system_timezone()),
		ends=with_zone(ends, get_system_timezone()),
		title=as_typed(doc.title),
		organizer=delivery.identity.organizer,
		attendees=delivery.to if is_cancelled else tuple(state.invited(state.current(doc))),
		place=as_typed(doc.place),
		description=plain_text.of_html(doc.agenda),
	)
	if delivery.kind is Kind.REMOVAL:
		return ics.build_cancellation(invitation, now(), removed=delivery.to)
	return ics.build_cancellation(invitation, now()) if is_cancelled else ics.build_request(invitation, now())


def _note(doc, delivery: Delivery, message: str | None):
	"""Insert and return one Communication for all recipients; the timeline shows it, and replies are matched to it."""
	with print_language(frappe.get_system_settings("language") or "en"):
		values = {
			"subject": storable(wording.subject(doc, delivery.kind)),
			"content": frappe.render_template(
				f"templates/emails/{wording.TEMPLATE}.html",
				{**wording.body(doc, delivery), "message": message},
			),
		}
	note = frappe.get_doc(
		{
			"doctype": "Communication",
			# no message of a person, so it isn't captured as one
			"communication_type": "Automated Message",
			"communication_medium": "Email",
			"sent_or_received": "Sent",
			"sender": delivery.identity.organizer.email,
			"recipients": ", ".join(person.email for person in delivery.to),
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"message_id": get_message_id().strip("<>"),
			**values,
		}
	)
	note.flags.skip_add_signature = True
	# the right to save the meeting includes notifying its participants, even without the right to write e-mails
	return note.insert(ignore_permissions=True)


def _refuse(email: str) -> None:
	frappe.throw(
		_(
			"The e-mail to {0} couldn't be queued. Check this address and that of the responsible user."
		).format(bold(email)),
		title=_("Check the Address"),
	)
