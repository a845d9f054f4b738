"""Meetings with invited participants, and the mails queued for them."""

from email import message_from_string, policy

import frappe
import pytest
from frappe.email.doctype.email_queue.email_queue import EmailQueue, SendMailContext
from icalendar import Calendar

from crm_interactions.api import meeting as api
from tests.site.factories import email_account, meeting
from tests.site.people import ANA, IVO

STARTS, ENDS = "2099-11-23 10:00:00", "2099-11-23 11:30:00"
SPAN = {"dtstart": STARTS, "dtend": ENDS}  # by property of a calendar entry


@pytest.fixture
def mail_account():
	yield email_account()
	frappe.local.outgoing_email_account = {}


def row(email: str | None, name: str | None = None, side: str = "Theirs") -> dict:
	return {"full_name": name or (email or "Nobody").split("@")[0].title(), "email": email, "side": side}


def planned(*rows, **fields):
	"""Return a saved meeting without invitations."""
	fields = {"starts_on": STARTS, "ends_on": ENDS, "place": "Ilica 1", "title": "Offer for pumps", **fields}
	return meeting(participants=list(rows) or [row(ANA), row(IVO)], **fields)


def invite(*rows, message: str | None = None, **fields):
	"""Save a meeting and send its invitations; return the meeting."""
	doc = planned(*rows, **fields)
	api.invite(doc.name, message=message)
	return doc


def invited(*rows, **fields):
	"""Return a stored meeting with invited participants, after deleting their queued mails."""
	doc = invite(*rows, **fields)
	for name in frappe.get_all("Email Queue", pluck="name"):
		frappe.delete_doc("Email Queue", name, force=True, delete_permanently=True)
	return frappe.get_doc("Meeting", doc.name)


def mails(doc) -> dict[str, list]:
	"""Return the method and sequence number of each queued calendar of a meeting, by recipient."""
	found: dict[str, list] = {}
	for queued in queue(doc):
		calendar, event = calendar_of(queued)
		for recipient in queued.recipients:
			entry = (str(calendar["method"]), int(event["sequence"]))
			found.setdefault(recipient.recipient, []).append(entry)
	return found


def queue(doc) -> list:
	about = {"reference_doctype": "Meeting", "reference_name": doc.name}
	names = frappe.get_all("Email Queue", about, pluck="name", order_by="creation")
	return [frappe.get_doc("Email Queue", name) for name in names]


def mail_to(doc, email: str):
	"""Return the newest mail to an address, as it would leave the site."""
	return sent(newest(doc, email), email)


def newest(doc, email: str) -> EmailQueue:
	return next(mail for mail in reversed(queue(doc)) if mail.recipients[0].recipient == email)


def sent(queued: EmailQueue, email: str):
	return message_from_string(SendMailContext(queued).build_message(email).decode(), policy=policy.SMTP)


def calendar_part(message):
	(part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
	return part


def calendar_of(queued):
	part = calendar_part(sent(queued, queued.recipients[0].recipient))
	calendar = Calendar.from_ical(part.get_payload(decode=True))
	(event,) = calendar.walk("VEVENT")
	assert part.get_param("method") == calendar["method"]
	return calendar, event


def event_for(doc, email: str):
	return calendar_of(newest(doc, email))[1]


def html_to(doc, email: str) -> str:
	"""Return the HTML of the newest mail to an address."""
	return mail_to(doc, email).get_body(("html",)).get_content()


def addresses(event) -> set[str]:
	found = event["attendee"]
	return {str(user).removeprefix("mailto:") for user in (found if isinstance(found, list) else [found])}


@pytest.fixture
def remove_accounts(monkeypatch):
	"""Return a function that disables all outgoing accounts.

	Before, it sets a savepoint to which the test can roll back a failed request.
	"""

	def disable() -> None:
		frappe.db.savepoint("before_invitation")
		for name in frappe.get_all("Email Account", {"enable_outgoing": 1}, pluck="name"):
			frappe.db.set_value("Email Account", name, "enable_outgoing", 0)
		monkeypatch.setattr(frappe.flags, "mute_emails", False)
		for key in ("mute_emails", "mail_server"):
			monkeypatch.setitem(frappe.local.conf, key, 0)
		frappe.local.outgoing_email_account = {}

	return disable
