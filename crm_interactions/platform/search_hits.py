"""Documents found by partner, title, number, telephone digits or words of a note, for the global search and its bar.

Frappe's index holds whole words of four letters or more, up to fifteen minutes late, and numbers only as typed. Looking a
text up in columns with an index takes a fraction of a second among 1,000,000 activities. Notes have none, so only the
newest ones are read here, and the others come from Frappe's index (`search_index.py`).
"""

import re
from functools import cached_property
from html import escape
from itertools import zip_longest
from unicodedata import normalize

import frappe
from frappe import _

from crm_interactions.activities import options
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.invitations.plain_text import of_html
from crm_interactions.journal import app_sources
from crm_interactions.parties import contact_keys, key_index, partners
from crm_interactions.parties.phone_match import trailing_digits
from crm_interactions.platform import search_index
from crm_interactions.platform.stored_text import as_html, as_typed

CHAIN, PERSON = "Interaction Chain", "Interaction Participant"
SHORTEST = 2
# signs that are stored in several ways, or separate words
BETWEEN = re.compile(r"[\s&<>\"'%_\\]+")
NUMBER = re.compile(r"\s*[+(]*\s*\d")
# documents with a common text are met soon in the order of a list, so that these needn't be collected first
COMMON = 2000
NEWEST = 5000
MOST_CONTACTS = 20
EXCERPT = 60
# characters of a note before the found word in the search bar, where a line has some thirty on a phone
SHORT_LEAD = 12
# letters of a word that is looked up in notes while it is typed
SHORTEST_IN_NOTES = 4


def list_types() -> list[str]:
	"""Return the document types that can be found, and that the session's user may read."""
	types = [*_partner_types(), CHAIN, *app_sources.DOCTYPES]
	return [doctype for doctype in dict.fromkeys(types) if frappe.has_permission(doctype, "read")]


def find(text: str, doctypes: list[str], limit: int) -> list[dict]:
	"""Return readable documents that a text finds, in the form of the global search, in turns of one of each type.

	Args: `doctypes` are some of `list_types`, with up to `limit` documents each, the last changed first.
	"""
	search = Search(text, limit)
	found = [describe(doctype, search.find(doctype), text) for doctype in doctypes]
	return [row for turn in zip_longest(*found) for row in turn if row]


def find_direct(text: str, limit: int) -> list[dict]:
	"""Return `doctype`, `name` and `title`, as typed, of partners and chains that a text finds, up to `limit` of a type."""
	search = Search(text, limit, direct=True)
	hits = []
	for doctype in list_types():
		if doctype not in app_sources.DOCTYPES:
			title = frappe.get_meta(doctype).get_title_field()
			rows = _read(doctype, search.find(doctype), [title])
			hits += [
				{"doctype": doctype, "name": row.name, "title": as_typed(row.get(title)) or row.name}
				for row in rows
			]
	return hits


def find_noted(text: str, limit: int) -> list[dict]:
	"""Return `doctype`, `name`, `title`, `party_name` and `excerpt`, as typed, of activities with a text in a note.

	Up to `limit` readable ones among the `NEWEST` of each type, the last changed first; none for a text that is too short.
	"""
	search = Search(text, limit)
	if len(search.pattern.strip("%")) < SHORTEST_IN_NOTES:
		return []
	return [
		hit
		for doctype in app_sources.DOCTYPES
		if frappe.has_permission(doctype, "read")
		for hit in _noted(doctype, search)
	]


def _noted(doctype: str, search: "Search") -> list[dict]:
	title, notes = frappe.get_meta(doctype).get_title_field(), search_index.list_notes(doctype)
	hits = []
	for row in _read(doctype, search.find_noted(doctype), [*_columns(doctype), *notes]):
		texts = [of_html(row[name]) for name in notes if row[name]]
		# the search in the stored notes finds HTML tags, too
		if text := next(filter(search.has_words, texts), ""):
			shown = {
				"title": as_typed(row.get(title) or row.name),
				"party_name": as_typed(row.get("party_name") or ""),
			}
			hits.append(
				{
					"doctype": doctype,
					"name": row.name,
					**shown,
					"excerpt": _excerpt(text, search.text, SHORT_LEAD),
				}
			)
	return hits


def describe(doctype: str, names: list[str], text: str) -> list[dict]:
	"""Return the readable ones of these documents in the form of the global search, in the same order.

	The Desk shows title and content as HTML, and of the content the parts in which the text occurs.
	"""
	meta, notes = frappe.get_meta(doctype), search_index.list_notes(doctype)
	fields = list(dict.fromkeys([*_columns(doctype), *_number_fields(doctype), *notes]))
	described = []
	for row in _read(doctype, names, fields):
		values = {name: as_html(row[name]) for name in fields if row.get(name)}
		values |= {name: escape(_excerpt(of_html(row[name]), text)) for name in notes if name in values}
		parts = [f"{_(meta.get_label(name))} : {value}" for name, value in values.items()]
		title = as_html(row.get(meta.get_title_field()) or row.name)
		shown = {"title": title, "content": " ||| ".join(parts), "rank": 1}
		described.append({"doctype": doctype, "name": row.name, **shown})
	return described


class Search:
	"""A search for a text, which remembers the documents found, since those of one type lead to others."""

	def __init__(self, text: str, limit: int, *, direct: bool = False):
		self.text = text.strip()[:LONGEST_LINE]
		self.pattern = "%".join(["", *filter(None, BETWEEN.split(self.text)), ""])
		self.number = self.text if NUMBER.match(self.text) and trailing_digits(self.text) else ""
		self.limit = limit
		self.direct = direct
		self.found: dict[str, list[str]] = {}

	def find(self, doctype: str) -> list[str]:
		"""Return the names of readable documents of a type, the last changed first."""
		if len(self.text) < SHORTEST or not self.pattern.strip("%"):
			return []
		if doctype not in self.found:
			self.found[doctype] = self._find(doctype)
		return self.found[doctype]

	def find_noted(self, doctype: str) -> list[str]:
		"""Return the names of readable activities of a type with the text in a note, among the newest, the last changed first."""
		fields = search_index.list_notes(doctype)
		names = self._in_notes(doctype, fields, only_newest=True) if fields else []
		return self._readable(doctype, filters=[["name", "in", names]]) if names else []

	def has_words(self, text: str) -> bool:
		"""Return whether all words of the search are in a text, with or without accents."""
		folded = _without_accents(text)
		return all(word in folded for word in _without_accents(self.pattern).split("%"))

	@cached_property
	def contacts(self) -> list[str]:
		"""Readable contacts with this number or address."""
		if not (self.number or "@" in self.text) or not frappe.has_permission("Contact", "read"):
			return []
		return contact_keys.find_contacts(self.text, MOST_CONTACTS)[0]

	def _find(self, doctype: str) -> list[str]:
		asked = self._conditions(doctype)
		found = [
			frappe.get_all(doctype, filters=[one], pluck="name", order_by=None, limit=COMMON) for one in asked
		]
		names = {name for some in found for name in some}
		is_common = any(len(some) == COMMON for some in found)
		which = {"or_filters": asked} if is_common else {"filters": [["name", "in", [*names]]]}
		return self._readable(doctype, **which) if names else []

	def _readable(self, doctype: str, **which) -> list[str]:
		order_by = f"`tab{doctype}`.`modified` desc"
		return frappe.get_list(doctype, **which, order_by=order_by, limit=self.limit, pluck="name")

	def _conditions(self, doctype: str) -> list[list]:
		"""Return filters, one of which suffices."""
		# a partner's name may be its title
		asked = [["name", "like", self.pattern if doctype in _partner_types() else f"{self.text}%"]]
		asked += [[name, "like", self.pattern] for name in _columns(doctype)]
		names = [*self._by_number(doctype), *self._by_note(doctype)]
		if doctype == CHAIN:
			names += self._chains()
		if doctype in app_sources.DOCTYPES and self.contacts:
			asked.append(["contact", "in", self.contacts])
		return [*asked, ["name", "in", names]] if names else asked

	@cached_property
	def holders(self) -> list:
		"""Contacts and partners with this number, as `record_type` and `record`."""
		return contact_keys.find_rows(self.number)[0] if self.number else []

	def _by_number(self, doctype: str) -> list[str]:
		names = [row.record for row in self.holders if row.record_type == doctype]
		if self.number and doctype in app_sources.DOCTYPES:
			alike = []
			for name in _number_fields(doctype):
				alike += contact_keys.find_alike(doctype, name, self.number)
			for _table in frappe.get_meta(doctype).get("fields", {"options": PERSON}):
				alike += contact_keys.find_alike(PERSON, "phone", self.number, "parent", parenttype=doctype)
			names += [name for name, _number in alike]
		if self.contacts and doctype in _partner_types():
			of = {"parenttype": "Contact", "parent": ("in", self.contacts), "link_doctype": doctype}
			names += frappe.get_all("Dynamic Link", of, pluck="link_name")
		return names

	def _by_note(self, doctype: str) -> list[str]:
		"""Return the names of the newest documents with this text in a note; of all on SQLite, where Frappe keeps no index."""
		fields = search_index.list_notes(doctype)
		if self.direct or not fields or doctype not in (*app_sources.DOCTYPES, "Partner"):
			return []
		return self._in_notes(doctype, fields, only_newest=frappe.db.db_type != "sqlite")

	def _in_notes(self, doctype: str, fields: list[str], *, only_newest: bool) -> list[str]:
		which = {}
		if only_newest:
			order_by = f"`tab{doctype}`.`{frappe.get_meta(doctype).sort_field}` desc"
			newest = frappe.get_all(doctype, pluck="name", order_by=order_by, limit=NEWEST)
			which = {"filters": [["name", "in", newest or [""]]]}
		has_text = [[name, "like", self.pattern] for name in fields]
		return frappe.get_all(
			doctype, **which, or_filters=has_text, pluck="name", order_by=None, limit=COMMON
		)

	def _chains(self) -> list[str]:
		"""Return the names of chains whose partner or, except for direct hits, activity the text finds."""
		names = []
		for doctype in list_types():
			if doctype in app_sources.DOCTYPES:
				found = [] if self.direct else self.find(doctype)
				names += frappe.get_all(doctype, {"name": ("in", found)}, pluck="chain") if found else []
			elif doctype != CHAIN and (found := self.find(doctype)):
				of = {"party_type": doctype, "party": ("in", found)}
				names += frappe.get_all(CHAIN, of, pluck="name", order_by="modified desc", limit=COMMON)
		return [name for name in names if name]


def _partner_types() -> list[str]:
	return [doctype for doctype in partners.party_types() if options.meta_of(doctype)]


def _read(doctype: str, names: list[str], fields: list[str]) -> list:
	"""Return the readable ones of these documents in the same order."""
	if not names:
		return []
	rows = frappe.get_list(
		doctype, {"name": ("in", names)}, list(dict.fromkeys(["name", *fields])), limit=len(names)
	)
	return sorted(rows, key=lambda row: names.index(row.name))


def _columns(doctype: str) -> list[str]:
	"""Return the fields with the titles of a document and its partner that all its readers may read."""
	meta = frappe.get_meta(doctype)
	names = dict.fromkeys([meta.get_title_field(), "party_name"])
	return [name for name in names if meta.has_field(name) and not meta.get_field(name).permlevel]


def _number_fields(doctype: str) -> list[str]:
	"""Return the fields of a type that hold telephone numbers, and that all readers may read."""
	meta = frappe.get_meta(doctype)
	return [*key_index.number_fields(meta), *filter(meta.has_field, ["how_to_reach"])]


def _excerpt(text: str, searched: str, lead: int = EXCERPT) -> str:
	"""Return a note from the word that is `lead` characters before the searched text, with … in the place of the text before."""
	text = " ".join(text.split())
	found = max(_without_accents(text).find(_without_accents(searched.strip())), 0)
	start = text.rfind(" ", 0, max(found - lead, 0)) + 1
	return ("…" if start else "") + text[start : found + 2 * EXCERPT]


def _without_accents(text: str) -> str:
	"""Return a text of the same length in small letters without accents, as the databases compare texts."""
	return "".join(normalize("NFKD", sign.lower())[0] for sign in text)
