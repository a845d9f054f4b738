"""ID of an imported activity in the CRM that it comes from: a second import of the same ID is refused."""

import frappe
from frappe import _

from crm_interactions.activities import history
from crm_interactions.controllers.validation import bold

FIELD = "former_id"
# a planned activity may be converted to the other type after its import
TYPES = ("Interaction", "Meeting")


def keep(doc, before) -> None:
	"""Restore the stored ID; a new document keeps the submitted one only if it is imported.

	Raises: DuplicateEntryError if another activity has the ID.
	"""
	if not doc.meta.has_field(FIELD):
		return
	before = before or doc.flags.former  # the document from which this one is converted
	if before or not history.is_imported(doc):
		doc.set(FIELD, before.get(FIELD) if before else None)
	elif doc.get(FIELD) and (name := find(doc.get(FIELD))):
		frappe.throw(
			_("{0} was imported before, as {1}. Remove the row from the file.").format(
				bold(doc.get(FIELD)), bold(name)
			),
			frappe.DuplicateEntryError,
			title=_("Imported Before"),
		)


def find(value: str) -> str | None:
	"""Return the name of the activity with an ID of a former system; permissions aren't checked."""
	found = (frappe.db.get_value(doctype, {FIELD: value}) for doctype in TYPES)
	return next(filter(None, found), None)
