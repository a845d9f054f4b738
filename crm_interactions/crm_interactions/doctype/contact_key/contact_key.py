import frappe
from frappe.model.document import Document


class ContactKey(Document):
	"""A number or an address of a contact or partner. Only `parties.key_index` writes these rows.

	The record is plain text: a link would block its deletion.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		record: DF.Data
		record_type: DF.Data
		value: DF.Data
		written: DF.Data | None
	# end: auto-generated types


def on_doctype_update():
	# covering: a look-up reads no rows
	frappe.db.add_index("Contact Key", ["value", "record_type", "record"], "crm_contact_key_value")
	frappe.db.add_index("Contact Key", ["record", "record_type"], "crm_contact_key_record")
