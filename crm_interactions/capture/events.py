"""Events of the documents that are captured."""

import frappe

from crm_interactions.apps import installed
from crm_interactions.capture import records


def on_trash(doc, method=None):
	"""Drop the reference of a deleted document from its interaction and item, which stay."""
	if installed.is_setting_up():
		return
	for doctype in (records.INTERACTION, records.ITEM):
		filters = {"source_type": doc.doctype, "source": doc.name}
		# set by query: Frappe would refuse the deletion of a linked document, and a completed activity the change
		for name in frappe.get_all(doctype, filters, pluck="name"):
			frappe.db.set_value(doctype, name, dict.fromkeys(filters), update_modified=False)
