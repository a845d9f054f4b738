"""Checks of submitted values: text that every database stores, numbers that fit a column, no excessive nesting.

REST clients can send any value and Frappe passes it on, although some values break the database or a library. They are
refused here, with a clear message, before other code reads them.
"""

import json
import re
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cint, cstr

from crm_interactions.controllers.rich_text import RICH_TEXT, without_pictures
from crm_interactions.platform.stored_text import as_html, storable

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
# field type → its column type on MariaDB, whose limits are the tightest and apply on every database
COLUMNS = {
	**dict.fromkeys(("Small Text", "Text", "Password", "Attach", "Attach Image"), "text"),
	**dict.fromkeys(("Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Icon"), "varchar"),
	**dict.fromkeys(("Phone", "Autocomplete"), "varchar"),
	**dict.fromkeys(("Long Text", "Code", "Text Editor", "Markdown Editor", "HTML Editor"), "longtext"),
	**dict.fromkeys(("Signature", "Barcode", "Geolocation", "JSON"), "longtext"),
}
LARGE = ("text", "longtext")
PLAIN = ("Data", "Small Text", "Text")
TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?")


def bold(value) -> str:
	"""Return a value, typed or stored ("" for None), as bold HTML for a message: the Desk renders messages as HTML."""
	return frappe.bold(as_html(value))


def former_version(doc):
	"""Return the version whose values may stay: the stored one, or `flags.former` of a converted or restored document."""
	return doc.get_doc_before_save() or doc.flags.former


def is_newly_chosen(doc, *fields: str) -> bool:
	"""Return whether one of the fields differs from the former version; True without one."""
	before = former_version(doc)
	return not before or any((before.get(field) or None) != (doc.get(field) or None) for field in fields)


def is_text(value: str) -> bool:
	"""Return whether every database can store a text: no NUL (Postgres), no lone surrogate, at most `LONGEST_TEXT`."""
	if "\0" in value or len(value) > LONGEST_TEXT:
		return False
	try:
		value.encode()
	except UnicodeEncodeError:
		return False
	return True


def is_name(value: str) -> bool:
	"""Return whether a text, also "", can be a name: at most `LONGEST_NAME`, storable, and no < or >, as in Frappe."""
	return len(value) <= LONGEST_NAME and not {"<", ">"} & {*value} and is_text(value)


def is_plain(value, depth: int = 0) -> bool:
	"""Return whether text is storable, numbers fit and lists and objects have at most `DEEPEST` levels; others pass."""
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
	return True  # dates and similar types, which only server code passes


def fits(number: float, largest: int = LARGEST_AMOUNT) -> bool:
	"""Return whether a number is finite and at most `largest` in absolute value."""
	return abs(number) <= largest  # False for NaN, too


def parse_json(value, what: str):
	"""Return the value of a JSON text; other values, and text of spaces, are returned as they are, empty ones as None.

	Raises: ValidationError with the label `what`, for invalid JSON and for values that aren't plain (`is_plain`).
	"""
	try:
		found = json.loads(value) if isinstance(value, str) and value.strip() else value
	except (ValueError, RecursionError):
		refuse(what)
	if not is_plain(found):
		refuse(what)
	return found or None


def require_fields(doc) -> None:
	"""Refuse a document with values, also in rows, that its columns can't hold; convert numbers in text fields to text.

	Pictures embedded in rich text don't count: Frappe stores them as files.

	Raises: ValidationError naming the field, CharacterLengthExceededError for a text that is too long.
	"""
	require_room(doc, LARGE)  # Frappe itself checks the length of short fields
	for part in (doc, *doc.get_all_children()):
		for label in _invalid_labels(part):
			refuse(label)


def escape_tags(doc) -> bool:
	"""Escape tags, also unfinished ones, in plain text fields, also of rows (`storable`); return whether there were any."""
	found = False
	for part in (doc, *doc.get_all_children()):
		for df in part.meta.fields:
			value = part.get(df.fieldname)
			if isinstance(value, str) and "<" in value and _is_plain_text(df):
				part.set(df.fieldname, storable(value))
				found = True
	return found


def _is_plain_text(df) -> bool:
	# Frappe stores e-mail addresses as typed, since `<` may be part of one
	return df.fieldtype in PLAIN and df.options != "Email" and not df.get("ignore_xss_filter")


def require_room(doc, columns: tuple[str, ...] = ("varchar", *LARGE)) -> None:
	"""Refuse a document with text, also in rows, that is too long for its columns of these types.

	Raises: CharacterLengthExceededError naming the field and the limit.
	"""
	for part in (doc, *doc.get_all_children()):
		row = part.get("idx") if part is not doc else None
		for df in part.meta.fields:
			value = part.get(df.fieldname)
			if isinstance(value, str) and COLUMNS.get(df.fieldtype) in columns:
				_require_room(df, _measured(df.fieldtype, value), row)


def require_room_for(doctype: str, values: dict) -> None:
	"""Refuse text that is too long, given as field → value for text fields of a type; raises as `require_room`."""
	meta = frappe.get_meta(doctype)
	for fieldname, value in values.items():
		if isinstance(value, str):
			_require_room(meta.get_field(fieldname), value, None)


def shorten_text(text: str) -> str:
	"""Return a text generated by the server as it is stored: `storable`, and cut to the `MOST_BYTES` of a text column."""
	return storable(text).encode()[:MOST_BYTES].decode(errors="ignore")


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
				"{0} has {1} bytes; the limit is {2}. Shorten the text: most letters take one byte, others up to four."
			).format(field, f"{size:,}", f"{most:,}"),
			frappe.CharacterLengthExceededError,
			title=_("Text Is Too Long"),
		)


def _require_characters(field: str, size: int, most: int) -> None:
	if size > most:
		frappe.throw(
			_(
				"{0} has {1} characters; the limit is {2}. Shorten the text: in HTML, signs such as & take several characters."
			).format(field, f"{size:,}", f"{most:,}"),
			frappe.CharacterLengthExceededError,
			title=_("Text Is Too Long"),
		)


def refuse(label: str) -> None:
	"""Raise ValidationError for an invalid value of the field or argument with this label."""
	frappe.throw(
		_("The value of {0} is invalid. Send plain text, a number or a date, as the field requires.").format(
			bold(label)
		),
		title=_("Check the Value"),
	)


def _invalid_labels(doc) -> Iterator[str]:
	"""Yield the labels of fields with an invalid value; convert numbers in text fields to text."""
	if not _may_be_named(doc.name):
		yield _("Name")
	for df in doc.meta.fields:
		value = doc.get(df.fieldname)
		if value is None or value == "" or df.fieldtype in frappe.model.table_fields:
			continue
		if isinstance(value, int | float) and df.fieldtype not in INTEGERS + NUMBERS + DATES:
			value = cstr(value)
			doc.set(df.fieldname, value)
		if not _suits(df.fieldtype, _measured(df.fieldtype, value)):
			yield _(df.label or df.fieldname)


def _measured(fieldtype: str, value):
	return without_pictures(value) if fieldtype == RICH_TEXT and isinstance(value, str) else value


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
		return fits(float(value.replace(",", "")) if isinstance(value, str) else value, largest)
	except ValueError:
		return False
