from frappe.model.document import Document


class CaptureAccount(Document):
	"""Which mail of an Email Account is captured."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		capture: DF.Literal["Nothing", "Answers Only", "Known Contacts"]
		email_account: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
