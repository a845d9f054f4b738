"""Answers to invitations are read from the replies of the calendars in use."""

import pytest

from crm_interactions.capture.calendar_answer import LONGEST, Answer, read_answer

UID = "b7a1f0c2-4d0e-4d6f-9d1b-0a8c7e5f3a21@example.com"
ANA = "ana@example.com"


def reply(*event: str, method: str = "REPLY", end: str = "\r\n") -> str:
	"""Return an iCalendar text with these lines in its event."""
	head = ["BEGIN:VCALENDAR", f"METHOD:{method}", "PRODID:-//Example//EN", "VERSION:2.0"]
	return end.join([*head, "BEGIN:VEVENT", *event, "END:VEVENT", "END:VCALENDAR", ""])


# Exchange: Windows' time zones, a comment with language, CN without quotes
OUTLOOK = reply(
	"ATTENDEE;PARTSTAT=ACCEPTED;CN=Ana Horvat:mailto:Ana@Example.com",
	"COMMENT;LANGUAGE=hr-HR:Dolazim\\, ali kasnije\\n",
	f"UID:{UID}",
	"SUMMARY;LANGUAGE=hr-HR:Prihvaćeno: Sastanak",
	"DTSTART;TZID=Central European Standard Time:20260803T113000",
	"DTEND;TZID=Central European Standard Time:20260803T120000",
	"SEQUENCE:2",
	"X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
)
# Google: the comment is a parameter, and long lines are folded anywhere
GOOGLE = reply(
	"DTSTART:20260803T150000Z",
	f"UID:{UID[:40]}",
	f" {UID[40:]}",
	"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Ana ",
	' Horvat;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="It&#39\\;s late; maybe":mailto',
	f" :{ANA}",
	"SEQUENCE:1",
	"STATUS:CONFIRMED",
)
# Apple: a URI of its server beside the address, and an alarm with an attendee of its own
APPLE = reply(
	f'ATTENDEE;CN="Ana Horvat";CUTYPE=INDIVIDUAL;EMAIL="{ANA}";PARTSTAT=DECLINED:urn:uuid:6f5c',
	f"UID:{UID}",
	"SEQUENCE:0",
	"BEGIN:VALARM",
	"ACTION:EMAIL",
	"UID:another",
	"ATTENDEE;PARTSTAT=ACCEPTED:mailto:alarm@example.com",
	"COMMENT:not this",
	"END:VALARM",
	"REQUEST-STATUS:2.0;Success",
)
# Thunderbird: upper-case scheme, no sequence, LF only
THUNDERBIRD = reply(
	f"ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:MAILTO:{ANA}", f"UID:{UID}", end="\n"
)


@pytest.mark.parametrize(
	("text", "answer"),
	[
		(OUTLOOK, Answer(UID, 2, ANA, "ACCEPTED", "Dolazim, ali kasnije")),
		(GOOGLE, Answer(UID, 1, ANA, "TENTATIVE", "It's late; maybe")),
		(APPLE, Answer(UID, 0, ANA, "DECLINED")),
		(THUNDERBIRD, Answer(UID, 0, ANA, "ACCEPTED")),
	],
	ids=["Outlook", "Google", "Apple", "Thunderbird"],
)
def test_the_answer_is_read(text, answer):
	assert read_answer(text) == answer


ATTENDEE = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ANA}"
PLAIN = Answer(UID, 0, ANA, "ACCEPTED")


@pytest.mark.parametrize(
	"text",
	[
		"\ufeff" + reply(ATTENDEE, f"UID:{UID}"),
		reply(ATTENDEE.lower(), f"uid:{UID}", method="reply"),
		reply(ATTENDEE, f"UID:{UID}", "SEQUENCE:none"),
		reply(ATTENDEE, f"UID:{UID}", "SEQUENCE:" + "9" * 5_000),
		reply(ATTENDEE, f"UID:{UID}", "", "", "DTSTART:yesterday", "broken line", "ATTENDEE"),
		reply(ATTENDEE, f"UID:{UID}").replace("END:VCALENDAR", ""),
		reply(ATTENDEE.replace("@", "%40"), f"UID:{UID}"),
		# a time zone of another calendar, without the rules that it needs
		reply(ATTENDEE, f"UID:{UID}").replace(
			"BEGIN:VEVENT", "BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
		),
		reply(ATTENDEE, f"UID:{UID}") + reply("UID:second"),
	],
)
def test_broken_texts_are_read(text):
	assert read_answer(text) == PLAIN


@pytest.mark.parametrize(
	"text",
	[
		*("", "no calendar", "BEGIN:VCALENDAR", "BEGIN:VEVENT\nEND:VEVENT\nEND:VEVENT"),
		*(reply(ATTENDEE, f"UID:{UID}", method=method) for method in ("REQUEST", "CANCEL", "COUNTER", "")),
		*(reply(ATTENDEE), reply(f"UID:{UID}"), reply(f"UID:{UID}", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:")),
		*(
			reply(f"UID:{UID}", ATTENDEE.replace("ACCEPTED", partstat))
			for partstat in ("NEEDS-ACTION", "DELEGATED", "X-LATER", "")
		),
		reply(ATTENDEE, f"UID:{UID}") + "X" * LONGEST,
		"\n" * (LONGEST - 1),
		"BEGIN:VCALENDAR\n" * (LONGEST // 20),
	],
	ids=lambda text: ascii(text[20:40]),
)
def test_other_texts_have_no_answer(text):
	assert read_answer(text) is None


def test_the_sender_answers_where_all_attendees_are_listed():
	text = reply("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:joe@example.com", ATTENDEE, f"UID:{UID}")
	assert read_answer(text, sender="Ana@example.com") == PLAIN
	assert read_answer(text, sender="eve@example.net") is None
	assert read_answer(text) is None


def test_a_comment_with_commas_and_without_quotes_is_whole():
	text = reply(ATTENDEE.replace(":mailto", ";X-RESPONSE-COMMENT=Yes, gladly:mailto"), f"UID:{UID}")
	assert read_answer(text).comment == "Yes, gladly"
