"""Answers to invitations: iTIP replies (RFC 5546, 3.2.3) as calendars mail them. Imports no Frappe."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from icalendar import vText
from icalendar.parser import Contentlines, Parameters

# longer text is no answer to an invitation
LONGEST = 1_000_000
ANSWERS = {"ACCEPTED", "DECLINED", "TENTATIVE"}
MAILTO = "mailto:"
WANTED = {"METHOD", "UID", "SEQUENCE", "ATTENDEE", "COMMENT"}
# more digits are no sequence, and the database can't store them
MOST_DIGITS = 9


@dataclass(frozen=True)
class Answer:
	"""The answer of an attendee.

	Args:
		uid, sequence: of the invitation as the attendee knows it.
		attendee: address in lower case. Compare it with the mail's sender, as any sender may write any address.
		partstat: ACCEPTED, DECLINED or TENTATIVE.
		comment: plain text, or "".
	"""

	uid: str
	sequence: int
	attendee: str
	partstat: str
	comment: str = ""


@dataclass(frozen=True)
class _Property:
	component: str
	name: str
	parameters: Parameters
	value: str


def read_answer(ics_text: str, sender: str = "") -> Answer | None:
	"""Return the answer in an iCalendar text; None for other texts, without an answer, and if it is ambiguous.

	Only the properties of an answer are read, because calendars send broken time zones along (Outlook: Windows' names).
	`sender` chooses among several attendees: some calendars list them all.
	"""
	properties = list(_properties(ics_text)) if len(ics_text) <= LONGEST else []
	if _text(properties, "VCALENDAR", "METHOD").upper() != "REPLY":
		return None
	uid = _text(properties, "VEVENT", "UID")
	attendees = [one for one in properties if one.name == "ATTENDEE" and _address(one)]
	chosen = [one for one in attendees if _address(one) == sender.lower()] or attendees
	partstat = _parameter(chosen[0], "PARTSTAT").upper() if len(chosen) == 1 else ""
	if not uid or partstat not in ANSWERS:
		return None
	sequence = _text(properties, "VEVENT", "SEQUENCE")
	comment = _text(properties, "VEVENT", "COMMENT") or _comment_parameter(chosen[0])
	return Answer(
		uid=uid,
		sequence=int(sequence) if sequence.isdecimal() and len(sequence) <= MOST_DIGITS else 0,
		attendee=_address(chosen[0]),
		partstat=partstat,
		comment=comment,
	)


def _properties(text: str) -> Iterator[_Property]:
	"""Yield the properties of the calendar and its first event that an answer consists of, without unreadable ones."""
	components: list[str] = []
	# without blank lines, which the library would take long to unfold
	lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
	for line in Contentlines.from_ical("\r\n".join(lines)):
		name = line.partition(":")[0].partition(";")[0].strip("\ufeff ").upper()
		if name == "BEGIN":
			components.append(line.partition(":")[2].strip().upper())
		elif name == "END" and components:
			if components.pop() == "VEVENT":
				return
		elif components in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]) and name in WANTED:
			try:
				_, parameters, value = line.parts()
			except ValueError:
				continue
			yield _Property(components[-1], name, parameters, value)


def _text(properties: list[_Property], component: str, name: str) -> str:
	"""Return the text of the first property of that name, or ""."""
	found = (one.value for one in properties if (one.component, one.name) == (component, name))
	return str(vText.from_ical(next(found, ""))).strip()


def _address(attendee: _Property) -> str:
	"""Return an attendee's address in lower case, or ""; Apple's calendar may have it in EMAIL beside another URI."""
	value = attendee.value.strip()
	address = unquote(value[len(MAILTO) :]) if value.lower().startswith(MAILTO) else ""
	address = address or _parameter(attendee, "EMAIL")
	return address.strip().lower() if "@" in address else ""


def _comment_parameter(attendee: _Property) -> str:
	"""Return the comment that Google's calendar writes into a parameter, as HTML with escaped semicolons."""
	return unescape(_parameter(attendee, "X-RESPONSE-COMMENT").replace("\\;", ";")).strip()


def _parameter(attendee: _Property, name: str) -> str:
	"""Return a parameter, or ""; the library splits an unquoted one at commas."""
	value = attendee.parameters.get(name, "")
	return ",".join(value) if isinstance(value, list) else str(value)
