"""What the journal reads of a document type. A source is a description, no code: each type is described in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field

Fields = tuple[str, ...]
# (field with the document type, field with the name); "=Customer" in the first place is the type itself
Pair = tuple[str, str]


@dataclass(frozen=True)
class Source:
	"""A document type whose documents are activities.

	Args:
		doctype: the document type.
		date: fields that say when it happens, in order; the first that is filled counts, else the day it was made.
		title: fields, in order, for the topic; else the name.
		party: pairs that name the partner, in order.
		responsible: user fields, in order; else whoever made the document.
		status: field with the status.
		planned: values of it that mean "still to be done".
		cancelled: values of it that mean "won't be done".
		origins: pairs that name the document that this one was made from; `table.field` looks into a table's rows.
		title_of: for topics that no field holds: document → text.
		party_of: for partners that no field names: document → (type, name) or None.
		origins_of: for origins that no field names: document → pairs of type and name.
		counts: False for documents that are no activities of their own.
		icon: name of an icon of the platform's set.
		color: name of a colour of the platform's indicators.
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
	title_of: Callable | None = field(default=None, compare=False)
	party_of: Callable | None = field(default=None, compare=False)
	origins_of: Callable | None = field(default=None, compare=False)
	counts: Callable | None = field(default=None, compare=False)
	icon: str = "file"
	color: str = "gray"


def first_filled(doc, fields: Fields):
	"""Return the value of the first of these fields that is filled."""
	return next((doc.get(name) for name in fields if doc.get(name)), None)


def read_link(doc, pair: Pair) -> tuple[str, str] | None:
	"""Return type and name that a pair of fields holds; None unless both are there."""
	type_field, name_field = pair
	doctype = type_field[1:] if type_field.startswith("=") else doc.get(type_field)
	name = doc.get(name_field)
	return (doctype, name) if doctype and name else None


def read_links(doc, pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
	"""Return what the pairs name, in order, each once; `table.field` stands for that field of each of its rows."""
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
	"""Return Planned, Done or Cancelled; a draft that waits to be submitted is planned."""
	value = doc.get(source.status) if source.status else None
	if doc.get("docstatus") == 2 or value in source.cancelled:
		return "Cancelled"
	if value in source.planned:
		return "Planned"
	if doc.get("docstatus") == 0 and getattr(doc.meta, "is_submittable", 0):
		return "Planned"
	return "Done"
