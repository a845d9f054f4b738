"""Text of a mail's parts, which Frappe's reader of mail doesn't give separately. Imports no Frappe."""

import re
from collections.abc import Iterator
from email.message import Message

from crm_interactions.capture.html_text import text_of_mail

PLAIN, HTML, CALENDAR = "text/plain", "text/html", "text/calendar"
ATTACHED_MAIL = "message/rfc822"
# where Outlook shows a picture
PICTURE = re.compile(r"^\[cid:[^\]\n]*\]$", re.MULTILINE)
SIGNATURE = "-- "
QUOTES = re.compile(r">*")


def text_of(message: Message) -> str:
	"""Return the text of the body: the plain parts, or else the HTML parts with > before quoted lines; "" without any."""
	text = "\n\n".join(_texts(message, PLAIN)) or text_of_mail("\n".join(_texts(message, HTML)))
	return PICTURE.sub("", text)


def calendar_of(message: Message) -> str:
	"""Return the text of the first calendar part, attached or not; "" without any."""
	return next((_decode(part) for part in _parts(message) if part.get_content_type() == CALENDAR), "")


def unflow(text: str, *, delete_space: bool = False) -> str:
	"""Return text of the format *flowed* with its wrapped lines joined (RFC 3676, 4)."""
	lines: list[str] = []
	open_quotes = None  # quotation marks of a line that goes on in the next
	for line in text.split("\n"):
		quotes = QUOTES.match(line)[0]  # type: ignore[index]  matches any text
		rest = line[len(quotes) :].removeprefix(" ")
		if quotes == open_quotes and rest != SIGNATURE:
			lines[-1] += rest
		else:
			lines.append(f"{quotes} {rest}" if quotes else rest)
		is_open = rest.endswith(" ") and rest != SIGNATURE
		open_quotes = quotes if is_open else None
		if is_open and delete_space:
			lines[-1] = lines[-1][:-1]
	return "\n".join(lines)


def _texts(message: Message, kind: str) -> Iterator[str]:
	for part in _parts(message):
		if part.get_content_type() == kind and not _is_attachment(part):
			text = _decode(part)
			if str(part.get_param("format", "")).lower() == "flowed":
				text = unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
			if text.strip():
				yield text.strip("\n")


def _parts(message: Message) -> Iterator[Message]:
	"""Yield the parts that aren't made of parts, without those of an attached mail."""
	if message.get_content_type() == ATTACHED_MAIL:
		return
	if message.is_multipart():
		for part in message.get_payload():
			yield from _parts(part)
	else:
		yield message


def _is_attachment(part: Message) -> bool:
	return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def _decode(part: Message) -> str:
	"""Return a part's text with \\n as line end; an unknown or wrong encoding is read as UTF-8, else as Windows-1252."""
	raw = part.get_payload(decode=True) or b""
	for charset in (part.get_content_charset("utf-8"), "utf-8", "windows-1252"):
		try:
			text = raw.decode(charset)
		except (LookupError, UnicodeDecodeError):
			continue
		break
	else:
		text = raw.decode("utf-8", "replace")
	return text.replace("\r\n", "\n").replace("\r", "\n")
