from crm_interactions.chains import turn
from crm_interactions.controllers.document import PlainDocument


class InteractionOutcome(PlainDocument):
	"""An outcome of interactions and meetings (R11)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		color: DF.Color | None
		description: DF.SmallText | None
		disabled: DF.Check
		is_offer: DF.Check
		their_turn: DF.Check
		title: DF.Data
	# end: auto-generated types

	def on_update(self):
		if not self.is_new() and self.has_value_changed("their_turn"):
			turn.queue_refresh(self.name)
