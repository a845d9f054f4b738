"""Removal of the app's data from other tables at uninstall; Frappe drops only the app's own tables.

The history of other records (their versions, comments and e-mails) is not rewritten.
"""

import json

import frappe

from crm_interactions.setup import global_search, references
from crm_interactions.setup.custom_fields import MODULE
from crm_interactions.supervision.rights import ROLES

APP = "crm_interactions"
# counters contain the year, such as INT-2026-
SERIES = ("INT-____-", "MTG-____-", "PRD-____-", "CH-____-", "HO-____-")
# document types of Frappe of which the app ships records
BROUGHT = (
	*("Workspace", "Number Card", "Dashboard Chart", "Report", "Page", "Print Format", "Notification"),
	"Form Tour",
)
# without a link to the module, either, but steps of the app's onboarding
STEPS, ONBOARDING = "Onboarding Step", "Module Onboarding"
# document types of Frappe 16 without a link to the module, so Frappe doesn't find the app's records
DESK = ("Desktop Icon", "Workspace Sidebar")
# their dynamic link `link_to` takes its document type from a Select, which `references` doesn't follow
LINKED_IN_TEXT = ("Workspace Link", "Workspace Shortcut", "Workspace Sidebar Item", "Desktop Icon")
SEARCH_QUEUE = "global_search_queue"


def remove_references() -> None:
	"""Remove the app's desk records and all references to its records, while their document types still exist.

	Its records' files (also on disk), permissions, scheduled jobs and custom fields that link to its types are deleted.
	"""
	doctypes = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	_remove_desk()
	_remove_steps()
	for brought in BROUGHT:
		names = frappe.get_all(brought, {"module": MODULE}, pluck="name")
		references.remove_to(brought, names, leaving=doctypes)
	references.remove_to("Role", list(ROLES), leaving=doctypes)
	references.remove_to_doctypes(doctypes)
	_remove_custom_links(doctypes)
	_remove_by_name(doctypes)
	# Frappe stores the documents that it deletes; `remove_traces` uses this list to delete them there too
	frappe.flags.crm_interactions_leaving = _going(doctypes)


def remove_traces() -> None:
	"""Delete roles, number series, patch log and deleted documents that Frappe's uninstallation leaves, and commit."""
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
	frappe.db.commit()  # Frappe has already committed the uninstall; this is its last step


def _going(doctypes: list[str]) -> dict[str, list[str]]:
	"""Return the names, by document type, of the records that Frappe is going to delete."""
	going = {"DocType": doctypes, "Module Def": [MODULE], "Role": list(ROLES)}
	for single in frappe.get_all("DocType", {"module": MODULE, "issingle": 1}, pluck="name"):
		going[single] = [single]
	for link in references.list_link_fields("Module Def"):
		if not link.is_single and not link.is_table:
			names = frappe.get_all(link.doctype, {link.fieldname: MODULE}, pluck="name")
			going[link.doctype] = [*going.get(link.doctype, []), *names]
	return {doctype: names for doctype, names in going.items() if names}


def _remove_desk() -> None:
	"""Delete desk records by query: in developer mode, Frappe's delete would also delete the app's source files."""
	for doctype in DESK:
		if not (frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, "app")):
			continue
		names = frappe.get_all(doctype, {"app": APP}, pluck="name") or [""]
		for df in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(df.options, {"parenttype": doctype, "parent": ("in", names)})
		frappe.db.delete(doctype, {"name": ("in", names)})


def _remove_steps() -> None:
	"""Delete the steps of the app's onboarding and the onboarding itself, by query as `_remove_desk`."""
	names = frappe.get_all(ONBOARDING, {"module": MODULE}, pluck="name") or [""]
	rows = {"parenttype": ONBOARDING, "parent": ("in", names)}
	steps = frappe.get_all("Onboarding Step Map", rows, pluck="step") or [""]
	frappe.db.delete("Onboarding Step Map", rows)
	frappe.db.delete("Onboarding Permission", rows)
	frappe.db.delete(ONBOARDING, {"name": ("in", names)})
	frappe.db.delete(STEPS, {"name": ("in", steps)})


def _remove_custom_links(doctypes: list[str]) -> None:
	"""Delete custom fields of other document types that point to the app's document types."""
	filters = {"options": ("in", doctypes), "fieldtype": ("in", ("Link", "Table", "Table MultiSelect"))}
	fields = frappe.get_all("Custom Field", filters, pluck="name")
	for field in fields:
		# as above: for the site
		frappe.delete_doc("Custom Field", field, force=True, ignore_permissions=True, delete_permanently=True)
	references.remove_to("Custom Field", fields)


def _remove_by_name(doctypes: list[str]) -> None:
	"""Delete rows that name the app or its document types in plain text, and clear the users' default app."""
	frappe.db.delete("Deleted Document", {"deleted_doctype": ("in", doctypes)})
	frappe.db.delete("Custom DocPerm", {"parent": ("in", doctypes)})
	frappe.db.delete("List View Settings", {"name": ("in", doctypes)})
	for table in ("__UserSettings", "__global_search"):
		frappe.db.delete(table, {"doctype": ("in", doctypes)})
	_clear_cached_rows(doctypes)
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


def _clear_cached_rows(doctypes: list[str]) -> None:
	"""Delete cached user settings and search entries, which Frappe's jobs would write to the tables again, and searched types."""
	for key in frappe.cache.hkeys("_user_settings"):
		if frappe.safe_decode(key).partition("::")[0] in doctypes:
			frappe.cache.hdel("_user_settings", frappe.safe_decode(key))
	global_search.clear_cache()
	waiting = []
	while item := frappe.cache.rpop(SEARCH_QUEUE):
		waiting.append(item)
	for item in waiting:
		if json.loads(item)["doctype"] not in doctypes:
			frappe.cache.lpush(SEARCH_QUEUE, item)
