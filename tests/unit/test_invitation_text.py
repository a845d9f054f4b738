"""The iCalendar text of an invitation, checked with the icalendar library and RFC 5545 and RFC 5546."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from crm_interactions.invitations import ics

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.utc)
ANA, IVO = ics.Person("ana@example.com", "Ana Horvat"), ics.Person("ivo@example.com", "Ivo Babić")
MARKO = ics.Person("marko@example.com", "Marko Marić")
MEETING = ics.Invitation(
	uid="4b1f@crm.example.com",
	sequence=0,
	starts=datetime(2026, 11, 23, 10, tzinfo=ZAGREB),
	ends=datetime(2026, 11, 23, 11, 30, tzinfo=ZAGREB),
	title="Offer for pumps",
	organizer=MARKO,
	attendees=(ANA, IVO, MARKO),
	place="Ilica 1, Zagreb",
	description="1. Prices\n2. Delivery",
)
HOSTILE = {
	"new property": "Offer\r\nATTENDEE:mailto:evil@example.com",
	"new component": "Offer\nEND:VEVENT\nBEGIN:VEVENT",
	"bare carriage return": "Offer\rSTATUS:CANCELLED",
	"other line ends": "Offer\x0bA\x0cB\x1cC\x1dD\x1eE\x85F\u2028G\u2029H",
	"control characters": "Offer\x00\x01\x07\x08\x1b[31m\x7f\x9f",
	"separators": 'a;b,c:d"e=f',
	"backslashes": "\\\\server\\North\\next\\,\\;",
	"half a character": "Offer\ud83d",
	"non-ASCII": "Консультация čćžšđ 会議 🏭",
	"long": "x" * 500,
	"long, of many bytes": "ž🏭" * 200,
	"blank": "   ",
	"looks folded": "Offer\n X\n\tY",
	"template": "{{ 7 * 7 }} <script>alert(1)</script> %s {0}",
}
EACH_HOSTILE = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
METHODS = {
	"request": lambda meeting: ics.build_request(meeting, NOW),
	"cancel": lambda meeting: ics.build_cancellation(meeting, NOW),
	"remove": lambda meeting: ics.build_cancellation(meeting, NOW, removed=(IVO,)),
}
EACH_METHOD = pytest.mark.parametrize("write", METHODS.values(), ids=METHODS.keys())


def request(**changes) -> str:
	"""Return the request of the meeting with these changes."""
	return ics.build_request(replace(MEETING, **changes), NOW)


def read(text: str):
	"""Return the calendar and its only event, parsed by the library."""
	calendar = Calendar.from_ical(text)
	(event,) = calendar.walk("VEVENT")
	return calendar, event


def attendees(event) -> list:
	found = event.get("attendee") or []
	return found if isinstance(found, list) else [found]


def unfolded(text: str) -> list[str]:
	return text.replace("\r\n ", "").split("\r\n")[:-1]


def value_of(text: str, name: str) -> str | None:
	"""Return a TEXT value, unescaped by RFC 5545's rules without the library, or None."""
	line = next((line for line in unfolded(text) if re.match(rf"{name}[;:]", line)), None)
	if line is None:
		return None
	value = line.partition(":")[2]
	assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "unescaped separator"
	return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def check_form(text: str):
	"""Assert the format of lines (RFC 5545, 3.1) and the allowed properties."""
	assert text.endswith("END:VCALENDAR\r\n")
	assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
	assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
	assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
	# each property occurs as often as RFC 5545, 3.6.1 allows
	names = [re.match(r"[A-Z-]+", line)[0] for line in unfolded(text)]
	assert names[:2] == ["BEGIN", "VERSION"] and names[-2:] == ["END", "END"]
	once = [name for name in names if name not in ("BEGIN", "END", "ATTENDEE")]
	assert len(once) == len({*once})
	assert {*names} <= {
		*("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART"),
		*("DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "STATUS"),
	}


@EACH_METHOD
def test_the_text_is_valid(write):
	check_form(write(MEETING))


def test_a_request_has_all_properties_of_the_meeting():
	calendar, event = read(request())
	assert (calendar["version"], calendar["method"], calendar["calscale"]) == ("2.0", "REQUEST", "GREGORIAN")
	assert calendar["prodid"]
	assert (event["uid"], event["sequence"], event["status"]) == ("4b1f@crm.example.com", 0, "CONFIRMED")
	assert event["summary"] == "Offer for pumps"
	assert event["location"] == "Ilica 1, Zagreb"
	assert event["description"] == "1. Prices\n2. Delivery"
	assert event.decoded("dtstamp") == NOW
	assert event.decoded("dtstart") == datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
	assert event.decoded("dtend") == datetime(2026, 11, 23, 10, 30, tzinfo=timezone.utc)
	organizer = event["organizer"]
	assert (organizer, organizer.params["CN"]) == ("mailto:marko@example.com", "Marko Marić")


def test_attendees_have_to_reply_and_the_chair_has_accepted():
	_calendar, event = read(request())
	found = {
		str(attendee): [attendee.params[name] for name in ("CN", "ROLE", "PARTSTAT", "RSVP")]
		for attendee in attendees(event)
	}
	expected = ["REQ-PARTICIPANT", "NEEDS-ACTION", "TRUE"]
	assert found == {
		"mailto:ana@example.com": ["Ana Horvat", *expected],
		"mailto:ivo@example.com": ["Ivo Babić", *expected],
		"mailto:marko@example.com": ["Marko Marić", "CHAIR", "ACCEPTED", "FALSE"],
	}


@pytest.mark.parametrize(
	("write", "method", "status", "number"),
	[
		(METHODS["request"], "REQUEST", "CONFIRMED", 3),
		(METHODS["cancel"], "CANCEL", "CANCELLED", 3),
		# only the removed attendee is notified, and the meeting is not cancelled (RFC 5546, 3.2.5)
		(METHODS["remove"], "CANCEL", None, 1),
	],
	ids=METHODS.keys(),
)
def test_method_and_status_match_the_occasion(write, method, status, number):
	calendar, event = read(write(MEETING))
	assert (calendar["method"], event.get("status")) == (method, status)
	assert len(attendees(event)) == number


@EACH_METHOD
def test_a_change_keeps_the_uid_and_raises_the_sequence(write):
	_first, before = read(write(MEETING))
	_second, after = read(write(replace(MEETING, sequence=7, title="Another title")))
	assert (before["uid"], before["sequence"]) == (after["uid"], 0)
	assert after["sequence"] == 7


@pytest.mark.parametrize(
	("moment", "utc"),
	[
		(datetime(2026, 7, 1, 10, 0, tzinfo=ZAGREB), "20260701T080000Z"),  # summer time
		(datetime(2026, 12, 1, 10, 0, tzinfo=ZAGREB), "20261201T090000Z"),
		(datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("America/New_York")), "20270101T043000Z"),
		(datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Asia/Kolkata")), "20261201T043000Z"),
		(datetime(2026, 12, 1, 10, 0, tzinfo=timezone.utc), "20261201T100000Z"),
		(datetime(2026, 3, 29, 2, 30, tzinfo=ZAGREB), "20260329T013000Z"),  # skipped when clocks change
		(datetime(2026, 10, 25, 2, 30, tzinfo=ZAGREB), "20261025T003000Z"),  # repeated when clocks change
	],
)
def test_times_are_in_utc(moment, utc):
	text = request(starts=moment, ends=moment + timedelta(hours=1))
	assert f"DTSTART:{utc}\r\n" in text
	assert "TZID" not in text


@EACH_METHOD
@EACH_HOSTILE
def test_hostile_text_stays_text(text, write):
	person = ics.Person("ana@example.com", text)
	texts = dict.fromkeys(("title", "place", "description"), text)
	written = write(replace(MEETING, **texts, organizer=person, attendees=(person, IVO)))
	check_form(written)
	calendar, event = read(written)
	assert len(calendar.subcomponents) == 1 and not event.subcomponents
	assert {str(guest) for guest in attendees(event)} <= {"mailto:ana@example.com", "mailto:ivo@example.com"}
	assert event["sequence"] == 0


@EACH_HOSTILE
def test_text_is_read_back_unchanged(text):
	written = request(title=text, description=text)
	kept = re.sub("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud83d]", "", text)
	lines = re.split("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", kept)
	assert (value_of(written, "DESCRIPTION") or "").split("\n") == "\n".join(lines).strip().split("\n")
	assert value_of(written, "SUMMARY") == " ".join(kept.split())


@pytest.mark.parametrize(("field", "name"), [("place", "location"), ("description", "description")])
def test_an_empty_property_is_left_out(field, name):
	_calendar, event = read(request(**{field: ""}))
	assert name not in event


@pytest.mark.parametrize(
	("name", "written"),
	[
		("Ana Horvat", '"Ana Horvat"'),
		("Horvat, Ana", '"Horvat, Ana"'),
		('Ana "Anči" Horvat', "\"Ana 'Anči' Horvat\""),
		("Željko", "Željko"),
		("a^nb", "anb"),
		("Ana\r\n Horvat:x;y", '"Ana Horvat:x;y"'),
	],
)
def test_names_are_quoted_if_needed(name, written):
	lines = unfolded(request(attendees=(ics.Person("a@example.com", name),)))
	assert [line for line in lines if line.startswith(f"ATTENDEE;CN={written};")]


def test_an_attendee_without_a_name_has_no_cn():
	assert "ATTENDEE;CUTYPE=" in request(attendees=(ics.Person("a@example.com"),))
