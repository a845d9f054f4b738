from frappe.model.document import Document


class ActivityPlanStep(Document):
	"""A step of a plan: the activity to plan, when, for which user, and after which outcome of the step before (B9)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		assignee: DF.Literal["Responsible", "Chain Responsible", "User"]
		assignee_user: DF.Link | None
		condition: DF.Link | None
		interaction_type: DF.Link
		offset: DF.Int
		offset_unit: DF.Literal["Hours", "Days", "Weeks"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		title: DF.Data
		working_time: DF.Check
	# end: auto-generated types
