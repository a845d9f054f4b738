from crm_interactions.controllers.child_row import ActivityRow


class InteractionProduct(ActivityRow):
	"""A product that an interaction or a meeting is about."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		notes: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		product: DF.Data
		quantity: DF.Float
	# end: auto-generated types
