"""Exports of other CRMs as tables: which heading holds which value, and how to read it. Imports no Frappe."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from crm_interactions.importing.readers import MISSING, TOO_MANY, Clock, LeftOut, Reader, text

CALL, MEETING, MAIL, TASK, NOTE = "Phone Call", "Meeting", "E-mail", "Planned", "Other"
INCOMING, OUTGOING = "Incoming", "Outgoing"
PLANNED, HELD, NOT_HELD, CANCELLED = "Planned", "Held", "Not Held", "Cancelled"
# columns whose values a user may replace by names of this site
NAMED = ("partner", "people", "user", "kind")
LONGEST_TITLE = 140
# Python's own limit is 131,072 characters, which the HTML of a mail may exceed
LONGEST_CELL = 10_000_000
SURPLUS = ""
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Column:
	"""A value of an export; of several headings in a file, the first one with a text counts.

	Args:
		headings: with any capitals, and without the asterisk of required ones.
		read: reader of a text that isn't blank.
		unless: another column; if that has a text, this one isn't read.
	"""

	headings: tuple[str, ...]
	read: Reader = text
	unless: str = ""


@dataclass(frozen=True)
class Draft:
	"""An activity as a file tells it, before partner, contact and user are looked up; `addresses` has numbers too."""

	key: str
	medium: str
	title: str
	starts_on: date
	ends_on: date | None = None
	duration: int | None = None
	status: str = ""
	direction: str = ""
	notes: str = ""
	agenda: str = ""
	place: str = ""
	partner: tuple[str, ...] = ()
	people: tuple[str, ...] = ()
	addresses: tuple[str, ...] = ()
	user: str = ""


@dataclass(frozen=True)
class Export:
	"""One kind of export file.

	Args:
		marks: columns that only files of this kind have.
		columns: `key`, `title`, `starts_on`, `partner`, `people`, `user` and those that `settle` uses.
		settle: makes a dictionary of the fields of `Draft` out of the values; blank ones are left out.
	"""

	name: str
	marks: tuple[str, ...]
	columns: Mapping[str, Column]
	settle: Callable[[dict, Clock], dict]


@dataclass(frozen=True)
class Row:
	"""A row of the file with its number in a spreadsheet, and its draft or the reason why it is left out."""

	number: int
	cells: dict[str, str] = field(repr=False)
	draft: Draft | None = None
	left_out: LeftOut | None = None


class UnknownExport(Exception):
	"""The headings belong to none of the exports."""


def read_file(
	content: str, exports: Sequence[Export], clock: Clock, names: Mapping[str, str] | None = None
) -> tuple[Export, list[Row]]:
	"""Return the kind of an export and its rows; blank rows are skipped.

	Args:
		content: CSV with commas and a row of headings.
		exports: the kinds to choose from; the first one whose marks are present counts.
		names: text of the file → text to use instead, for partners, people, users and types.

	Raises: UnknownExport.
	"""
	csv.field_size_limit(LONGEST_CELL)
	reader = csv.DictReader(
		io.StringIO(content.removeprefix("\ufeff"), newline=""), restkey=SURPLUS, restval=""
	)
	headings = {_plain(heading): heading for heading in reader.fieldnames or [] if heading}
	export = next((one for one in exports if all(_found(one, mark, headings) for mark in one.marks)), None)
	if not export:
		raise UnknownExport
	columns = {name: _found(export, name, headings) for name in export.columns}
	rows = [_read_row(Row(*row), export, columns, clock, names or {}) for row in enumerate(reader, 2)]
	return export, [row for row in rows if any(map(str.strip, row.cells.values()))]


def heading_of(export: Export, column: str, cells: Mapping[str, str]) -> str:
	"""Return the heading of a column in a file, or its first known one if the file has none."""
	if column not in export.columns:
		return ""
	headings = {_plain(heading): heading for heading in cells}
	return [*_found(export, column, headings), *export.columns[column].headings, ""][0]


def split_person(value: str) -> tuple[str, str]:
	"""Return name and address of `Ana Horvat (ana@example.com)`; either may be blank."""
	if found := re.fullmatch(r"(.*?)\s*[(<]?([^\s()<>]+@[^\s()<>]+)[)>]?", value.strip()):
		return found[1], found[2]
	return value.strip(), ""


def title_of(title: str, notes: str, medium: str) -> str:
	"""Return a title, by default the beginning of the notes, else the medium; cut to its longest length."""
	words = " ".join(TAG.sub(" ", title or notes).split()) or medium
	return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…"


def _read_row(row: Row, export, columns, clock, names) -> Row:
	try:
		if surplus := row.cells.pop(SURPLUS, None):
			raise LeftOut(TOO_MANY, ",".join(surplus))
		values = _values(row.cells, export, columns, clock, names)
		return replace(row, draft=_draft(export, values, clock))
	except LeftOut as left_out:
		return replace(row, left_out=left_out)


def _values(cells, export, columns, clock, names) -> dict:
	values = {}
	for name, column in export.columns.items():
		given = next((text for heading in columns[name] if (text := cells[heading].strip())), "")
		given = names.get(given, given) if name in NAMED else given
		if not given or (column.unless and column.unless in values):
			continue
		try:
			value = column.read(given, clock)
		except LeftOut as left_out:
			left_out.column = name
			raise
		is_list = name in NAMED and isinstance(value, tuple)
		values[name] = tuple(names.get(part, part) for part in value) if is_list else value
	return values


def _draft(export: Export, values: dict, clock: Clock) -> Draft:
	own = {name: values[name] for name in ("key", "user", "partner", "people") if name in values}
	made = {**own, **export.settle(values, clock)}
	if not made.get("starts_on"):
		raise LeftOut(MISSING, column="starts_on")
	people = [split_person(person) for person in made.get("people", ())]
	made["people"] = tuple(name for name, _address in people if name)
	found = (*made.get("addresses", ()), *(address for _name, address in people))
	made["addresses"] = tuple(dict.fromkeys(filter(None, found)))
	made["title"] = title_of(values.get("title", ""), made.get("notes") or "", made["medium"])
	made["key"] = f"{export.name} {made['key']}" if made.get("key") else ""
	return Draft(**{name: value for name, value in made.items() if value not in (None, "")})


def _found(export: Export, name: str, headings: Mapping[str, str]) -> list[str]:
	"""Return the file's headings of a column, in the order of the table."""
	return [
		headings[key] for heading in export.columns[name].headings if (key := _plain(heading)) in headings
	]


def _plain(heading: str) -> str:
	return " ".join(heading.strip().rstrip("*").casefold().split())
