"""What may come in from outside: text that every database takes, numbers that fit a column, nothing nested.

Programs send what they like through REST, and the platform hands it on: some of it breaks the database or a library on the
way. It is refused here, with a sentence, before anything looks at it.
"""

import json
import math
import re
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html
from frappe.utils.html_utils import sanitize_html

LONGEST_NAME = 140
LONGEST_TEXT = 1_000_000
LONGEST_LINE = 140
MOST_BYTES = 65_535
LARGEST_INT = 2**31 - 1
LARGEST_AMOUNT = 10**12
DEEPEST = 10
INTEGERS = ("Int", "Check", "Duration")
NUMBERS = ("Float", "Currency", "Percent", "Rating")
DATES = ("Date", "Datetime", "Time")
# field type → its column under MariaDB, the narrowest of the databases; the limits are the same on all of them
COLUMNS = {
	**dict.fromkeys(("Small Text", "Text", "Password", "Attach", "Attach Image"), "text"),
	**dict.fromkeys(("Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Icon"), "varchar"),
	**dict.fromkeys(("Phone", "Autocomplete"), "varchar"),
	**dict.fromkeys(("Long Text", "Code", "Text Editor", "Markdown Editor", "HTML Editor"), "longtext"),
	**dict.fromkeys(("Signature", "Barcode", "Geolocation", "JSON"), "longtext"),
}
LARGE = ("text", "longtext")
TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?")


def bold(value) -> str:
	"""Return a value for a message, which the Desk reads as HTML: bold, and whatever it holds shown as text."""
	return frappe.bold(escape_html(cstr(value)))


def clean_html(text: str | None) -> str | None:
	"""Return a text without script, as the platform cleans what it saves; for what a query of ours writes."""
	if not text or not {"<", ">"} & {*text}:
		return text
	try:
		return sanitize_html(text)
	except RecursionError:  # it looks whether this is JSON, and how deep
		return escape_html(text)


def is_text(value: str) -> bool:
	"""Whether every database keeps it: Postgres takes no NUL, and half of a surrogate pair has no UTF-8."""
	if "\0" in value or len(value) > LONGEST_TEXT:
		return False
	try:
		value.encode()
	except UnicodeEncodeError:
		return False
	return True


def is_name(value: str) -> bool:
	"""Whether a document can have this name; the platform gives none with < or > in it."""
	return len(value) <= LONGEST_NAME and not {"<", ">"} & {*value} and is_text(value)


def is_plain(value, depth: int = 0) -> bool:
	"""Whether nested lists and objects hold nothing but plain text and numbers, and aren't nested without end."""
	if isinstance(value, str):
		return is_text(value)
	if isinstance(value, bool) or value is None:
		return True
	if isinstance(value, int | float):
		return fits(value)
	if isinstance(value, dict):
		return depth < DEEPEST and all(is_plain(part, depth + 1) for pair in value.items() for part in pair)
	if isinstance(value, list | tuple):
		return depth < DEEPEST and all(is_plain(part, depth + 1) for part in value)
	return True  # dates and the like, which only server code gives


def fits(number: float, largest: int = LARGEST_AMOUNT) -> bool:
	return math.isfinite(number) and abs(number) <= largest


def parse_json(value, what: str):
	"""Return what was sent as JSON, or as the list or object that it stands for.

	Args:
		what: label for the message.

	Raises: ValidationError for text that isn't JSON, and for what is nested too deep.
	"""
	try:
		found = json.loads(value) if isinstance(value, str) and value.strip() else value
	except (ValueError, RecursionError):
		refuse(what)
	if not is_plain(found):
		refuse(what)
	return found or None


def require_fields(doc) -> None:
	"""Refuse a document of ours that holds what its columns can't; a number in a field of text is taken as text.

	Raises: ValidationError naming the field.
	"""
	require_room(doc, LARGE)  # names are the platform's to judge, which says what they may be
	for part in (doc, *doc.get_all_children()):
		for label in _wrong(part):
			refuse(label)


def require_room(doc, columns: tuple[str, ...] = ("varchar", *LARGE)) -> None:
	"""Refuse a document of ours with text that its columns have no room for.

	Args:
		columns: the types of column that are looked at.

	Raises: CharacterLengthExceededError naming the field and the limit.
	"""
	for part in (doc, *doc.get_all_children()):
		row = part.get("idx") if part is not doc else None
		for df in part.meta.fields:
			value = part.get(df.fieldname)
			if isinstance(value, str) and COLUMNS.get(df.fieldtype) in columns:
				_require_room(df, value, row)


def require_room_for(doctype: str, values: dict) -> None:
	"""Refuse text that is written without its document; raises as `require_room`."""
	meta = frappe.get_meta(doctype)
	for fieldname, value in values.items():
		if isinstance(value, str):
			_require_room(meta.get_field(fieldname), value, None)


def shorten_text(text: str) -> str:
	"""Return as much of a text of the server's own as a column of the type text has room for."""
	return text.encode()[:MOST_BYTES].decode(errors="ignore")


def _require_room(df, value: str, row: int | None) -> None:
	column = COLUMNS[df.fieldtype]
	field = bold(_(df.label or df.fieldname))
	field = _("{0} in row {1}").format(field, row) if row else field
	if column == "text":
		_require_bytes(field, len(value.encode(errors="surrogatepass")), MOST_BYTES)
	else:
		most = LONGEST_TEXT if column == "longtext" else cint(df.length) or LONGEST_LINE
		_require_characters(field, len(value), most)


def _require_bytes(field: str, size: int, most: int) -> None:
	if size > most:
		frappe.throw(
			_(
				"{0} takes {1} bytes and has room for {2}. Shorten the text; most letters take one byte, others up to four."
			).format(field, f"{size:,}", f"{most:,}"),
			frappe.CharacterLengthExceededError,
			title=_("Text Is Too Long"),
		)


def _require_characters(field: str, size: int, most: int) -> None:
	if size > most:
		frappe.throw(
			_(
				"{0} takes {1} characters and has room for {2}. Shorten the text; in HTML, signs such as & take several."
			).format(field, f"{size:,}", f"{most:,}"),
			frappe.CharacterLengthExceededError,
			title=_("Text Is Too Long"),
		)


def refuse(label: str) -> None:
	frappe.throw(
		_(
			"The value of {0} can't be used here. Send plain text, a number or a date, as the field asks for."
		).format(bold(label)),
		title=_("Check the Value"),
	)


def _wrong(doc) -> Iterator[str]:
	"""Yield the labels of fields whose value doesn't fit."""
	if not _may_be_named(doc.name):
		yield _("Name")
	for df in doc.meta.fields:
		value = doc.get(df.fieldname)
		if value is None or value == "" or df.fieldtype in frappe.model.table_fields:
			continue
		if isinstance(value, int | float) and df.fieldtype not in INTEGERS + NUMBERS + DATES:
			value = cstr(value)
			doc.set(df.fieldname, value)
		if not _suits(df.fieldtype, value):
			yield _(df.label or df.fieldname)


def _may_be_named(name) -> bool:
	return name is None or isinstance(name, int) or (isinstance(name, str) and is_name(name))


def _suits(fieldtype: str, value) -> bool:
	if isinstance(value, list | dict | tuple | set):
		return False
	if isinstance(value, str) and not is_text(value):
		return False
	if fieldtype in INTEGERS:
		return _is_number(value, LARGEST_INT)
	if fieldtype in NUMBERS:
		return _is_number(value, LARGEST_AMOUNT)
	if fieldtype == "Time" and isinstance(value, str):
		return bool(TIME.fullmatch(value))
	return fieldtype not in DATES or not isinstance(value, int | float)


def _is_number(value, largest: int) -> bool:
	try:
		return fits(float(value.replace(",", "") if isinstance(value, str) else value), largest)
	except ValueError:
		return False
