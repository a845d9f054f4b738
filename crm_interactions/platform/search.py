"""Searches that respect row-level permissions.

Upstream (Frappe 15 and 16): the global search checks rights on document types only; the link search takes *ignore user
permissions* for *ignore permissions*, and calls the method that is its query past `override_whitelisted_methods`. May go
once they check each row, as the list does.
"""

from typing import Any

import frappe
from frappe.utils import cint, global_search

from crm_interactions.controllers import validation
from crm_interactions.journal import app_sources

OURS = {*app_sources.DOCTYPES, "Interaction Chain", "Partner"}
PAGE = 100
# documents of the platform that quote the title of an activity, or say who has it
TRACES = {
	*("ToDo", "Event", "Communication", "Comment", "Notification Log", "Version", "DocShare"),
	*("Activity Log", "Deleted Document", "Document Follow", "Email Queue", "View Log"),
}
# of what is found, so many pages are looked through for what may be read
MOST_PAGES = 20


def search_visible(text: str, start: int, limit: int, doctype: str) -> list[dict[str, Any]]:
	"""Return what the platform finds and the session's user may read.

	Args:
		text: what is searched for.
		start: how many of these to leave out.
		limit: how many to return at most.
		doctype: one document type; empty for all that are searched.
	"""
	if frappe.db.db_type == "sqlite":
		return []  # the platform has no index for it there, and its own search ends in an error
	found: list[dict[str, Any]] = []
	for page in range(MOST_PAGES):
		some = global_search.search(text, page * PAGE, PAGE, doctype)
		found.extend(_readable(some))
		if not some or len(found) >= start + limit:
			break
	return found[start : start + limit]


def _readable(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
	asked: dict[str, list[str]] = {}
	for one in results:
		if one["doctype"] in OURS:
			asked.setdefault(one["doctype"], []).append(one["name"])
	seen = {
		(doctype, name)
		for doctype, names in asked.items()
		for name in frappe.get_list(doctype, {"name": ("in", names)}, pluck="name", limit=len(names))
	}
	return [one for one in results if one["doctype"] not in OURS or (one["doctype"], one["name"]) in seen]


def may_ignore(doctype: str, ignore_user_permissions: bool | int) -> bool:
	"""Return whether a link search may go past the permissions on a document type, as its caller asks."""
	return bool(cint(ignore_user_permissions)) and not (doctype in TRACES or _has_our_conditions(doctype))


def resolve_query(query: str | None) -> str | None:
	"""Return the method that stands in for a query, as it does where it is called by itself.

	Raises: ValidationError if the query is not a whitelisted method.
	"""
	if not query:
		return None
	method = frappe.override_whitelisted_method(query)
	try:
		frappe.is_whitelisted(frappe.get_attr(method))
	except (frappe.PermissionError, frappe.ValidationError, ImportError, AttributeError, ValueError):
		validation.refuse("query")
	return method


def _has_our_conditions(doctype: str) -> bool:
	paths = frappe.get_hooks("permission_query_conditions", {}).get(doctype, [])
	return any(path.startswith("crm_interactions.") for path in paths)
