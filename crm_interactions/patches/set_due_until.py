"""Set until when planned activities are due, in interactions, meetings and the journal; `modified` stays."""

import frappe

from crm_interactions.activities import due
from crm_interactions.journal.writer import ROW

DATES = {"Interaction": "starts_on", "Meeting": "starts_on", ROW: "activity_date"}


def execute():
	for doctype, date in DATES.items():
		for row in frappe.get_all(doctype, {"status": "Planned"}, ["name", date, "responsible"]):
			until = due.find_due_until(row[date], "Planned", row.responsible)
			frappe.db.set_value(doctype, row.name, "due_until", until, update_modified=False)
