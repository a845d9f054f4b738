"""Sources: declarative descriptions of the fields that the journal reads from a document type."""

from collections.abc import Callable
from dataclasses import dataclass, field

Fields = tuple[str, ...]
# (field with the document type, field with the name); a first item such as "=Customer" is the type itself
Pair = tuple[str, str]


@dataclass(frozen=True)
class Source:
	"""A document type whose documents are activities.

	Args:
		doctype: the document type.
		date: date fields in order of preference; if all are empty, the time of creation.
		title: topic fields in order of preference; if all are empty, the name.
		party: pairs that name the partner, in order of preference.
		responsible: user fields in order of preference; if all are empty, the owner.
		status: the status field.
		planned: status values that mean Planned.
		cancelled: status values that mean Cancelled.
		origins: pairs that name documents that this one was made from; `table.field` reads each row of a child table.
		title_of: document → topic, used instead of `title`.
		party_of: document → (type, name) of the partner or None, tried before `party`.
		origins_of: document → list of (type, name), added to `origins`.
		direction: "Incoming" or "Outgoing", of all documents of the type; "" for neither.
		direction_of: document → direction, used instead of `direction`.
		counts: document → False if the document isn't an activity of its own.
		icon: name of a Frappe icon.
		color: name of a Frappe indicator colour.
	"""

	doctype: str
	date: Fields = ()
	title: Fields = ()
	party: tuple[Pair, ...] = ()
	responsible: Fields = ()
	status: str | None = None
	planned: frozenset[str] = frozenset()
	cancelled: frozenset[str] = frozenset()
	origins: tuple[Pair, ...] = ()
	direction: str = ""
	title_of: Callable | None = field(default=None, compare=False)
	party_of: Callable | None = field(default=None, compare=False)
	origins_of: Callable | None = field(default=None, compare=False)
	direction_of: Callable | None = field(default=None, compare=False)
	counts: Callable | None = field(default=None, compare=False)
	icon: str = "file"
	color: str = "gray"


def first_filled(doc, fields: Fields):
	"""Return the first non-empty value of the fields; None if all are empty."""
	return next((doc.get(name) for name in fields if doc.get(name)), None)


def read_link(doc, pair: Pair) -> tuple[str, str] | None:
	"""Return (type, name) from a pair of fields, or from `=Type` and a field; None if either is empty."""
	type_field, name_field = pair
	doctype = type_field[1:] if type_field.startswith("=") else doc.get(type_field)
	name = doc.get(name_field)
	return (doctype, name) if doctype and name else None


def read_links(doc, pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
	"""Return the distinct (type, name) values of the pairs, in order; `table.field` reads each row of a child table."""
	found = {}
	for type_field, name_field in pairs:
		table, dot, row_field = name_field.rpartition(".")
		rows = (doc.get(table) or []) if dot else [doc]
		row_type = type_field.rpartition(".")[2] if dot else type_field
		for row in rows:
			pair = read_link(row, (row_type, row_field))
			if pair:
				found[pair] = None
	return list(found)


def read_state(doc, source: Source) -> str:
	"""Return Cancelled (also docstatus 2), else Planned (also drafts of submittable types), else Done."""
	value = doc.get(source.status) if source.status else None
	if doc.get("docstatus") == 2 or value in source.cancelled:
		return "Cancelled"
	if value in source.planned:
		return "Planned"
	if doc.get("docstatus") == 0 and getattr(doc.meta, "is_submittable", 0):
		return "Planned"
	return "Done"
