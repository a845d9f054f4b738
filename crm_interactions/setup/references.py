"""What other tables hold about records that go away: found through the platform's own description of its links.

Nothing here knows other apps' tables by name. A link field says what it points to, a dynamic link says in which
field its document type stands, and that is enough to find every row, also in custom fields and in apps that come
later.
"""

from typing import NamedTuple

import frappe
from frappe.query_builder import Criterion

# the platform's records that merely mention another one: they stay, without the mention
KEPT = ("Communication", "Event", "Contact", "Address")
# what others are built on or log about; comments, versions and the like aren't worth the search
FOLLOWED = ("Report", "Number Card", "Dashboard Chart", "Print Format", "Kanban Board", "User Permission")


class LinkField(NamedTuple):
	doctype: str
	fieldname: str
	goes_with_target: bool  # the row means nothing without what it points to
	is_table: bool
	is_single: bool


def remove_to_doctypes(doctypes: list[str]) -> None:
	"""Remove what points to these document types or to any record of theirs, which go away with them."""
	# first, since the platform comments on each record that a file was taken from
	_delete_files({"attached_to_doctype": ("in", doctypes)})
	remove_to("DocType", doctypes, leaving=doctypes)
	for link in list_link_fields("DocType"):
		_forget_deleted(link, doctypes)


def remove_to(target: str, names: list[str], leaving: list[str] | None = None) -> None:
	"""Remove what points to these records through a link or a dynamic link.

	Args:
		target: a document type.
		names: the records of it that go away.
		leaving: document types whose own tables go away with them, left alone.
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
	"""Return every stored link field to this document type, standard and custom."""
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
	"""Return the platform's own document types whose rows are about other records: comments, shares, files …

	Documents of other apps, and those in KEPT, are more than that.
	"""
	modules = frappe.get_all("Module Def", {"app_name": "frappe"}, pluck="name")
	return {*frappe.get_all("DocType", {"module": ("in", modules)}, pluck="name")} - {*KEPT}


def _has_column(doctype, fieldname: str) -> bool:
	return bool(doctype.issingle) or frappe.db.has_column(doctype.name, fieldname)


def _dynamic_fields(link: LinkField) -> list[str]:
	"""Return the dynamic links whose document type stands in this field."""
	wanted = {"parent": link.doctype, "fieldtype": "Dynamic Link", "options": link.fieldname}
	return frappe.get_all("DocField", wanted, pluck="fieldname")


def _remove(link: LinkField, where: dict) -> None:
	"""Remove the rows, or only the mention where the rest of the row means something without it."""
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
	"""Delete rows with their child rows and, for definitions, with what points to them in turn."""
	names = frappe.get_all(doctype, where, pluck="name", order_by=None)
	children = {df.options for df in frappe.get_meta(doctype).get_table_fields()}
	for some in frappe.utils.create_batch(names, 1000):
		for child in children:
			frappe.db.delete(child, {"parenttype": doctype, "parent": ("in", some)})
		frappe.db.delete(doctype, {"name": ("in", some)})
		frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", some)})
		if doctype in FOLLOWED:
			remove_to(doctype, some)


def _delete_files(where: dict) -> None:
	"""One by one: the platform also takes the file off the disk, unless another record has the same."""
	for name in frappe.get_all("File", where, pluck="name"):
		# whoever uninstalls need not be able to read what was attached
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def _forget_deleted(link: LinkField, doctypes: list[str]) -> None:
	"""Take such rows out of the platform's store of deleted documents too."""
	if link.doctype in KEPT or not frappe.db.exists("Deleted Document", {"deleted_doctype": link.doctype}):
		return
	table = frappe.qb.DocType("Deleted Document")
	mentions = Criterion.any(table.data.like(f'%"{link.fieldname}": "{doctype}"%') for doctype in doctypes)
	frappe.qb.from_(table).delete().where((table.deleted_doctype == link.doctype) & mentions).run()
