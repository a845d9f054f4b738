"""The text of an invitation: an iCalendar object (RFC 5545) as mail programs exchange them (RFC 5546). Imports no Frappe."""

import re
from dataclasses import dataclass
from datetime import datetime, timezone

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//crm_interactions//Meeting//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"
# whoever reads the text splits it here too, though RFC 5545 knows only CR LF
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# control characters have no place in a text (RFC 5545, 3.3.11), halves of a character in no encoding
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Person:
	"""Somebody with an e-mail address; `chair` for whoever leads the meeting and needn't answer."""

	email: str
	name: str = ""
	chair: bool = False


@dataclass(frozen=True)
class Invitation:
	"""What a calendar needs to know of a meeting.

	Args:
		uid: the same for all that is sent about this meeting.
		sequence: grows with each change, from 0.
		starts, ends: with their time zone; the end lies after the beginning.
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
	"""The library takes a backslash before N for a line's end, as in `C:\\North`; RFC 5545 escapes what is there."""

	def to_ical(self) -> bytes:
		escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
		return escaped.encode("utf-8")


def build_request(invitation: Invitation, now: datetime) -> str:
	"""Return the text that invites, or that tells the invited of a change.

	Args:
		now: with its time zone.
	"""
	event = _event(invitation, now, invitation.attendees)
	event.add("status", "CONFIRMED")
	return _calendar(REQUEST, event)


def build_cancellation(
	invitation: Invitation, now: datetime, removed: tuple[Person, ...] | None = None
) -> str:
	"""Return the text that takes the meeting out of calendars.

	Args:
		now: with its time zone.
		removed: those who no longer take part in a meeting that is held all the same; None where it is off.
	"""
	event = _event(invitation, now, invitation.attendees if removed is None else removed)
	if removed is None:
		event.add("status", "CANCELLED")  # only then (RFC 5546, 3.2.5)
	return _calendar(CANCEL, event)


def clean_text(text: str | None) -> str:
	"""Return a text of any lines that can be written into a calendar."""
	return UNWRITABLE.sub("", LINE_ENDS.sub("\n", text or "")).strip()


def clean_line(text: str | None) -> str:
	"""Return a text in one line, each blank once."""
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
		event.add("attendee", _attendee(person))
	return event


def _attendee(person: Person) -> vCalAddress:
	address = _address(person)
	address.params["CUTYPE"] = "INDIVIDUAL"
	address.params["ROLE"] = "CHAIR" if person.chair else "REQ-PARTICIPANT"
	address.params["PARTSTAT"] = "ACCEPTED" if person.chair else "NEEDS-ACTION"
	address.params["RSVP"] = "FALSE" if person.chair else "TRUE"
	return address


def _address(person: Person) -> vCalAddress:
	address = vCalAddress(f"mailto:{clean_line(person.email)}")
	# a parameter knows no double quote (RFC 5545, 3.2), and few programs the escape of RFC 6868
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
