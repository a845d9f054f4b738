import frappe
from frappe.model.document import Document

from crm_interactions.visibility import unique_keys


class InteractionReportingLine(Document):
	"""A user below a supervisor, at any level. Only `visibility.reporting_lines` writes these rows."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		is_self: DF.Check
		people: DF.Int
		supervisor: DF.Data
		user: DF.Data
	# end: auto-generated types


def on_doctype_update():
	unique_keys.add_unique("Interaction Reporting Line", ["supervisor", "user"], "crm_reporting_line_once")
	# covering index: permission conditions read it without the rows
	frappe.db.add_index(
		"Interaction Reporting Line", ["supervisor", "user", "is_self"], "crm_reporting_line_people"
	)
