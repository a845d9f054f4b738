"""Fill direction and outcome of existing journal rows, and whose turn it is in open chains."""

import frappe
from frappe.query_builder.terms import SubQuery

from crm_interactions.chains import turn
from crm_interactions.journal import registry
from crm_interactions.journal.writer import ROW
from crm_interactions.recording import numbering

COLUMNS = {"Interaction": ("direction", "outcome"), "Meeting": ("outcome",)}


def execute():
	for doctype, columns in COLUMNS.items():
		_copy(doctype, columns)
	registry.clear_cache()
	for doctype, source in registry.sources().items():
		if source.direction_of:
			numbering.queue_numbering(doctype)
		elif source.direction:
			frappe.db.set_value(
				ROW, {"activity_type": doctype}, "direction", source.direction, update_modified=False
			)
	turn.refresh()


def _copy(doctype: str, columns: tuple[str, ...]) -> None:
	row, document = frappe.qb.DocType(ROW), frappe.qb.DocType(doctype)
	update = frappe.qb.update(row).where(row.activity_type == doctype)
	for column in columns:
		of_activity = frappe.qb.from_(document).select(document[column]).where(document.name == row.activity)
		update = update.set(row[column], SubQuery(of_activity))
	update.run()
