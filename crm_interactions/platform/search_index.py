"""Notes of activities in Frappe's index of the global search, besides the fields that their types mark.

Upstream (Frappe 15 and 16): the index takes up to 64 KB of text on MariaDB, and longer notes would lose it up to 10,000 other
entries, which are written together. May go once Frappe cuts the text itself; then mark the notes in the document types.
"""

from collections.abc import Iterator

import frappe
from frappe.utils import cstr, global_search

from crm_interactions.controllers.rich_text import RICH_TEXT
from crm_interactions.invitations.plain_text import of_html
from crm_interactions.journal import app_sources

LONGEST = 15_000  # characters of up to four bytes
BATCH = 500


def is_kept() -> bool:
	"""Return whether the site has an index; Frappe doesn't write to it on SQLite."""
	return frappe.db.db_type != "sqlite" and not frappe.conf.get("disable_global_search")


def queue_entry(doc) -> None:
	"""Queue an activity with notes for the index, in the place of the entry without notes that Frappe has just queued."""
	if is_kept() and not doc.flags.in_delete and any(doc.get(name) for name in list_notes(doc.doctype)):
		global_search.sync_value_in_queue(_entry(doc.doctype, doc))


def rebuild() -> None:
	"""Index all activities with their notes, and commit each batch; needed after `bench rebuild-global-search`."""
	for doctype in app_sources.DOCTYPES if is_kept() else ():
		for rows in _batches(doctype):
			global_search.sync_values([tuple(_entry(doctype, row).values()) for row in rows])
			frappe.db.commit()  # a job: a restart writes the same entries again


def list_notes(doctype: str) -> list[str]:
	"""Return the rich-text fields that all readers of a document may read."""
	fields = frappe.get_meta(doctype).get("fields", {"fieldtype": RICH_TEXT})
	return [df.fieldname for df in fields if not df.permlevel]


def _entry(doctype: str, row) -> dict:
	"""Return an entry in Frappe's form, in the order of the index's columns."""
	meta = frappe.get_meta(doctype)
	marked = [df for df in meta.get_global_search_fields() if row.get(df.fieldname)]
	parts = [global_search.get_formatted_value(row.get(df.fieldname), df) for df in marked]
	notes = [name for name in list_notes(doctype) if row.get(name)]
	parts += [f"{meta.get_label(name)} : {of_html(row.get(name))}" for name in notes]
	title = cstr(row.get(meta.get_title_field()))[: int(frappe.db.VARCHAR_LEN)]
	entry = {"doctype": doctype, "name": row.get("name"), "content": " ||| ".join(parts)[:LONGEST]}
	return {**entry, "published": 0, "title": title, "route": ""}


def _batches(doctype: str) -> Iterator[list]:
	"""Yield all documents of a type with the fields of their entries, in the order of their names."""
	meta = frappe.get_meta(doctype)
	marked = [df.fieldname for df in meta.get_global_search_fields()]
	fields = list(dict.fromkeys(["name", meta.get_title_field(), *marked, *list_notes(doctype)]))
	last = ""
	while rows := frappe.get_all(doctype, {"name": (">", last)}, fields, order_by="name", limit=BATCH):
		yield rows
		last = rows[-1].name
