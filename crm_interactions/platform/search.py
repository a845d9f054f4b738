"""Searches that respect row-level permissions.

Upstream (Frappe 15 and 16): the global search checks rights on document types only; the link search takes *ignore user
permissions* for *ignore permissions*, and calls its query method past `override_whitelisted_methods`. May go once they
check each row, as the list does.
"""

from typing import Any

import frappe
from frappe.utils import cint, global_search

from crm_interactions.controllers import validation
from crm_interactions.journal import app_sources

OWN = {*app_sources.DOCTYPES, "Interaction Chain", "Partner"}
PAGE = 100
# Frappe's documents that quote the title of an activity, or reveal who has it
TRACES = {
	*("ToDo", "Event", "Communication", "Comment", "Notification Log", "Version", "DocShare"),
	*("Activity Log", "Deleted Document", "Document Follow", "Email Queue", "View Log"),
}
# most pages of results that are searched for readable ones
MOST_PAGES = 20


def search_visible(text: str, start: int, limit: int, doctype: str) -> list[dict[str, Any]]:
	"""Return results of Frappe's global search without unreadable documents of the app; none on SQLite.

	At most `limit` results after the first `start` come from `MOST_PAGES` pages; an empty `doctype` stands for all.
	"""
	if frappe.db.db_type == "sqlite":
		return []  # Frappe has no search index there, and its own search raises an error
	found: list[dict[str, Any]] = []
	for page in range(MOST_PAGES):
		results = global_search.search(text, page * PAGE, PAGE, doctype)
		found.extend(_readable(results))
		if not results or len(found) >= start + limit:
			break
	return found[start : start + limit]


def _readable(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
	names_by_type: dict[str, list[str]] = {}
	for row in results:
		if row["doctype"] in OWN:
			names_by_type.setdefault(row["doctype"], []).append(row["name"])
	seen = {
		(doctype, name)
		for doctype, names in names_by_type.items()
		for name in frappe.get_list(doctype, {"name": ("in", names)}, pluck="name", limit=len(names))
	}
	return [row for row in results if row["doctype"] not in OWN or (row["doctype"], row["name"]) in seen]


def may_ignore(doctype: str, ignore_user_permissions: bool | int) -> bool:
	"""Return whether a link search ignores permissions: if asked to, but not for `TRACES` and types that we protect."""
	return bool(cint(ignore_user_permissions)) and not (doctype in TRACES or _has_our_conditions(doctype))


def resolve_query(query: str | None) -> str | None:
	"""Return the method to run for a query, after overrides of whitelisted methods; None for none.

	Raises: ValidationError if it isn't found, or isn't whitelisted for the session's user.
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
