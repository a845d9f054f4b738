"""Sender and recipients of a mail. Imports no Frappe."""

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from crm_interactions.controllers.addresses import read_addresses

# a reply to another address than the sender's is the exception, so it comes last
FIELDS = ("From", "To", "Cc", "Reply-To")
# a longer field is no list of people, and would take long to read
LONGEST = 100_000
# of a list: text up to a separator outside quotation marks
ITEM = re.compile(r'(?:"[^"]*"|[^",;]|")+')
BRACKETS = re.compile(r"<[^<>]*>")
COMMENT = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Person:
	"""A sender or recipient: display name or "", address in lower case, and the field that names the person first."""

	name: str
	address: str
	field: str


def people(headers: Message) -> list[Person]:
	"""Return sender and recipients in the order of `FIELDS`, each address once; broken fields yield their legible part."""
	found: dict[str, Person] = {}
	for field in FIELDS:
		for name, address in _read_field(headers, field):
			found.setdefault(address, Person(name, address, field))
	return list(found.values())


def without_tag(address: str) -> str:
	"""Return an address without the tag of plus addressing: `ana+shop@example.com` → `ana@example.com`."""
	local, at, domain = address.rpartition("@")
	return (local.partition("+")[0] or local) + at + domain


def decode_text(text: str) -> str:
	"""Return header text with encoded words (RFC 2047) and bytes decoded, as UTF-8 if the encoding is unknown."""
	try:
		parts = decode_header(text)
	except (HeaderParseError, ValueError):
		parts = [(text, None)]
	return " ".join("".join(_decode(part, charset) for part, charset in parts).split())


def _read_field(headers: Message, field: str) -> list[tuple[str, str]]:
	"""Return names and addresses of a field; To and Cc may occur several times against RFC 5322, of From the first counts."""
	# as sent: the parsers of Python's policies raise errors for some broken fields
	values = [str(value) for name, value in headers.raw_items() if name.lower() == field.lower()]
	text = ", ".join(values[:1] if field == "From" else values)[:LONGEST].replace('\\"', "'")
	found, rest = [], ""
	for item in ITEM.findall(" ".join(text.split())):
		# some programs encode the address, too
		item = item if "@" in item else decode_text(item)
		if "@" not in item:
			# the surname of an unquoted `Roe, Jane <jane@example.com>`, or the name of a group
			rest = "" if ":" in item else item.strip()
			continue
		name = _name(f"{rest}, {item}" if rest else item)
		rest = ""
		found += [
			(name if name.lower() != address.lower() else "", address.lower()) for address in _addresses(item)
		]
	return found


def _addresses(item: str) -> list[str]:
	"""Return the address in angle brackets, or else each address of the text."""
	bracketed = [address for part in BRACKETS.findall(item) for address in read_addresses(part)]
	return bracketed[-1:] or read_addresses(item)


def _name(item: str) -> str:
	"""Return the display name before the angle brackets, or else the comment that some programs write it into."""
	before, bracket, _ = item.rpartition("<")
	comments = COMMENT.findall(item)
	name = before if bracket else "".join(comments[:1])
	return decode_text(name.replace('"', "")).strip(" '\"<,")


def _decode(part: bytes | str, charset: str | None) -> str:
	raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
	try:
		return raw.decode(charset or "utf-8")
	except (LookupError, UnicodeDecodeError):
		return raw.decode("utf-8", "replace")
