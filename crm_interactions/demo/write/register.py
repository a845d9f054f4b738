"""Remembers what the demo made: each record carries a tag of the platform, which follows when it is renamed.

Only tags set while `create` ran count. Who tags a record of his own later doesn't lose it, and a record whose tag
somebody takes away is his from then on.
"""

from __future__ import annotations

import frappe
from frappe.desk.doctype.tag.tag import DocTags

TAG = "CRM Interactions Demo"
DESCRIPTION = (
	"Demo data. Remove all of it with: bench --site SITE execute crm_interactions.demo.remove. "
	"Take the tag off a record to keep it."
)


def is_there() -> bool:
	return bool(frappe.db.exists("Tag", TAG))


def add(doctype: str, name: str) -> None:
	DocTags(doctype).add(name, TAG)


def close() -> None:
	"""End of `create`: what is tagged from now on isn't the demo's."""
	tag = frappe.get_doc("Tag", TAG)
	tag.description = DESCRIPTION
	tag.save(ignore_permissions=True)  # acts for the site; plain users have no right on tags


def names(doctype: str) -> list[str]:
	"""Return the records of a document type that the demo made and that are still there, in order of making."""
	until = frappe.db.get_value("Tag", TAG, "modified")
	if not until:
		return []
	tagged = frappe.get_all(
		"Tag Link",
		{"tag": TAG, "document_type": doctype, "creation": ("<=", until)},
		pluck="document_name",
		order_by="creation asc, name asc",
	)
	present = set(frappe.get_all(doctype, {"name": ("in", tagged or [""])}, pluck="name"))
	return [name for name in dict.fromkeys(tagged) if name in present]


def doctypes() -> set[str]:
	return set(frappe.get_all("Tag Link", {"tag": TAG}, pluck="document_type", distinct=True))


def forget(doctype: str, name: str) -> None:
	DocTags(doctype).remove(name, TAG)


def remove_tag() -> None:
	"""Take the tag off whatever still carries it and delete it."""
	for doctype in doctypes():
		for name in frappe.get_all("Tag Link", {"tag": TAG, "document_type": doctype}, pluck="document_name"):
			forget(doctype, name)
	# as above: for the site
	frappe.delete_doc("Tag", TAG, force=True, ignore_permissions=True, delete_permanently=True)
