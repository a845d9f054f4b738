"""SMS Log as an exchange: a text message that the site sent.

One log is one interaction, however many numbers it went to: the first number with a partner decides on the partner, and
all numbers become participants.
"""

from datetime import datetime, time

import frappe
from frappe.utils import get_datetime, getdate

from crm_interactions.capture import refused
from crm_interactions.capture.exchange import OUTGOING, SMS, Exchange, Refusal, key_of
from crm_interactions.capture.people import Person
from crm_interactions.controllers.rich_text import from_plain_text

TITLE = 80


def read(doc) -> Exchange | Refusal:
	"""Return a message that reached at least one number as an exchange."""
	numbers = [*dict.fromkeys(filter(None, map(str.strip, (doc.sent_to or "").splitlines())))]
	if not numbers:
		return Refusal(refused.NO_NUMBER)
	message = (doc.message or "").strip()
	return Exchange(
		source=(doc.doctype, doc.name),
		key=key_of("sms", doc.name),
		medium=SMS,
		direction=OUTGOING,
		address=numbers[0],
		title=next(iter(message.splitlines()), "")[:TITLE],
		starts_on=_time(doc),
		notes=from_plain_text(message),
		people=tuple(Person("", number, "To") for number in numbers) if len(numbers) > 1 else (),
		user=doc.owner if doc.owner not in frappe.STANDARD_USERS else None,
	)


def _time(doc) -> datetime:
	"""Return the time of creation, since the log states only the day; another day than that one begins at midnight."""
	created = get_datetime(doc.creation).replace(tzinfo=None, microsecond=0)
	if not doc.sent_on or getdate(doc.sent_on) == created.date():
		return created
	return datetime.combine(getdate(doc.sent_on), time())
