from crm_interactions.controllers.activity import Activity


class ProductRecord(Activity):
	"""A partner's product: an interest, a product in use, a competitor's product or a complaint."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		chain: DF.Link | None
		audience: DF.Data | None
		contact: DF.Link | None
		currency: DF.Link | None
		has_attachment: DF.Check
		kind: DF.Literal["Interest", "In Use", "Competitor's", "Complaint"]
		notes: DF.TextEditor | None
		party: DF.DynamicLink
		party_name: DF.Data | None
		party_type: DF.Link
		product: DF.Data
		quantity: DF.Float
		responsible: DF.Link
		starts_on: DF.Datetime
		subject: DF.DynamicLink | None
		subject_type: DF.Link | None
	# end: auto-generated types
