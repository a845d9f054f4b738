from frappe.model.document import Document


class ActivityPlanRun(Document):
	"""A plan that was started in a chain. Only `plans.runs` and `chains.plan_runs` write these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		chain: DF.Link
		ended_on: DF.Datetime | None
		plan: DF.Link
		run_key: DF.Data | None
		started_by: DF.Link | None
		started_on: DF.Datetime | None
		status: DF.Literal["Active", "Done", "Ended"]
	# end: auto-generated types
