"""Registration of the document types that dynamic links refer to.

Frappe caches these types, and renames and checks links only for them. Its saves update the cache; queries don't.
"""

from frappe.model.dynamic_links import invalidate_distinct_link_doctypes

# the app's fields that hold the document type of a dynamic link
TYPE_FIELDS = (
	*("activity_type", "party_type", "subject_type", "target_type", "next_activity_type", "planned_by_type"),
	*("subject_type_before", "subject_type_after"),
)


def announce_types(doctype: str, values: dict) -> None:
	"""Update Frappe's cache after a query wrote document types to dynamic links.

	Args:
		doctype: the document type that was written to.
		values: the written fields; only those of `TYPE_FIELDS` count.
	"""
	for fieldname in TYPE_FIELDS:
		if values.get(fieldname):
			announce_type(doctype, fieldname, values[fieldname])


def announce_type(doctype: str, fieldname: str, linked: str) -> None:
	"""Update Frappe's cache after a query wrote the type `linked` to one field of `doctype`."""
	invalidate_distinct_link_doctypes(doctype, fieldname, linked)
