"""Contact and organisation of an activity, for the filters of the journal (R1)."""

import frappe

from crm_interactions.journal import origins
from crm_interactions.journal.source import Source

ROW = "Activity Link"
# column of the journal → document type; all but the contact are custom fields, which need the app of their type
COLUMNS = {
	"contact": "Contact",
	"company": "Company",
	"branch": "Branch",
	"department": "Department",
	"project": "Project",
}
# in order of preference; ERPNext's selling documents have a contact person
FIELDS = {"contact": ("contact", "contact_person")}


def read_columns(doc, source: Source) -> dict[str, str | None]:
	"""Return the values of those columns that the journal has on this site.

	A value is the document itself, or comes from a link field of the column's name, or is among the origins: a to-do
	about a contact concerns that contact.
	"""
	references = origins.list_origins(doc, source)
	return {column: _find(doc, references, column) for column in existing_columns()}


def existing_columns(target: str | None = None) -> list[str]:
	"""Return the columns that the journal has on this site, all or those of a document type."""
	meta = frappe.get_meta(ROW)
	return [name for name, of in COLUMNS.items() if target in (None, of) and meta.has_field(name)]


def _find(doc, references: list[tuple[str, str]], column: str) -> str | None:
	target = COLUMNS[column]
	if doc.doctype == target:
		return doc.name
	for name in FIELDS.get(column, (column,)):
		df = doc.meta.get_field(name)
		if df and (df.fieldtype, df.options) == ("Link", target) and doc.get(name):
			return doc.get(name)
	return next((name for doctype, name in references if doctype == target), None)
