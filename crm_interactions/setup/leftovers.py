"""What other tables hold about the app, removed at uninstall; the platform itself drops only the app's own tables.

The history of records that stay (their versions, comments and mails) is theirs and is not rewritten.
"""

import json

import frappe

from crm_interactions.setup import references
from crm_interactions.setup.custom_fields import MODULE

APP = "crm_interactions"
ROLES = ("Interaction User", "Interaction Manager", "Interaction Administrator")
# each counter is named after its year: INT-2026-
SERIES = ("INT-____-", "MTG-____-", "PRD-____-", "CH-____-", "HO-____-")
# what the app brings as records of the platform's document types
BROUGHT = ("Workspace", "Number Card", "Dashboard Chart", "Report", "Page", "Print Format", "Notification")
# Frappe 16 has both, without a link to the module by which the platform would find them
DESK = ("Desktop Icon", "Workspace Sidebar")
# their link_to is a dynamic link whose document type stands in a Select, which `references` doesn't follow
LINKED_IN_TEXT = ("Workspace Link", "Workspace Shortcut", "Workspace Sidebar Item", "Desktop Icon")
SEARCH_QUEUE = "global_search_queue"


def remove_references() -> None:
	"""Remove what points to the app's records, while the platform can still say what does."""
	doctypes = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	_remove_desk()
	for brought in BROUGHT:
		names = frappe.get_all(brought, {"module": MODULE}, pluck="name")
		references.remove_to(brought, names, leaving=doctypes)
	references.remove_to("Role", list(ROLES), leaving=doctypes)
	references.remove_to_doctypes(doctypes)
	_remove_custom_links(doctypes)
	_remove_by_name(doctypes)
	# the platform puts what it deletes itself into its store of deleted documents
	frappe.flags.crm_interactions_leaving = _going(doctypes)


def remove_traces() -> None:
	"""Remove roles, numbers and the notes that the platform kept while it uninstalled the app."""
	for role in ROLES:
		if frappe.db.exists("Role", role):
			# uninstall acts for the site, not for a user
			frappe.delete_doc("Role", role, force=True, ignore_permissions=True, delete_permanently=True)
	for pattern in SERIES:
		frappe.db.delete("Series", {"name": ("like", pattern)})
	frappe.db.delete("Patch Log", {"patch": ("like", f"%{APP}.%")})
	for doctype, names in (frappe.flags.crm_interactions_leaving or {}).items():
		frappe.db.delete("Deleted Document", {"deleted_doctype": doctype, "deleted_name": ("in", names)})
	frappe.clear_cache()
	frappe.db.commit()  # the platform has committed the uninstall already; this is its last part


def _going(doctypes: list[str]) -> dict[str, list[str]]:
	"""Return the names, by document type, of what the platform is going to delete."""
	going = {"DocType": doctypes, "Module Def": [MODULE], "Role": list(ROLES)}
	for single in frappe.get_all("DocType", {"module": MODULE, "issingle": 1}, pluck="name"):
		going[single] = [single]
	for link in references.list_link_fields("Module Def"):
		if not link.is_single and not link.is_table:
			names = frappe.get_all(link.doctype, {link.fieldname: MODULE}, pluck="name")
			going[link.doctype] = [*going.get(link.doctype, []), *names]
	return {doctype: names for doctype, names in going.items() if names}


def _remove_desk() -> None:
	"""Not with the platform's delete: in developer mode that takes the file out of the app's source."""
	for doctype in DESK:
		if not (frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, "app")):
			continue
		names = frappe.get_all(doctype, {"app": APP}, pluck="name") or [""]
		for df in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(df.options, {"parenttype": doctype, "parent": ("in", names)})
		frappe.db.delete(doctype, {"name": ("in", names)})


def _remove_custom_links(doctypes: list[str]) -> None:
	"""Fields that somebody added to other document types and that would point nowhere."""
	filters = {"options": ("in", doctypes), "fieldtype": ("in", ("Link", "Table", "Table MultiSelect"))}
	fields = frappe.get_all("Custom Field", filters, pluck="name")
	for field in fields:
		# as above: for the site
		frappe.delete_doc("Custom Field", field, force=True, ignore_permissions=True, delete_permanently=True)
	references.remove_to("Custom Field", fields)


def _remove_by_name(doctypes: list[str]) -> None:
	"""Rows that name a document type or the app in plain text."""
	frappe.db.delete("Deleted Document", {"deleted_doctype": ("in", doctypes)})
	frappe.db.delete("Custom DocPerm", {"parent": ("in", doctypes)})
	frappe.db.delete("List View Settings", {"name": ("in", doctypes)})
	for table in ("__UserSettings", "__global_search"):
		frappe.db.delete(table, {"doctype": ("in", doctypes)})
	_forget_cached(doctypes)
	for table in LINKED_IN_TEXT:
		if frappe.db.table_exists(table) and frappe.db.has_column(table, "link_to"):
			frappe.db.delete(table, {"link_to": ("in", doctypes)})
	for doctype in doctypes:
		for route in (f"%/{doctype}", f"%/{doctype}/%"):
			frappe.db.delete("Route History", {"route": ("like", route)})
	frappe.db.delete("Scheduled Job Type", {"method": ("like", f"{APP}.%")})
	frappe.db.delete("Block Module", {"module": MODULE})
	if frappe.db.has_column("User", "default_app"):
		frappe.db.set_value("User", {"default_app": APP}, "default_app", None, update_modified=False)
	frappe.db.delete("Singles", {"field": "default_app", "value": APP})


def _forget_cached(doctypes: list[str]) -> None:
	"""The platform's jobs would write these from its cache into the tables again."""
	for key in frappe.cache.hkeys("_user_settings"):
		if frappe.safe_decode(key).partition("::")[0] in doctypes:
			frappe.cache.hdel("_user_settings", frappe.safe_decode(key))
	waiting = []
	while item := frappe.cache.rpop(SEARCH_QUEUE):
		waiting.append(item)
	for item in waiting:
		if json.loads(item)["doctype"] not in doctypes:
			frappe.cache.lpush(SEARCH_QUEUE, item)
