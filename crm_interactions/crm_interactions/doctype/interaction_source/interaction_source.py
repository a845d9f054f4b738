from frappe.model.document import Document


class InteractionSource(Document):
	"""A document type that an administrator registers as a type of activity."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cancelled_values: DF.SmallText | None
		date_field: DF.Data | None
		direction: DF.Literal["", "Incoming", "Outgoing"]
		disabled: DF.Check
		document_type: DF.Link
		origin_fields: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		party_field: DF.Data | None
		party_type_field: DF.Data | None
		planned_values: DF.SmallText | None
		responsible_field: DF.Data | None
		status_field: DF.Data | None
		title_field: DF.Data | None
	# end: auto-generated types
