"""The subject of a mail, of which Frappe's reader takes only the first encoded word. Imports no Frappe."""

from email.message import Message

from crm_interactions.capture.people import decode_text

FALLBACK = "windows-1252"


def subject_of(message: Message) -> str:
	"""Return the decoded subject, or ""; bytes against RFC 5322 are read as UTF-8, else in the encoding of the text."""
	# as sent: the parsers of Python's policies replace such bytes
	fields = (str(value) for name, value in message.raw_items() if name.lower() == "subject")
	text = next(fields, "")
	if not any("\udc80" <= character <= "\udcff" for character in text):
		return decode_text(text)
	raw = text.encode("utf-8", "surrogateescape")
	for charset in ("utf-8", *_charsets(message), FALLBACK):
		try:
			return " ".join(raw.decode(charset).split())
		except (LookupError, UnicodeDecodeError):
			continue
	return decode_text(text)


def _charsets(message: Message) -> list[str]:
	return [charset for part in message.walk() if (charset := part.get_content_charset())]
