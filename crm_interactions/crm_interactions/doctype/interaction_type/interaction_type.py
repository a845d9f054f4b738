from crm_interactions.controllers.document import PlainDocument


class InteractionType(PlainDocument):
	"""A type of interactions and meetings, with its medium, its defaults and its next-step rules."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.interaction_next_step.interaction_next_step import (
			InteractionNextStep,
		)
		from frappe.types import DF

		color: DF.Color | None
		default_direction: DF.Literal["", "Incoming", "Outgoing"]
		default_duration: DF.Duration | None
		description: DF.SmallText | None
		disabled: DF.Check
		medium: DF.Literal["Phone Call", "Meeting", "E-mail", "SMS", "Planned", "Other"]
		next_steps: DF.Table[InteractionNextStep]
		remind_before: DF.Int
		title: DF.Data
	# end: auto-generated types
