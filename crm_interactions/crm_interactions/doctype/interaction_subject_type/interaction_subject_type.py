from frappe.model.document import Document


class InteractionSubjectType(Document):
	"""A document type of subjects of chains, in the settings (R20)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount_field: DF.Data | None
		is_claim: DF.Check
		lost_values: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		status_field: DF.Data | None
		subject_type: DF.Link
		undecided_values: DF.SmallText | None
		won_values: DF.SmallText | None
	# end: auto-generated types
