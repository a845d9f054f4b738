from frappe.contacts.address_and_contact import delete_contact_and_address, load_address_and_contact

from crm_interactions.controllers.document import PlainDocument


class Partner(PlainDocument):
	"""A business partner, for sites that have neither ERPNext nor Frappe CRM."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		disabled: DF.Check
		email: DF.Data | None
		kind: DF.Literal["Company", "Individual"]
		notes: DF.TextEditor | None
		partner_name: DF.Data
		phone: DF.Data | None
		responsible: DF.Link | None
		website: DF.Data | None
	# end: auto-generated types

	def onload(self):
		load_address_and_contact(self)

	def on_trash(self):
		delete_contact_and_address(self.doctype, self.name)
