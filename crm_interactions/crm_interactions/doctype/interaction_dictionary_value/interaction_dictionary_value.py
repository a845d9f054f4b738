from crm_interactions.controllers.document import PlainDocument


class InteractionDictionaryValue(PlainDocument):
	"""A value of a dictionary (R11)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		color: DF.Color | None
		dictionary: DF.Link
		disabled: DF.Check
		value: DF.Data
	# end: auto-generated types
