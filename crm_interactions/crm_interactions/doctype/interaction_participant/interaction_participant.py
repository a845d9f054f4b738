from crm_interactions.controllers.child_row import ActivityRow


class InteractionParticipant(ActivityRow):
	"""A participant: a linked record or plain text (R5)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Literal["", "Accepted", "Declined", "Tentative"]
		attended: DF.Check
		email: DF.Data | None
		full_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		participant: DF.DynamicLink | None
		participant_type: DF.Link | None
		phone: DF.Data | None
		side: DF.Literal["", "Theirs", "Ours"]
	# end: auto-generated types
