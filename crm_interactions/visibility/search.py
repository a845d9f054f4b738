"""The platform's global search asks for rights on document types only; of ours, what comes out is what may be read."""

from typing import Any

import frappe
from frappe.utils import global_search

from crm_interactions.journal import own

OURS = {*own.DOCTYPES, "Interaction Chain", "Partner"}
PAGE = 100
# of what is found, so many pages are looked through for what may be read
MOST_PAGES = 20


def visible(text: str, start: int, limit: int, doctype: str) -> list[dict[str, Any]]:
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
