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
	"""Evict Frappe's cached types of dynamic links, also after the commit, if a query wrote a type that they lack.

	`values` are the fields written to `doctype`; only those of `TYPE_FIELDS` with a value count.
	"""
	for fieldname in TYPE_FIELDS:
		if values.get(fieldname):
			announce_type(doctype, fieldname, values[fieldname])


def announce_type(doctype: str, fieldname: str, linked: str) -> None:
	"""Evict the cached types of a field of `doctype`, also after the commit, if they lack the new value `linked`."""
	invalidate_distinct_link_doctypes(doctype, fieldname, linked)
