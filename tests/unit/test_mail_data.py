"""The mails of the tests and their table of expected results agree, and cover the kinds of mail that users get."""

import html
import re
from datetime import timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cache

import icalendar
import pytest

from tests.data import mail

KEYS = (
	*("file", "about", "origin", "kinds", "broken", "result", "reason", "direction", "subject", "from"),
	*("participants", "party", "contact", "message_id", "in_thread_of", "sent", "new_text", "attachments"),
	*("partstat", "comment"),
)
CAPTURED = ("direction", "participants", "party", "contact", "in_thread_of", "new_text", "attachments")
RESULTS = ("Interaction", "Captured Item", "not captured")
REASONS = {
	*("automatic", "list", "bounce", "own", "internal", "answer to invitation", "loop", "duplicate"),
}
KINDS = {
	*("plain", "HTML", "alternative", "mixed", "related", "inline image", "attachment", "10 MB attachment"),
	*("winmail.dat", "forwarded", "top-quoted", "bottom-quoted", "interleaved", "signature"),
	*("English", "Croatian", "Slovenian", "Polish", "Russian", "German"),
	*("charset windows-1250", "charset windows-1251", "charset koi8-r", "charset iso-8859-2"),
	*("charset iso-8859-1", "charset utf-8"),
	*("broken header", "unencoded 8-bit subject", "RFC 2047 split in a character", "two From lines"),
	*("missing To", "undisclosed recipients", "missing Message-ID", "missing Date", "absurd Date"),
	*("bounce", "empty Return-Path", "list", "newsletter", "loop", "own", "invitation", "reminder", "digest"),
	*("calendar counter", "comment", "ACCEPTED", "DECLINED", "TENTATIVE"),
	*("colleagues", "display names", "plus addressing", "upper case", "mailto", "several contacts"),
	*("known domain", "unknown sender", "thread", "duplicate", "outgoing"),
}
# kind → fewest programs from which it comes
PROGRAMS = {
	"out of office": {"Exchange", "Gmail", "Dovecot", "Zimbra"},
	"calendar reply": {"Outlook", "Google", "Apple", "Thunderbird"},
	"bounce": {"Postfix", "Exchange", "qmail"},
}
RESERVED = re.compile(r"(^|\.)(example|test|example\.(com|org|net))$")
HOST = re.compile(r"(?:@|https?://)([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})", re.IGNORECASE)

TABLE = mail.table()
WORLD, MAILS = TABLE["world"], TABLE["mails"]
BY_FILE = {entry["file"]: entry for entry in MAILS}
LINKS = {*WORLD["users"], *(contact for partner in WORLD["partners"] for contact in partner["contacts"])}

each_mail = pytest.mark.parametrize("entry", MAILS, ids=lambda entry: entry["file"])
each_captured = pytest.mark.parametrize(
	"entry", [entry for entry in MAILS if entry["result"] != "not captured"], ids=lambda entry: entry["file"]
)
each_well_formed = pytest.mark.parametrize(
	"entry", [entry for entry in MAILS if not entry.get("broken")], ids=lambda entry: entry["file"]
)


@cache
def parse(file: str) -> Message:
	return message_from_bytes(mail.read(file))


def decoded(text: str | None) -> str:
	"""Return a header with its encoded words decoded; "" for None."""
	return str(make_header(decode_header(text or "")))


def addresses(message: Message, *fields: str) -> list[str]:
	"""Return the addresses of header fields in lower case, each once."""
	values = [value for field in fields for value in message.get_all(field, [])]
	return list(dict.fromkeys(address.lower() for _name, address in getaddresses(values) if address))


def text_of(part: Message) -> str:
	charset = part.get_content_charset("ascii")
	try:
		return part.get_payload(decode=True).decode(charset, "replace")
	except LookupError:
		return part.get_payload(decode=True).decode("ascii", "replace")


def texts(message: Message, content_type: str) -> str:
	"""Return the bodies of a content type, without attached text files and attached mails."""
	if message.get_content_type() == "message/rfc822":
		return ""
	if message.is_multipart():
		return "\n".join(texts(part, content_type) for part in message.get_payload())
	is_body = message.get_content_type() == content_type and not message.get_filename()
	return text_of(message) if is_body else ""


def words(text: str) -> str:
	return " ".join(text.split())


def attachments(message: Message) -> list[str]:
	shown = texts(message, "text/html")
	return [
		decoded(part.get_filename())
		for part in message.walk()
		if part.get_filename() and f"cid:{(part['Content-ID'] or '-').strip('<>')}" not in shown
	]


def test_table_and_folder_have_the_same_mails_in_order():
	assert [entry["file"] for entry in MAILS] == mail.names()
	assert len(MAILS) >= 60


@each_mail
def test_an_entry_has_its_keys_in_order(entry):
	assert list(entry) == [key for key in KEYS if key in entry]
	assert entry["about"]
	assert entry["origin"]
	assert entry["kinds"]
	assert entry["result"] in RESULTS
	is_captured = entry["result"] != "not captured"
	assert ("reason" in entry) is not is_captured
	assert entry.get("reason") in {None, *REASONS}
	assert all((key in entry) is is_captured for key in CAPTURED)
	assert ("partstat" in entry) is (entry.get("reason") == "answer to invitation")


def test_every_kind_is_present():
	assert {kind for entry in MAILS for kind in entry["kinds"]} >= KINDS
	assert {entry["reason"] for entry in MAILS if "reason" in entry} == REASONS
	assert {*RESULTS} == {entry["result"] for entry in MAILS}


@pytest.mark.parametrize(("kind", "programs"), PROGRAMS.items())
def test_a_kind_comes_from_several_programs(kind, programs):
	assert programs <= {other for entry in MAILS if kind in entry["kinds"] for other in entry["kinds"]}


@each_mail
def test_a_mail_is_parsed_and_names_reserved_hosts_only(entry):
	data = mail.read(entry["file"])
	message = parse(entry["file"])
	assert message.keys()
	assert message["Delivered-To"].endswith("@pumps.example")
	head = data[:100_000].decode("latin-1")
	assert not [host for host in HOST.findall(head) if not RESERVED.search(host.lower())]
	assert not re.search(rb"\r(?!\n)", data)
	assert data.count(b"\r\n") in (0, data.count(b"\n")), "one kind of line end"


@each_well_formed
def test_headers_are_as_in_the_table(entry):
	message = parse(entry["file"])
	assert decoded(message["Subject"]) == entry["subject"]
	assert addresses(message, "From") == [entry["from"]]
	assert (message["Message-ID"] or "").strip("<>") == (entry["message_id"] or "")
	sent = parsedate_to_datetime(message["Date"]) if message["Date"] else None
	if sent and not sent.tzinfo:
		sent = sent.replace(tzinfo=timezone.utc)  # -0000, as qmail writes it
	assert (sent and sent.isoformat()) == entry["sent"]


@each_captured
def test_participants_are_known_or_text(entry):
	sides = [[address.endswith("@pumps.example"), side] for address, side, _link in entry["participants"]]
	assert all(side == ("Ours" if is_ours else "Theirs") for is_ours, side in sides)
	links = {link for _address, _side, link in entry["participants"] if link}
	assert links <= LINKS
	contacts = {partner["name"]: partner["contacts"] for partner in WORLD["partners"]}
	theirs = [link for link in links if link not in WORLD["users"]]
	assert {entry["contact"], *theirs} <= {None, *contacts.get(entry["party"], [])}
	assert (entry["party"] is None) is (entry["result"] == "Captured Item")
	is_ours = entry["from"] in WORLD["users"]
	assert entry["direction"] == ("Outgoing" if is_ours else "Incoming")
	if not entry.get("broken"):
		people = [address for address, _side, _link in entry["participants"]]
		assert people == addresses(parse(entry["file"]), "From", "To", "Cc")


@each_captured
def test_new_text_and_attachments_are_in_the_mail(entry):
	message = parse(entry["file"])
	whole = texts(message, "text/plain").strip() or html.unescape(
		re.sub(r"<[^>]+>", " ", texts(message, "text/html"))
	)
	lines = [words(line) for line in entry["new_text"].splitlines()]
	assert not [line for line in lines if line not in words(whole)]
	assert attachments(message) == entry["attachments"]


@each_captured
def test_a_parent_comes_first_and_is_named(entry):
	if not entry["in_thread_of"]:
		return
	assert entry["in_thread_of"] < entry["file"]
	message = parse(entry["file"])
	named = f"{message['In-Reply-To']} {message['References']}"
	assert BY_FILE[entry["in_thread_of"]]["message_id"] in named


@pytest.mark.parametrize(
	"entry", [entry for entry in MAILS if "partstat" in entry], ids=lambda entry: entry["file"]
)
def test_an_answer_is_as_in_the_table(entry):
	part = next(p for p in parse(entry["file"]).walk() if p.get_content_type() == "text/calendar")
	assert part.get_param("method") == "REPLY"
	event = icalendar.Calendar.from_ical(text_of(part)).walk("VEVENT")[0]
	address, partstat, uid = entry["partstat"]
	attendee = event["ATTENDEE"]
	assert attendee.lower() == f"mailto:{address}"
	assert attendee.params["PARTSTAT"] == partstat
	assert event["UID"] == uid
	assert event.get("COMMENT", "").strip() == entry.get("comment", "")
	assert address in {who for m in WORLD["meetings"] if m["uid"] == uid for who in m["attendees"]}


def test_a_mail_to_two_accounts_is_captured_once():
	first, second = (BY_FILE[f"duplicate_{n}.eml"] for n in ("1_to_marta", "2_to_sales"))
	assert first["message_id"] == second["message_id"]
	assert parse(first["file"])["Delivered-To"] != parse(second["file"])["Delivered-To"]


def test_the_large_mail_has_ten_megabytes():
	part = parse("attachment_10_mb.eml").get_payload()[1]
	assert len(part.get_payload(decode=True)) == mail.TEN_MB
