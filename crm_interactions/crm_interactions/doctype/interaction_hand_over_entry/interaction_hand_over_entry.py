from frappe.model.document import Document


class InteractionHandOverEntry(Document):
	"""A document of a hand-over and its previous value. Only `handover.transfer_log` writes these records."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		document: DF.DynamicLink
		document_type: DF.Link
		field: DF.Data | None
		hand_over: DF.Link
		new_value: DF.Data | None
		old_value: DF.Data | None
		reason: DF.SmallText | None
		result: DF.Literal["Handed Over", "Left", "Given Back", "Kept", "History Shown", "History Hidden"]
	# end: auto-generated types
