"""The platform remembers which document types a dynamic link holds, and renames and checks only those.

Its own saves keep that up to date; what is written by a query has to be told.
"""

from frappe.model.dynamic_links import invalidate_distinct_link_doctypes

# fields of ours that hold the document type of a dynamic link
TYPE_FIELDS = (
	"activity_type",
	"party_type",
	"subject_type",
	"target_type",
	"subject_type_before",
	"subject_type_after",
	"next_activity_type",
	"planned_by_type",
)


def announce_types(doctype: str, values: dict) -> None:
	"""Tell of the document types that were written.

	Args:
		doctype: the document type that was written to.
		values: its fields; others than those above are left alone.
	"""
	for fieldname in TYPE_FIELDS:
		if values.get(fieldname):
			announce_type(doctype, fieldname, values[fieldname])


def announce_type(doctype: str, fieldname: str, linked: str) -> None:
	"""Tell that a field of any document type holds this document type now."""
	invalidate_distinct_link_doctypes(doctype, fieldname, linked)
