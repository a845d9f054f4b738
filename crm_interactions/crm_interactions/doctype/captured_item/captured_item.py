from crm_interactions.controllers.document import PlainDocument


class CapturedItem(PlainDocument):
	"""A mail, a call or a text message whose partner is unknown. Only `capture` writes it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		contact: DF.Link | None
		content: DF.LongText | None
		direction: DF.Literal["Incoming", "Outgoing"]
		interaction: DF.Link | None
		medium: DF.Literal["Phone Call", "E-mail", "SMS"]
		notes: DF.TextEditor | None
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		received_on: DF.Datetime | None
		responsible: DF.Link | None
		source: DF.DynamicLink | None
		source_key: DF.Data | None
		source_type: DF.Link | None
		status: DF.Literal["To Assign", "Assigned", "Ignored"]
		title: DF.Data | None
	# end: auto-generated types
