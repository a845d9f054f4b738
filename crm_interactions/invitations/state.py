"""What the invited were told last, kept on the meeting in fields that only the server writes."""

import json
from datetime import datetime, timedelta

import frappe
from frappe.utils import cint, get_datetime, now_datetime

from crm_interactions.invitations import recipients
from crm_interactions.invitations.ics import Person, clean_line, clean_text

STATE = "invitation_state"
FIELDS = ("invited_on", "invitation_uid", "invitation_sequence", STATE)
# a calendar needs an end after the beginning (RFC 5545, 3.8.2.2)
SHORTEST = timedelta(minutes=30)


def keep_stored_state(doc) -> None:
	"""Take the fields from the database, whatever a client sends; a new meeting has invited nobody."""
	before = doc.get_doc_before_save()
	for field in FIELDS:
		doc.set(field, before.get(field) if before else None)


def current(doc) -> dict:
	"""Return what an invitation tells; another value of any of it is a change that the invited hear of."""
	starts, ends = period(doc)
	return {
		"title": clean_line(doc.title),
		"place": clean_text(doc.place),
		"starts": str(starts),
		"ends": str(ends),
		"participants": recipients.names(doc),
		"invited": [[person.email, person.name] for person in recipients.list_invitees(doc)],
	}


def told(doc) -> dict | None:
	"""Return what the invited were told last; None where nobody is invited."""
	return json.loads(doc.get(STATE)) if doc.get(STATE) else None


def invited(telling: dict) -> list[Person]:
	return [Person(email, name) for email, name in telling["invited"]]


def note_told(doc, telling: dict) -> None:
	"""Note what the invited are told with this save: the first time 0, then one more each time (RFC 5545, 3.8.7.4)."""
	_count(doc)
	doc.invited_on = doc.invited_on or now_datetime()
	doc.set(STATE, json.dumps(telling))


def clear_told(doc) -> None:
	"""Note that nobody is invited any more; what is sent later counts on from here."""
	_count(doc)
	doc.invited_on = None
	doc.set(STATE, None)


def _count(doc) -> None:
	if doc.invitation_uid:
		doc.invitation_sequence = cint(doc.invitation_sequence) + 1
	else:
		# not the meeting's name, which may be given out again once the meeting is deleted
		doc.invitation_uid = f"{frappe.generate_hash(length=32)}@{frappe.local.site}"
		doc.invitation_sequence = 0


def period(doc) -> tuple[datetime, datetime]:
	"""Return beginning and end in the site's time zone, to the second; an end that nobody entered follows from the duration."""
	starts = get_datetime(doc.starts_on).replace(microsecond=0)
	ends = get_datetime(doc.ends_on).replace(microsecond=0) if doc.ends_on else starts
	if ends > starts:
		return starts, ends
	return starts, starts + max(SHORTEST, timedelta(seconds=cint(doc.duration)))
