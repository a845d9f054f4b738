import frappe
from frappe.model.document import Document

from crm_interactions.visibility import unique_keys


class InteractionReportingLine(Document):
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

	"""Who is below whom, through all levels; `crm_interactions.visibility.reporting_lines` writes it, nobody else."""


def on_doctype_update():
	unique_keys.add_unique("Interaction Reporting Line", ["supervisor", "user"], "crm_reach_once")
	# a whole condition is answered from this, without a look at the rows
	frappe.db.add_index("Interaction Reporting Line", ["supervisor", "user", "is_self"], "crm_reach_people")
