"""Communication as an exchange: a sent or received e-mail, read from the stored document or from the mail as received."""

from datetime import datetime
from email.message import Message
from urllib.parse import urlsplit

import frappe
from frappe.utils import get_datetime

from crm_interactions.capture import colleagues, refusals, refused
from crm_interactions.capture.bodies import calendar_of, text_of
from crm_interactions.capture.calendar_answer import read_answer
from crm_interactions.capture.exchange import INCOMING, MAIL, OUTGOING, Exchange, Refusal, key_of
from crm_interactions.capture.html_text import text_of_mail
from crm_interactions.capture.new_part import new_part
from crm_interactions.capture.people import Person, people, without_tag
from crm_interactions.capture.subjects import subject_of
from crm_interactions.controllers.rich_text import from_plain_text, is_html
from crm_interactions.invitations import answers

DOCTYPE, KIND = "Communication", "mail"
# Frappe writes it into each mail of a site
SITE = "X-Frappe-Site"
MOST_REFERENCES = 50
LINK, LINKS = "Communication Link", "timeline_links"
INTERACTION = "Interaction"


def read(doc) -> Exchange | Refusal | None:
	"""Return a stored e-mail as an exchange; None for a comment, a notification, and another medium.

	Frappe stores no header fields, so an automatic mail is recognized only when it is received.
	"""
	if not is_mail(doc):
		return None
	headers = Message()
	headers["From"] = _address_field(doc.sender_full_name, doc.sender)
	headers["To"], headers["Cc"] = doc.recipients or "", doc.cc or ""
	text = text_of_mail(doc.content) if is_html(doc.content or "") else doc.text_content or doc.content or ""
	return _exchange(doc, headers, doc.subject or "", text, [], _account_of(doc))


def read_received(mail: Message, doc, account: str) -> Exchange | Refusal | None:
	"""Return an e-mail as it was received, as an exchange; an answer to an invitation is recorded.

	Args: `doc` is its Communication, `account` the address of the account that received it.
	"""
	if not is_mail(doc):
		return None
	sender = next((person.address for person in people(mail) if person.field == "From"), "")
	answer = read_answer(calendar_of(mail), sender=sender)
	if answer:
		# any sender may write any attendee
		if without_tag(answer.attendee) == without_tag(sender):
			answers.record(answer.uid, answer.attendee, answer.partstat, answer.comment)
		return Refusal(refused.INVITATION, sender)
	if _is_own(mail):
		return Refusal(refused.OWN, sender)
	if reason := refusals.reason(mail, own_ids=[account]):
		return Refusal(reason, sender)
	return _exchange(doc, mail, subject_of(mail), text_of(mail), _references(mail), account)


def is_mail(doc) -> bool:
	return doc.communication_type == "Communication" and doc.communication_medium == "Email"


def _is_own(mail: Message) -> bool:
	# without scheme and port, which differ by the way to the site
	host = urlsplit(str(mail.get(SITE) or "").strip()).hostname
	return bool(host) and host == urlsplit(frappe.utils.get_url()).hostname


def _exchange(
	doc, headers: Message, subject: str, text: str, references: list[str], account: str
) -> Exchange | Refusal:
	found = people(headers)
	ours = colleagues.find_colleagues(
		[*(person.address for person in found), *([account] if account else [])]
	)
	sender = next((person for person in found if person.field == "From"), None)
	is_outgoing = sender.address in ours if sender else doc.sent_or_received == "Sent"
	others = [person.address for person in found if person.address not in ours]
	if not others:
		return Refusal(refused.INTERNAL, sender.address if sender else "")
	return Exchange(
		source=(DOCTYPE, doc.name),
		key=key_of(KIND, doc.message_id or doc.name),
		medium=MAIL,
		direction=OUTGOING if is_outgoing else INCOMING,
		address=others[0],
		title=subject,
		starts_on=_time(doc),
		notes=from_plain_text(new_part(text, subject=subject)),
		people=tuple(found),
		ours=ours,
		user=colleagues.find_user(_users_first(found, sender if is_outgoing else None, account), ours),
		about=tuple(_about(doc)),
		thread=tuple(key_of(KIND, message_id) for message_id in references),
		account=doc.email_account,
		is_answer=bool(doc.in_reply_to),
	)


def _time(doc) -> datetime:
	return get_datetime(doc.communication_date or doc.creation).replace(tzinfo=None, microsecond=0)


def _account_of(doc) -> str:
	"""Return the address of a Communication's account in lower case, or ""."""
	return (
		(frappe.get_cached_value("Email Account", doc.email_account, "email_id") or "").lower()
		if doc.email_account
		else ""
	)


def _users_first(found: list[Person], sender: Person | None, account: str) -> list[str]:
	"""Return whose mail it is: of the user who wrote it, else of those whom it is addressed to, then of the account."""
	return [sender.address] if sender else [*(person.address for person in found), account]


def _about(doc):
	"""Yield the documents that a mail belongs to: the mail that it answers, and the form that it was sent from."""
	if doc.in_reply_to:
		yield DOCTYPE, doc.in_reply_to
	if doc.reference_doctype and doc.reference_name and doc.reference_doctype != DOCTYPE:
		yield doc.reference_doctype, doc.reference_name


def _references(mail: Message) -> list[str]:
	"""Return the Message-IDs that a mail answers, the nearest first (RFC 5322, 3.6.4)."""
	fields = [str(mail.get(name) or "") for name in ("References", "In-Reply-To")]
	found = [
		one.strip("<>")
		for field in fields
		for one in field.replace("><", "> <").split()
		if one.startswith("<")
	]
	return [*dict.fromkeys(reversed(found))][:MOST_REFERENCES]


def _address_field(name: str | None, address: str | None) -> str:
	name = (name or "").replace('"', "")
	return f'"{name}" <{address}>' if name and name != address else address or ""


def after_capture(name: str, interaction: str) -> None:
	"""Show a Communication in the timeline of its interaction, where the whole mail and its attachments can be opened."""
	reference = frappe.db.get_value(DOCTYPE, name, ["reference_doctype", "reference_name"])
	if reference == (INTERACTION, interaction):
		return
	parent = {"parenttype": DOCTYPE, "parent": name, "parentfield": LINKS}
	row = {"link_doctype": INTERACTION, "link_name": interaction, "idx": frappe.db.count(LINK, parent) + 1}
	# Frappe's save would notify the form's readers, and sign the mail once more
	frappe.get_doc({"doctype": LINK, **parent, **row}).db_insert()
