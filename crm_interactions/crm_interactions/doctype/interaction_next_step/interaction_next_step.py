from frappe.model.document import Document


class InteractionNextStep(Document):
	"""A rule of an Interaction Type: the next step to propose after an outcome (B3)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		at_most: DF.Int
		next_in: DF.Int
		next_type: DF.Link
		next_unit: DF.Literal["Hours", "Days", "Weeks", "Months"]
		outcome: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		title: DF.Data | None
	# end: auto-generated types
