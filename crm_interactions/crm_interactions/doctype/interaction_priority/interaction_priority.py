from crm_interactions.controllers.document import PlainDocument


class InteractionPriority(PlainDocument):
	"""A priority of interactions and meetings (R11)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		color: DF.Color | None
		description: DF.SmallText | None
		disabled: DF.Check
		sort_order: DF.Int
		title: DF.Data
	# end: auto-generated types
