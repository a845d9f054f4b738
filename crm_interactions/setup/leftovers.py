"""What other tables hold about our records, removed at uninstall; the platform itself drops only our own tables."""

import frappe

from crm_interactions.setup.custom_fields import MODULE

ROLES = ("Interaction User", "Interaction Manager", "Interaction Administrator")
SERIES = ("INT-", "MTG-", "PRD-")
# records of their own that merely mention one of ours: they stay, without the mention
KEPT = ("Communication", "Event", "Contact", "Address")


def remove_references() -> None:
	"""Delete or detach every row that points to one of our document types through a link to *DocType*."""
	ours = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	for doctype, fieldname in _fields_that_name_a_doctype():
		if doctype in ours:
			continue
		if doctype == "File":
			_delete_files(ours)
		elif doctype in KEPT:
			_detach(doctype, fieldname, ours)
		else:
			frappe.db.delete(doctype, {fieldname: ("in", ours)})
	frappe.db.delete("Deleted Document", {"deleted_doctype": ("in", ours)})
	frappe.db.delete("DefaultValue", {"parent": ("in", ours)})
	for table in ("__UserSettings", "__global_search"):
		frappe.db.delete(table, {"doctype": ("in", ours)})


def remove_traces() -> None:
	"""Delete roles, numbers and the notes that the platform kept about the app."""
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Custom DocPerm", {"role": role})
		if frappe.db.exists("Role", role):
			frappe.delete_doc("Role", role, force=True, ignore_permissions=True)
	for prefix in SERIES:
		frappe.db.delete("Series", {"name": ("like", f"{prefix}%")})
	frappe.db.delete("Patch Log", {"patch": ("like", "%crm_interactions.%")})
	frappe.db.delete("Deleted Document", {"deleted_name": ("in", ROLES)})
	frappe.db.commit()  # the platform has committed the uninstall already; this is its last part


def _fields_that_name_a_doctype() -> list[tuple[str, str]]:
	"""Return (DocType, field) of every stored link to *DocType*, standard and custom."""
	rows = frappe.get_all(
		"DocField", {"fieldtype": "Link", "options": "DocType"}, ["parent as doctype", "fieldname"]
	)
	rows += frappe.get_all(
		"Custom Field", {"fieldtype": "Link", "options": "DocType"}, ["dt as doctype", "fieldname"]
	)
	stored = {
		d.name
		for d in frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, ["name"])
		if frappe.db.table_exists(d.name)
	}
	return [(row.doctype, row.fieldname) for row in rows if row.doctype in stored]


def _detach(doctype: str, fieldname: str, ours: list[str]) -> None:
	meta = frappe.get_meta(doctype)
	values = {fieldname: None}
	for df in meta.get("fields", {"fieldtype": "Dynamic Link", "options": fieldname}):
		values[df.fieldname] = None
	frappe.db.set_value(doctype, {fieldname: ("in", ours)}, values, update_modified=False)


def _delete_files(ours: list[str]) -> None:
	for name in frappe.get_all("File", {"attached_to_doctype": ("in", ours)}, pluck="name"):
		frappe.delete_doc("File", name, force=True, ignore_permissions=True)
