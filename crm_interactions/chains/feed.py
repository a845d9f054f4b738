"""The feed of the panel: which activities it shows, and what a row shows besides the journal's columns (R2, R17)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import mul

import frappe
from frappe.query_builder import Order
from frappe.utils import cstr
from pypika.functions import Substring
from pypika.terms import Case, Criterion, ExistsCriterion, NullValue, ValueWrapper

from crm_interactions.invitations.plain_text import of_html
from crm_interactions.journal import app_sources
from crm_interactions.journal.writer import ROW
from crm_interactions.platform import search_index
from crm_interactions.platform.search_hits import BETWEEN

NOTES = "notes"
# characters of HTML that are read for the beginning of a note, and characters of its text that are sent
MOST_READ, MOST_SENT = 4000, 400
UNFINISHED_TAG = re.compile(r"<[^<>]*$")


@dataclass(frozen=True)
class Feed:
	"""Limits of a feed; blank ones don't limit.

	Args:
		text: part of the topic, the name or the note; its words in this order.
		responsible: the responsible user.
		since, until: limits of the date, the first included, the last not.
	"""

	text: str = ""
	responsible: str = ""
	since: datetime | None = None
	until: datetime | None = None

	def limit(self, where: Criterion) -> Criterion:
		"""Return a condition of journal rows, limited to those of the feed."""
		table = frappe.qb.DocType(ROW)
		if self.responsible:
			where &= table.responsible == self.responsible
		if self.since:
			where &= table.activity_date >= self.since
		if self.until:
			where &= table.activity_date < self.until
		words = list(filter(None, BETWEEN.split(self.text)))
		return where & _has_text(table, "%".join(["", *words, ""])) if words else where


def put_planned_first(query, table):
	"""Order a query of journal rows: pinned, then planned ones, the next one first; callers add the order of the others."""
	is_planned = table.status == "Planned"
	query = query.orderby(table.pinned, order=Order.desc)
	query = query.orderby(Case().when(is_planned, 0).else_(1))
	return query.orderby(Case().when(is_planned, table.activity_date).else_(NullValue()))


def add_content(rows: list[dict], users: Iterable[str]) -> list[dict]:
	"""Add what a feed shows to readable journal rows, in one query; return `user` and `full_name` of all the users.

	A row gets `note` (the beginning as plain text, or ""), `has_more` (whether the note is longer), `contact_name`,
	`chain_title`, `responsible_name`, and `type_icon` and `type_color` of its interaction type. Notes on a permission
	level above 0 are left out.
	"""
	wanted = _names(rows)
	wanted["User"] |= {*users}
	found = _read(wanted)
	for row in rows:
		note = found.get((row["activity_type"], row["activity"]), (None,))[0]
		row["note"], row["has_more"] = _begin(note)
		row["type_icon"], row["type_color"] = found.get(
			("Interaction Type", row["interaction_type"]), ("", "")
		)
		for field, doctype, column in (
			("contact_name", "Contact", "contact"),
			("chain_title", "Interaction Chain", "chain"),
			("responsible_name", "User", "responsible"),
		):
			row[field] = found.get((doctype, row[column]), (None,))[0] or row[column]
	people = [
		{"user": user, "full_name": found.get(("User", user), (None,))[0] or user} for user in users if user
	]
	return sorted(people, key=lambda person: person["full_name"].lower())


def read_note(activity_type: str, activity: str) -> str:
	"""Return the whole note of an activity as plain text, "" without one; the right to read it isn't checked."""
	if not _has_notes(activity_type):
		return ""
	return of_html(frappe.db.get_value(activity_type, activity, NOTES))


def _has_notes(doctype: str) -> bool:
	return doctype in app_sources.DOCTYPES and NOTES in search_index.list_notes(doctype)


def _has_text(table, pattern: str) -> Criterion:
	"""Return the condition that topic, name or note of a row matches a pattern."""
	found = _matches(table.title, pattern) | _matches(table.activity, pattern)
	for doctype in filter(_has_notes, app_sources.DOCTYPES):
		document = frappe.qb.DocType(doctype).as_("document")
		noted = frappe.qb.from_(document).select(document.name)
		# by the key, for each row of the feed; databases search all notes for a subquery with `in`
		noted = noted.where((document.name == table.activity) & _matches(document[NOTES], pattern)).limit(1)
		found |= (table.activity_type == doctype) & ExistsCriterion(noted)
	return found


def _matches(column, pattern: str) -> Criterion:
	return column.ilike(pattern) if frappe.db.db_type == "postgres" else column.like(pattern)


def _names(rows: list[dict]) -> dict[str, set[str]]:
	"""Return document type → names of the documents that the rows name."""
	names = {
		"User": {row["responsible"] for row in rows},
		"Contact": {row["contact"] for row in rows},
		"Interaction Type": {row["interaction_type"] for row in rows},
		"Interaction Chain": {row["chain"] for row in rows},
	}
	for doctype in filter(_has_notes, app_sources.DOCTYPES):
		names[doctype] = {row["activity"] for row in rows if row["activity_type"] == doctype}
	return names


def _read(wanted: dict[str, set[str]]) -> dict[tuple[str, str], tuple]:
	"""Return (document type, name) → two values of each of the documents."""
	parts = [_part(doctype, sorted(filter(None, names))) for doctype, names in wanted.items() if any(names)]
	if not parts:
		return {}
	# SQLite refuses brackets around the parts of a union
	parts[0].wrap_set_operation_queries = False
	return {(doctype, name): tuple(values) for doctype, name, *values in reduce(mul, parts).run()}


def _part(doctype: str, names: list[str]):
	table = frappe.qb.DocType(doctype)
	values = {
		"User": (table.full_name, NullValue()),
		"Contact": (table.full_name, NullValue()),
		"Interaction Type": (table.icon, table.color),
		"Interaction Chain": (table.title, NullValue()),
	}.get(doctype) or (Substring(table[NOTES], 1, MOST_READ + 1), NullValue())
	query = frappe.qb.from_(table).select(ValueWrapper(doctype), table.name, *values)
	return query.where(table.name.isin(names))


def _begin(html: str | None) -> tuple[str, bool]:
	"""Return the beginning of a note as plain text, and whether more follows."""
	html = cstr(html)
	is_cut = len(html) > MOST_READ
	text = of_html(UNFINISHED_TAG.sub("", html[:MOST_READ]) if is_cut else html)
	if len(text) <= MOST_SENT:
		return text + ("…" if is_cut else ""), is_cut
	return text[:MOST_SENT].rsplit(None, 1)[0] + "…", True
