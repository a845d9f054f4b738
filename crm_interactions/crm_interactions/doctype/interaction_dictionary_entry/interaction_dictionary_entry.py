from crm_interactions.controllers.child_row import ActivityRow


class InteractionDictionaryEntry(ActivityRow):
	"""A dictionary value of an interaction or a meeting (R11)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		dictionary: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		value: DF.Link
	# end: auto-generated types
