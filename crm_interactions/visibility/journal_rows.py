"""Visibility of journal rows and chains: a row follows its document, a chain needs one visible row.

The conditions are Frappe's own for each document type (roles, user permissions, owners, shares, and other apps' hooks),
so the journal can't disagree with the documents.
"""

from collections.abc import Callable, Iterable
from functools import cache

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_role_permissions
from frappe.share import get_shared, get_shared_doctypes
from pypika.terms import Criterion

from crm_interactions.journal import app_sources, registry
from crm_interactions.visibility import table_sizes
from crm_interactions.visibility.condition import Condition

ROW = "`tabActivity Link`"
ACTIVITY = f"{ROW}.`activity`"
CHAIN = "`tabInteraction Chain`"
NOBODY = "1 = 0"


def row_condition(user: str | None = None, types: Iterable[str] | None = None) -> Criterion | None:
	"""Return the condition of the journal rows that a user can see; None if the user can see all.

	Args:
		types: the only document types that can occur; defaults to all registered ones. Without any, None is returned.
	"""
	text = rows_text(user, types)
	return Condition(text) if text else None


def limit_to_visible(query, user: str | None = None, types: Iterable[str] | None = None):
	"""Return a query of journal rows, limited to those that a user can see; arguments as for `row_condition`."""
	condition = row_condition(user, types)
	return query if condition is None else query.where(condition)


def rows_text(user: str | None = None, types: Iterable[str] | None = None) -> str:
	"""Return the condition of `row_condition` as SQL without outer brackets; empty for all rows, `1 = 0` for none."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	whole, conditions = conditions_of(user, sorted(registry.sources() if types is None else types))
	if whole is None:
		return ""
	parts = [f"{_is_of(kind)} and {_meets(ACTIVITY, kind, text)}" for kind, text in conditions.items()]
	if whole:
		parts.insert(0, f"{ROW}.`activity_type` in ({quote_values(whole)})")
	return " or ".join(f"({part})" for part in parts) or NOBODY


def conditions_of(user: str, types: list[str]) -> tuple[list[str] | None, dict[str, str]]:
	"""Return the types that a user can read in full, and type → Frappe's SQL condition of the types readable in part.

	Unreadable types are in neither. The first value is None if the user can read all the types in full.
	"""
	shared = cache(lambda: {*get_shared_doctypes(user)})
	found = {doctype: _condition(doctype, user, shared) for doctype in types}
	whole = [doctype for doctype, condition in found.items() if condition == ""]
	partly = {doctype: condition for doctype, condition in found.items() if condition}
	return None if len(whole) == len(types) else whole, partly


def documents_text(doctype: str, user: str | None = None) -> str:
	"""Return the SQL condition of a type's documents that a user can read; empty for all, `1 = 0` for none."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	whole, partly = conditions_of(user, [doctype])
	return "" if whole is None else partly.get(doctype, NOBODY)


def may_read_row(row, user: str | None = None) -> bool:
	"""Return whether a user can read a row's document; if missing, True for Administrator, else DoesNotExistError."""
	user = user or frappe.session.user
	return bool(frappe.has_permission(row.activity_type, "read", doc=row.activity, user=user))


def chains_text(user: str | None = None) -> str:
	"""Return the SQL condition of the chains of `may_read_chain`, without outer brackets; empty if that is all."""
	condition = rows_text(user)
	if not condition:
		return ""
	# two subqueries, since databases scan all rows of a type for each chain if one has an `or`
	matches = (f"{ROW}.`chain` = {CHAIN}.`{field}` and ({condition})" for field in ("name", "merged_into"))
	return " or ".join(f"exists (select 1 from {ROW} where {match})" for match in matches)  # noqa: S608  all from Frappe


def may_read_chain(chain: str, merged_into: str | None, user: str | None = None) -> bool:
	"""Return whether a user can see the whole journal, or a row of a chain or of the one that it was merged into."""
	condition = row_condition(user)
	if condition is None:
		return True
	table = frappe.qb.DocType("Activity Link")
	names = [name for name in (chain, merged_into) if name]
	query = frappe.qb.from_(table).select(table.name).where(table.chain.isin(names)).where(condition)
	return bool(query.limit(1).run())


def parts_text(child: str, user: str | None = None) -> str:
	"""Return the SQL condition, joined by `or`, of a table's rows in the documents that a user can read.

	Rows in documents of unregistered types are excluded. Empty for Administrator only, `1 = 0` without a readable type.
	Frappe itself checks only one parent type of the rows.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	row = f"`tab{child}`"
	parents = [
		doctype
		for doctype in sorted(registry.sources())
		if child in {df.options for df in frappe.get_meta(doctype).get_table_fields()}
	]
	return behind_text(f"{row}.`parenttype`", f"{row}.`parent`", parents, user)


def behind_text(kind: str, name: str, doctypes: Iterable[str], user: str) -> str:
	"""Return the SQL condition, joined by `or`, that two columns name a document that a user can read.

	Args:
		kind, name: the quoted columns of the document's type and name.
		doctypes: accepted types; documents of other types are excluded, without any readable type all (`1 = 0`).
	"""
	parts = []
	shared = cache(lambda: {*get_shared_doctypes(user)})
	for doctype in doctypes:
		condition = _condition(doctype, user, shared)
		if condition is not None:
			of_type = f"{kind} = {frappe.db.escape(doctype, percent=False)}"
			matches = f" and {_meets(name, doctype, condition)}" if condition else ""
			parts.append(f"({of_type}{matches})")
	return " or ".join(parts) or NOBODY


def _condition(doctype: str, user: str, shared: Callable[[], set[str]]) -> str | None:
	"""Return Frappe's condition for a type: empty when all documents are readable, None when none is.

	Without a role permission only shared documents count. Frappe's own condition doesn't fit there: with any user
	permission it is empty.
	"""
	if get_role_permissions(frappe.get_meta(doctype), user=user).get("read"):
		return DatabaseQuery(doctype, user=user).build_match_conditions()
	names = get_shared(doctype, user) if doctype in shared() else ()
	return f"`tab{doctype}`.`name` in ({quote_values(names)})" if names else None


def _meets(name: str, doctype: str, condition: str) -> str:
	"""Return the SQL condition that a column names a document that meets Frappe's condition.

	Databases gather all names of an `in` subquery first, whatever the page length. That pays when they are few and
	found by an index; otherwise each row of the page is looked up.
	"""
	table = f"`tab{doctype}`"
	if _is_gathered(doctype, condition):
		return f"{name} in ({_names(doctype, condition)})"
	itself = f"{table}.`name` = {name} and ({condition})"
	return f"(select 1 from {table} where {itself} limit 1) is not null"  # noqa: S608  all from Frappe


def _names(doctype: str, condition: str) -> str:
	table = f"`tab{doctype}`"
	return f"select {table}.`name` from {table} where {condition}"  # noqa: S608  all from Frappe


def _is_gathered(doctype: str, condition: str) -> bool:
	"""Return whether to gather all names first; only the conditions of the app's types are known to use an index."""
	if doctype not in app_sources.DOCTYPES:
		return False
	return table_sizes.is_whole() or not table_sizes.are_many((doctype, condition))


def _is_of(doctype: str) -> str:
	return f"{ROW}.`activity_type` = {frappe.db.escape(doctype, percent=False)}"


def quote_values(values: Iterable[str]) -> str:
	return ", ".join(frappe.db.escape(value, percent=False) for value in values)
