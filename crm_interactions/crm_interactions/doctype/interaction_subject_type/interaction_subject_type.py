from frappe.model.document import Document


class InteractionSubjectType(Document):
	"""A document type of subjects of chains, in the settings (R20)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		subject_type: DF.Link
	# end: auto-generated types
