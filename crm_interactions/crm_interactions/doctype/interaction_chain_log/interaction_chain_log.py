from frappe.model.document import Document


class InteractionChainLog(Document):
	"""A change to a chain. Only `crm_interactions.chains.log` writes these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Join", "Split", "Subject", "Result", "Close", "Reopen", "Delete", "Undo"]
		activity: DF.DynamicLink | None
		activity_type: DF.Link | None
		chain: DF.Link
		note: DF.SmallText | None
		other_chain: DF.Link | None
		other_status_before: DF.Data | None
		party_taken: DF.Check
		result_after: DF.Data | None
		result_before: DF.Data | None
		status_before: DF.Data | None
		subject_after: DF.DynamicLink | None
		subject_before: DF.DynamicLink | None
		subject_type_after: DF.Link | None
		subject_type_before: DF.Link | None
		target: DF.DynamicLink | None
		target_type: DF.Link | None
		undoes: DF.Link | None
		undone_by: DF.Link | None
		undone_on: DF.Datetime | None
	# end: auto-generated types
