"""Text of an invitation: an iCalendar object (RFC 5545) for exchange by e-mail (RFC 5546). Imports no Frappe."""

import re
from dataclasses import dataclass
from datetime import datetime, timezone

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//crm_interactions//Meeting//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"
# readers of the text break lines here too, although RFC 5545 allows only CR LF
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# RFC 5545, 3.3.11 excludes control characters; UTF-8 can't encode lone surrogates
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Person:
	"""A participant, or the organizer, with an e-mail address."""

	email: str
	name: str = ""


@dataclass(frozen=True)
class Invitation:
	"""A meeting as a calendar shows it.

	Args:
		uid: the same in all messages about this meeting.
		sequence: starts at 0 and grows with each change.
		starts, ends: with their time zone; the end is after the start.
		organizer: the same in all messages with this UID; as an attendee, they lead the meeting and aren't asked to reply.
		description: plain text.
	"""

	uid: str
	sequence: int
	starts: datetime
	ends: datetime
	title: str
	organizer: Person
	attendees: tuple[Person, ...]
	place: str = ""
	description: str = ""


class _Text(vText):
	"""Text escaped as in RFC 5545; icalendar's own escaping takes the `\\N` of `C:\\North` for a line break."""

	def to_ical(self) -> bytes:
		escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
		return escaped.encode("utf-8")


def build_request(invitation: Invitation, now: datetime) -> str:
	"""Return the iCalendar text that invites the attendees, or informs them of a change; `now` has its time zone."""
	event = _event(invitation, now, invitation.attendees)
	event.add("status", "CONFIRMED")
	return _calendar(REQUEST, event)


def build_cancellation(
	invitation: Invitation, now: datetime, removed: tuple[Person, ...] | None = None
) -> str:
	"""Return the iCalendar text that takes the meeting out of the calendars of all attendees, or of `removed`.

	`removed` were taken off a meeting that still takes place; None cancels the meeting. `now` has its time zone.
	"""
	event = _event(invitation, now, invitation.attendees if removed is None else removed)
	if removed is None:
		event.add("status", "CANCELLED")  # not for removed participants (RFC 5546, 3.2.5)
	return _calendar(CANCEL, event)


def clean_text(text: str | None) -> str:
	"""Return a text ("" for None), stripped, without characters that a calendar can't hold, and with LF as line end."""
	return UNWRITABLE.sub("", LINE_ENDS.sub("\n", text or "")).strip()


def clean_line(text: str | None) -> str:
	"""Return a text, cleaned as by `clean_text`, as one line with single spaces."""
	return " ".join(clean_text(text).split())


def _event(invitation: Invitation, now: datetime, attendees: tuple[Person, ...]) -> Event:
	event = Event()
	event.add("uid", invitation.uid)
	event.add("sequence", invitation.sequence)
	event.add("dtstamp", now.astimezone(timezone.utc))
	event.add("dtstart", invitation.starts.astimezone(timezone.utc))
	event.add("dtend", invitation.ends.astimezone(timezone.utc))
	event.add("summary", _Text(clean_line(invitation.title)))
	for name, text in (("location", invitation.place), ("description", invitation.description)):
		if clean_text(text):
			event.add(name, _Text(clean_text(text)))
	event.add("organizer", _address(invitation.organizer))
	for person in attendees:
		event.add("attendee", _attendee(person, is_chair=person.email == invitation.organizer.email))
	return event


def _attendee(person: Person, is_chair: bool) -> vCalAddress:
	address = _address(person)
	address.params["CUTYPE"] = "INDIVIDUAL"
	address.params["ROLE"] = "CHAIR" if is_chair else "REQ-PARTICIPANT"
	address.params["PARTSTAT"] = "ACCEPTED" if is_chair else "NEEDS-ACTION"
	address.params["RSVP"] = "FALSE" if is_chair else "TRUE"
	return address


def _address(person: Person) -> vCalAddress:
	address = vCalAddress(f"mailto:{clean_line(person.email)}")
	# a parameter can't hold a double quote (RFC 5545, 3.2), and few programs support the escapes of RFC 6868
	name = clean_line(person.name).replace('"', "'").replace("^", "")
	if name:
		address.params["CN"] = name
	return address


def _calendar(method: str, event: Event) -> str:
	calendar = Calendar()
	calendar.add("prodid", PRODUCT)
	calendar.add("version", "2.0")
	calendar.add("calscale", "GREGORIAN")
	calendar.add("method", method)
	calendar.add_component(event)
	return calendar.to_ical().decode("utf-8")
