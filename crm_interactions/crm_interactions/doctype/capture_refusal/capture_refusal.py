import frappe
from frappe.model.document import Document


class CaptureRefusal(Document):
	"""A document that was not captured, with the reason. Only `capture.refused` writes these rows.

	The document is plain text: a link would block its deletion."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		reason: DF.Data | None
		source: DF.Data | None
		source_type: DF.Data | None
	# end: auto-generated types


def on_doctype_update():
	frappe.db.add_index("Capture Refusal", ["source", "source_type"], "crm_capture_refusal_source")
