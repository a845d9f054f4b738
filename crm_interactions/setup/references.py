"""Removal of references to deleted records from other tables, found through Frappe's metadata of link fields.

Tables of other apps aren't listed here. A link field names its target, and a dynamic link names the field with its
document type, which is enough to find every row, including those of custom fields and of future apps.
"""

from typing import NamedTuple

import frappe
from frappe.query_builder import Criterion

# records of Frappe with content of their own: only their reference is cleared
KEPT = ("Communication", "Event", "Contact", "Address")
# types whose own references are removed too; records such as comments are rarely referenced
FOLLOWED = ("Report", "Number Card", "Dashboard Chart", "Print Format", "Kanban Board", "User Permission")


class LinkField(NamedTuple):
	doctype: str
	fieldname: str
	goes_with_target: bool  # the row is deleted with its target
	is_table: bool
	is_single: bool


def remove_to_doctypes(doctypes: list[str]) -> None:
	"""Remove references to document types being deleted and to their records; delete their files, also on disk.

	Stored deleted documents that refer to them go, too. References are removed by query, without events.
	"""
	# first, because Frappe adds a comment to the record when its file is deleted
	_delete_files({"attached_to_doctype": ("in", doctypes)})
	remove_to("DocType", doctypes, leaving=doctypes)
	for link in list_link_fields("DocType"):
		_forget_deleted(link, doctypes)


def remove_to(target: str, names: list[str], leaving: list[str] | None = None) -> None:
	"""Remove references to records through links and dynamic links, by query, without events.

	Child rows, and records that require the reference or describe other records, are deleted; others only lose the
	reference and keep `modified`. Document types in `leaving` are skipped, because their tables are dropped.
	"""
	if not names:
		return
	for link in list_link_fields(target):
		if link.doctype not in (leaving or ()):
			_remove(link, {link.fieldname: ("in", names)})
	for link in list_link_fields("DocType"):
		if link.doctype in (leaving or ()) or link.is_single:
			continue
		for fieldname in _dynamic_fields(link):
			_remove(link, {link.fieldname: target, fieldname: ("in", names)})


def list_link_fields(target: str) -> list[LinkField]:
	"""Return every stored link field with this target, standard and custom; dynamic links aren't included."""
	stored = {
		row.name: row
		for row in frappe.get_all("DocType", {"is_virtual": 0}, ["name", "istable", "issingle"])
		if row.issingle or frappe.db.table_exists(row.name)
	}
	about_records = _about_records() if target == "DocType" else set()
	wanted = {"fieldtype": "Link", "options": target}
	fields = frappe.get_all("DocField", wanted, ["parent as doctype", "fieldname", "reqd"])
	fields += frappe.get_all("Custom Field", wanted, ["dt as doctype", "fieldname", "reqd"])
	return [
		LinkField(
			row.doctype,
			row.fieldname,
			bool(row.reqd) or row.doctype in about_records,
			bool(doctype.istable),
			bool(doctype.issingle),
		)
		for row in fields
		if (doctype := stored.get(row.doctype)) and _has_column(doctype, row.fieldname)
	]


def _about_records() -> set[str]:
	"""Return Frappe's document types except `KEPT`: their rows, such as comments and shares, describe other records."""
	modules = frappe.get_all("Module Def", {"app_name": "frappe"}, pluck="name")
	return {*frappe.get_all("DocType", {"module": ("in", modules)}, pluck="name")} - {*KEPT}


def _has_column(doctype, fieldname: str) -> bool:
	return bool(doctype.issingle) or frappe.db.has_column(doctype.name, fieldname)


def _dynamic_fields(link: LinkField) -> list[str]:
	"""Return the dynamic links that take their document type from this field."""
	wanted = {"parent": link.doctype, "fieldtype": "Dynamic Link", "options": link.fieldname}
	return frappe.get_all("DocField", wanted, pluck="fieldname")


def _remove(link: LinkField, where: dict) -> None:
	"""Delete the matching rows, or only clear their reference if the row has content of its own."""
	if link.is_single:
		frappe.db.delete(
			"Singles", {"doctype": link.doctype, "field": link.fieldname, "value": where[link.fieldname]}
		)
		frappe.clear_document_cache(link.doctype, link.doctype)
	elif link.is_table:
		frappe.db.delete(link.doctype, where)
	elif link.goes_with_target:
		_delete(link.doctype, where)
	else:
		fields = {*where, *_dynamic_fields(link)}
		frappe.db.set_value(link.doctype, where, dict.fromkeys(fields), update_modified=False)


def _delete(doctype: str, where: dict) -> None:
	"""Delete rows with their child rows and, for `FOLLOWED` document types, the references to them."""
	names = frappe.get_all(doctype, where, pluck="name", order_by=None)
	children = {df.options for df in frappe.get_meta(doctype).get_table_fields()}
	for batch in frappe.utils.create_batch(names, 1000):
		for child in children:
			frappe.db.delete(child, {"parenttype": doctype, "parent": ("in", batch)})
		frappe.db.delete(doctype, {"name": ("in", batch)})
		frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", batch)})
		if doctype in FOLLOWED:
			remove_to(doctype, batch)


def _delete_files(where: dict) -> None:
	"""Delete File records one by one, so that Frappe also deletes files on disk that no other record uses."""
	for name in frappe.get_all("File", where, pluck="name"):
		# uninstall acts for the site, not for a user
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def _forget_deleted(link: LinkField, doctypes: list[str]) -> None:
	"""Delete stored deleted documents that refer to these document types."""
	if link.doctype in KEPT or not frappe.db.exists("Deleted Document", {"deleted_doctype": link.doctype}):
		return
	table = frappe.qb.DocType("Deleted Document")
	mentions = Criterion.any(table.data.like(f'%"{link.fieldname}": "{doctype}"%') for doctype in doctypes)
	frappe.qb.from_(table).delete().where((table.deleted_doctype == link.doctype) & mentions).run()
