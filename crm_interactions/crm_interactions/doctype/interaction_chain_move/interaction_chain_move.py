from frappe.model.document import Document


class InteractionChainMove(Document):
	"""A journal row that was moved by an entry of the chain log."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from_chain: DF.Link | None
		link: DF.Link | None
		log: DF.Link | None
		previous_before: DF.Link | None
		previous_changed: DF.Check
		to_chain: DF.Link | None
	# end: auto-generated types
