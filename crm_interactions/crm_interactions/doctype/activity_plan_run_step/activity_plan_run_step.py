import frappe
from frappe.model.document import Document


class ActivityPlanRunStep(Document):
	"""A step of a running plan, and the journal row of its activity. Only `plans.runs` writes these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		assignee: DF.Literal["Responsible", "Chain Responsible", "User"]
		assignee_user: DF.Link | None
		condition: DF.Link | None
		interaction_type: DF.Link | None
		journal_row: DF.Data | None
		moved_from: DF.Datetime | None
		offset: DF.Int
		offset_unit: DF.Literal["Hours", "Days", "Weeks"]
		position: DF.Int
		run: DF.Link
		title: DF.Data | None
		working_time: DF.Check
	# end: auto-generated types


def on_doctype_update():
	# each step of a run is in the ledger once, and so is its activity
	frappe.db.add_unique("Activity Plan Run Step", ["run", "position"], "crm_activity_plan_step_once")
