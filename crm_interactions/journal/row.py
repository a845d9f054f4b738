"""From a document to its row of the journal."""

from datetime import datetime

import frappe
from frappe.utils import cstr, get_datetime, getdate, strip_html

from crm_interactions.journal import levels, origins, own, registry
from crm_interactions.journal.source import Source, first, named, state

COPIED = ("interaction_type", "priority", "category", "has_attachment", "reviewed", "under_control")
CHECKS = ("has_attachment", "reviewed", "under_control")
TITLE_LENGTH = 255
# what a row takes from its document; chain, subject and what it follows are the chain's
FIELDS = ("title", "activity_date", "status", "party_type", "party", "responsible")


def values(doc, source: Source) -> dict:
	"""Return what the journal's row of this document holds, apart from its place in a chain.

	Who may read the document may read its row, so what stands on a permission level of its own isn't copied.
	"""
	doc = levels.without_levels(doc)
	party_type, party = _party(doc, source) or (None, None)
	row = {
		"title": _title(doc, source),
		"activity_date": _date(doc, source),
		"status": state(doc, source),
		"party_type": party_type,
		"party": party,
		"responsible": first(doc, source.responsible) or doc.owner,
	}
	# other document types have fields of these names too, which mean something else
	for fieldname in COPIED if doc.doctype in own.DOCTYPES else ():
		if doc.meta.has_field(fieldname):
			row[fieldname] = doc.get(fieldname) or (0 if fieldname in CHECKS else None)
	return row


def _party(doc, source: Source, asked: frozenset = frozenset()) -> tuple[str, str] | None:
	"""Return the partner that a document names, else that of the activity that it was made from.

	Args:
		asked: type and name of the documents that led here.
	"""
	if source.party_of and (found := source.party_of(doc)):
		return found
	if found := next((pair for fields in source.party if (pair := named(doc, fields))), None):
		return found
	asked |= {(doc.doctype, doc.name)}
	activities = (one for reference in origins.of(doc, source) for one in origins.meant(*reference))
	return next((pair for one in activities if one not in asked and (pair := _party_of(one, asked))), None)


def _party_of(activity: tuple[str, str], asked: frozenset) -> tuple[str, str] | None:
	"""Read it from the document and not from its row, so that rebuilding gives the same in whatever order."""
	if not frappe.db.exists(*activity):
		return None
	return _party(frappe.get_doc(*activity), registry.get(activity[0]), asked)


def _date(doc, source: Source) -> datetime:
	"""Return when it happens; a day without a time that is the day it was made means the moment it was made.

	Otherwise a deal would stand before the call of the same morning that it came from.
	"""
	value, made = first(doc, source.date), get_datetime(doc.creation)
	if not value:
		return made
	is_day = doc.meta.get_field(next(name for name in source.date if doc.get(name))).fieldtype == "Date"
	return made if is_day and getdate(value) == made.date() else get_datetime(value)


def _title(doc, source: Source) -> str:
	found = source.title_of(doc) if source.title_of else first(doc, source.title)
	text = strip_html(cstr(found)).strip() or cstr(doc.name)
	return text if len(text) <= TITLE_LENGTH else f"{text[: TITLE_LENGTH - 1]}…"
