"""Register of the demo's records: each carries a tag, which Frappe keeps when the record is renamed.

Only tags from the time of `create` count, so records that users tag later aren't removed. Users keep a demo record by
removing its tag.
"""

import frappe
from frappe.desk.doctype.tag.tag import DocTags

TAG = "CRM Interactions Demo"
DESCRIPTION = (
	"Demo data. Remove all of it with: bench --site SITE execute crm_interactions.demo.remove. "
	"To keep a record, remove the tag from it."
)


def is_there() -> bool:
	return bool(frappe.db.exists("Tag", TAG))


def add(doctype: str, name: str) -> None:
	DocTags(doctype).add(name, TAG)


def close() -> None:
	"""End the registration by saving the tag, ignoring permissions: tags newer than its `modified` don't count."""
	tag = frappe.get_doc("Tag", TAG)
	tag.description = DESCRIPTION
	tag.save(ignore_permissions=True)  # acts for the site; ordinary users have no permission on tags


def names(doctype: str) -> list[str]:
	"""Return a type's existing records that were tagged before `close`, in the order of tagging; [] without the tag."""
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
	"""Remove the tag from all records, also from those that users tagged, and delete it, ignoring permissions."""
	for doctype in doctypes():
		for name in frappe.get_all("Tag Link", {"tag": TAG, "document_type": doctype}, pluck="document_name"):
			forget(doctype, name)
	# as above: for the site
	frappe.delete_doc("Tag", TAG, force=True, ignore_permissions=True, delete_permanently=True)
