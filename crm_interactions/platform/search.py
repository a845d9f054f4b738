"""Searches that respect row-level permissions.

Upstream (Frappe 15 and 16): the global search checks rights on document types only; the link search takes *ignore user
permissions* for *ignore permissions*, and calls its query method past `override_whitelisted_methods`. May go once they
check each row, as the list does. On PostgreSQL, Frappe 15 rewrites LOCATE by an expression that a comma or a parenthesis in the
text breaks.
"""

import re
from typing import Any

import frappe
from frappe.desk.doctype.global_search_settings.global_search_settings import get_doctypes_for_global_search
from frappe.utils import cint, global_search

from crm_interactions.controllers import validation
from crm_interactions.journal import app_sources
from crm_interactions.platform import search_hits

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
	"""Return the documents that the app finds, then other readable results of Frappe's global search.

	At most `limit` results after the first `start`, of types in *Global Search Settings*; Frappe's come from `MOST_PAGES`
	pages, on SQLite from none. An empty `doctype` stands for all.
	"""
	known = search_hits.list_types()
	types = [name for name in get_doctypes_for_global_search() if name in known and doctype in ("", name)]
	own = search_hits.find(text, types, min(start + limit, MOST_PAGES * PAGE))
	found = {_key(row): row for row in own}
	for page in range(0 if frappe.db.db_type == "sqlite" else MOST_PAGES):
		if len(found) >= start + limit:
			break
		results = global_search.search(text, page * PAGE, PAGE, doctype)
		for row in _readable(results, text):
			found.setdefault(_key(row), row)
		if not results:
			break
	return list(found.values())[start : start + limit]


def _readable(results: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
	"""Return the results that the user may read, those of the app with their values as typed.

	Frappe checks document types only, and a ToDo or an Event has the title of its activity.
	"""
	names_by_type: dict[str, list[str]] = {}
	for row in results:
		names_by_type.setdefault(row["doctype"], []).append(row["name"])
	own = {
		_key(row): row
		for doctype in names_by_type.keys() & OWN
		for row in search_hits.describe(doctype, names_by_type[doctype], text)
	}
	others = {
		(doctype, name)
		for doctype, names in names_by_type.items()
		if doctype not in OWN
		for name in frappe.get_list(doctype, {"name": ("in", names)}, pluck="name", limit=len(names))
	}
	return [own.get(_key(row), row) for row in results if _key(row) in own or _key(row) in others]


def _key(row: dict[str, Any]) -> tuple[str, str]:
	return row["doctype"], row["name"]


def for_link_search(text: str) -> str:
	"""Return the text of a link search; on PostgreSQL with `_`, any character, for those at which Frappe breaks the query."""
	return re.sub("[,()]", "_", text) if frappe.db.db_type == "postgres" else text


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
