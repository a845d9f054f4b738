from frappe.model.document import Document


class CaptureDomain(Document):
	"""The partner to whom all mail of a domain belongs."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		domain: DF.Data
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		party: DF.DynamicLink
		party_type: DF.Link
	# end: auto-generated types
