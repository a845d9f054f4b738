"""Content of the last e-mails to the participants, stored on the meeting in fields that only the server writes."""

import json
from datetime import datetime, timedelta

import frappe
from frappe.utils import cint, now_datetime

from crm_interactions.activities import period as activity_period
from crm_interactions.invitations import recipients
from crm_interactions.invitations.ics import Person, clean_line, clean_text
from crm_interactions.platform.stored_text import as_typed

STATE = "invitation_state"
FIELDS = ("invited_on", "invitation_uid", "invitation_sequence", STATE)
# a calendar needs an end after the start (RFC 5545, 3.8.2.2)
SHORTEST = timedelta(minutes=30)


def keep_stored_state(doc) -> None:
	"""Restore `FIELDS` from the stored version, or clear them on a new meeting; only the server sets them."""
	before = doc.get_doc_before_save()
	for field in FIELDS:
		doc.set(field, before.get(field) if before else None)


def current(doc) -> dict:
	"""Return title, place, period and participants, whose change is e-mailed; a changed agenda alone sends nothing."""
	starts, ends = period(doc)
	return {
		"title": clean_line(as_typed(doc.title)),
		"place": clean_text(as_typed(doc.place)),
		"starts": _text(starts),
		"ends": _text(ends),
		"participants": recipients.names(doc),
		"invited": [[person.email, person.name] for person in recipients.list_invitees(doc)],
	}


def told(doc) -> dict | None:
	"""Return the content that was sent last; None if there is no invitation."""
	return json.loads(doc.get(STATE)) if doc.get(STATE) else None


def invited(content: dict) -> list[Person]:
	return [Person(email, name) for email, name in content["invited"]]


def note_told(doc, content: dict) -> None:
	"""Set the sent content, and date and UID if blank; the sequence starts at 0 and grows by 1 (RFC 5545, 3.8.7.4)."""
	_count(doc)
	doc.invited_on = doc.invited_on or now_datetime()
	doc.set(STATE, json.dumps(content))


def clear_told(doc) -> None:
	"""Clear the sent content and the invitation's date; the sequence grows by 1, and later e-mails continue from it."""
	_count(doc)
	doc.invited_on = None
	doc.set(STATE, None)


def _text(moment: datetime) -> str:
	return f"{moment} (second)" if moment.fold else str(moment)


def _count(doc) -> None:
	if doc.invitation_uid:
		doc.invitation_sequence = cint(doc.invitation_sequence) + 1
	else:
		# not the meeting's name, which Frappe may reuse after the meeting is deleted
		doc.invitation_uid = f"{frappe.generate_hash(length=32)}@{frappe.local.site}"
		doc.invitation_sequence = 0


def period(doc) -> tuple[datetime, datetime]:
	"""Return start and end in the site's time zone, in whole seconds; the end is after the start.

	Without an end after the start, start plus `duration` (seconds) counts, at least 30 minutes.
	"""
	starts, ends = activity_period.period_of(doc, least=SHORTEST)
	return starts.replace(microsecond=0), ends.replace(microsecond=0)
