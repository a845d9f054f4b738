"""Content of the last e-mails to the participants, stored on the meeting in fields that only the server writes."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe.utils import cint, now_datetime

from crm_interactions.activities import period as activity_period
from crm_interactions.clock import site_time
from crm_interactions.invitations import recipients
from crm_interactions.invitations.ics import Person, clean_line, clean_text
from crm_interactions.platform.stored_text import as_typed

STATE, ORGANIZER, LEFT_OUT = "invitation_state", "organizer", "left_out"
FIELDS = ("invited_on", "invitation_uid", "invitation_sequence", STATE)
# a calendar needs an end after the start (RFC 5545, 3.8.2.2)
SHORTEST = timedelta(minutes=30)
SECOND = " (second)"


@dataclass(frozen=True)
class Identity:
	"""What mail programs recognise an invitation by: they refuse a known UID from another organizer."""

	uid: str
	sequence: int
	organizer: Person


def keep_stored_state(doc) -> None:
	"""Restore `FIELDS` from the stored version, or clear them on a new meeting; only the server sets them."""
	before = doc.get_doc_before_save()
	for field in FIELDS:
		doc.set(field, before.get(field) if before else None)


def current(doc) -> dict:
	"""Return title, place, period and participants, whose change is e-mailed; a changed agenda alone sends nothing.

	Participants who were left out (`flags.left_out` while inviting, else as stored) aren't among the `invited`.
	"""
	starts, ends = period(doc)
	people = recipients.list_invitees(doc)
	left_out = _left_out(doc, people)
	return {
		"title": clean_line(as_typed(doc.title)),
		"place": clean_text(as_typed(doc.place)),
		"starts": _text(starts),
		"ends": _text(ends),
		"participants": recipients.names(doc),
		"invited": [[person.email, person.name] for person in people if person.email not in left_out],
		LEFT_OUT: left_out,
	}


def told(doc) -> dict | None:
	"""Return the content that was sent last, as `current`; None if there is no invitation."""
	stored = _stored(doc)
	return {LEFT_OUT: [], **{key: stored[key] for key in stored if key != ORGANIZER}} if stored else None


def organizer(doc) -> Person:
	"""Return the user who sent the invitation, as they were named there; the responsible user if none was sent."""
	if kept := _stored(doc).get(ORGANIZER):
		return Person(*kept)
	return recipients.organizer(doc.get_doc_before_save() or doc)


def is_over(content: dict) -> bool:
	"""Return whether the meeting ends in the past, by its content."""
	ends = datetime.fromisoformat(content["ends"].removesuffix(SECOND))
	ends = ends.replace(fold=int(content["ends"].endswith(SECOND)))
	return site_time.to_utc(ends) <= site_time.to_utc(site_time.now())


def only_invites_left_out(old: dict, new: dict) -> bool:
	"""Return whether two contents differ only by people who were left out and are invited now."""
	shown = [{key: each[key] for key in each if key not in ("invited", LEFT_OUT)} for each in (old, new)]
	before, after = ({person.email for person in invited(each)} for each in (old, new))
	return shown[0] == shown[1] and before <= after <= before | {*old[LEFT_OUT]}


def invited(content: dict) -> list[Person]:
	return [Person(email, name) for email, name in content["invited"]]


def note_told(doc, content: dict) -> Identity:
	"""Set the sent content, and organizer, date and UID if blank; return the identity for the e-mails.

	The sequence starts at 0 and grows by 1 (RFC 5545, 3.8.7.4).
	"""
	inviting = organizer(doc) if told(doc) else recipients.organizer(doc)
	_count(doc)
	doc.invited_on = doc.invited_on or now_datetime()
	doc.set(STATE, json.dumps({**content, ORGANIZER: [inviting.email, inviting.name]}))
	return Identity(doc.invitation_uid, doc.invitation_sequence, inviting)


def clear_told(doc) -> Identity:
	"""Clear the sent content, its date and UID; return the identity for the cancellations, with the next sequence.

	A later invitation gets a UID of its own: its organizer may be another one.
	"""
	inviting = organizer(doc)
	_count(doc)
	cancelled = Identity(doc.invitation_uid, doc.invitation_sequence, inviting)
	doc.invited_on = doc.invitation_uid = None
	doc.invitation_sequence = 0
	doc.set(STATE, None)
	return cancelled


def _stored(doc) -> dict:
	return json.loads(doc.get(STATE)) if doc.get(STATE) else {}


def _left_out(doc, people: list[Person]) -> list[str]:
	chosen = doc.flags.left_out if doc.flags.inviting else _stored(doc).get(LEFT_OUT)
	return sorted({person.email for person in people} & {*(chosen or [])})


def _text(moment: datetime) -> str:
	return f"{moment}{SECOND}" if moment.fold else str(moment)


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
