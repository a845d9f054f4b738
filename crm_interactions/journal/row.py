"""Building the journal row of a document."""

from datetime import datetime

import frappe
from frappe.utils import cstr, get_datetime, getdate, strip_html

from crm_interactions.activities import due
from crm_interactions.journal import app_sources, linked, origins, permission_levels, registry
from crm_interactions.journal.source import Source, first_filled, read_link, read_state
from crm_interactions.platform.stored_text import storable

COPIED = (
	*("interaction_type", "direction", "outcome", "priority", "category", "activity_plan"),
	*("has_attachment", "reviewed", "under_control"),
)
CHECKS = ("has_attachment", "reviewed", "under_control")
TITLE_LENGTH = 255
# fields taken from the document; chain, subject and previous row come from the chain
FIELDS = ("title", "activity_date", "due_until", "status", "party_type", "party", "responsible")


def build_values(doc, source: Source) -> dict:
	"""Return the values of a document's journal row, except its place in a chain, without writing them.

	All readers of the document may read its row, so fields with a permission level above 0 aren't copied. The partner
	is the one that the document itself names; `party_of_origin` finds others. A blank topic, date or responsible user
	becomes name, creation or owner; a date without time on the day of creation becomes the creation, too. Topics lose
	HTML and are cut. The direction of other apps' documents is that of their source. Contact and organisation come from `linked.read_columns`. Activities of the app add the fields
	`COPIED`.
	"""
	doc = permission_levels.without_levels(doc)
	party_type, party = _named_party(doc, source) or (None, None)
	row = {
		"title": _title(doc, source),
		"activity_date": _date(doc, source),
		"status": read_state(doc, source),
		"party_type": party_type,
		"party": party,
		"responsible": first_filled(doc, source.responsible) or doc.owner,
		"direction": (source.direction_of(doc) if source.direction_of else source.direction) or None,
		**linked.read_columns(doc, source),
	}
	row["due_until"] = due.find_due_until(first_filled(doc, source.date), row["status"], row["responsible"])
	for fieldname in COPIED if doc.doctype in app_sources.DOCTYPES else ():
		# in other document types, fields with these names have other meanings
		if doc.meta.has_field(fieldname):
			row[fieldname] = doc.get(fieldname) or (0 if fieldname in CHECKS else None)
	return row


def party_of_origin(doc, source: Source) -> dict:
	"""Return `party_type` and `party` of the first activity with a partner among a document's origins, or {}.

	Each origin is followed by its own origins before the next one; deleted ones are skipped. Rights aren't checked.
	Documents are read instead of rows, so that rebuilding gives the same result in any order.
	"""
	found = _party_of_origin(permission_levels.without_levels(doc), source, frozenset())
	return dict(zip(("party_type", "party"), found, strict=True)) if found else {}


def _named_party(doc, source: Source) -> tuple[str, str] | None:
	if source.party_of and (found := source.party_of(doc)):
		return found
	return next((pair for fields in source.party if (pair := read_link(doc, fields))), None)


def _party_of_origin(doc, source: Source, seen: frozenset) -> tuple[str, str] | None:
	"""Return the partner of the first origin with one, direct or not; `seen` holds the documents read so far."""
	seen |= {(doc.doctype, doc.name)}
	activities = origins.iter_origin_activities(doc, source)
	return next((pair for key in activities if key not in seen and (pair := _party_of(key, seen))), None)


def _party_of(activity: tuple[str, str], seen: frozenset) -> tuple[str, str] | None:
	if not frappe.db.exists(*activity):
		return None
	doc, source = frappe.get_doc(*activity), registry.get_source(activity[0])
	return _named_party(doc, source) or _party_of_origin(doc, source, seen)


def _date(doc, source: Source) -> datetime:
	"""Return the activity's time; a date without a time on the day of creation stands for the time of creation.

	Otherwise a deal would precede the call of the same morning that led to it.
	"""
	value, created = first_filled(doc, source.date), get_datetime(doc.creation)
	if not value:
		return created
	is_day = doc.meta.get_field(next(name for name in source.date if doc.get(name))).fieldtype == "Date"
	return created if is_day and getdate(value) == created.date() else get_datetime(value)


def _title(doc, source: Source) -> str:
	found = source.title_of(doc) if source.title_of else first_filled(doc, source.title)
	text = storable(strip_html(cstr(found)).strip()) or cstr(doc.name)
	return text if len(text) <= TITLE_LENGTH else f"{text[: TITLE_LENGTH - 1]}…"
