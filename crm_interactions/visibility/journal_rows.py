"""A row of the journal is visible to those who may read the document behind it; a chain to those who see a row of it.

The rights are the platform's own for each document type (roles, user permissions, owners, shares, and the conditions
of other apps' hooks), so nothing is said twice and nothing can disagree.
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
	"""Return what rows of the journal have to meet for a user to see them; None where he sees all.

	Args:
		user: left out, the session's.
		types: the document types that can occur; left out, all that are registered.
	"""
	text = rows_text(user, types)
	return Condition(text) if text else None


def rows_text(user: str | None = None, types: Iterable[str] | None = None) -> str:
	"""The same as the text that the platform's hook for lists wants; empty where all is visible."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	whole, conditions = conditions_of(user, sorted(registry.sources() if types is None else types))
	if whole is None:
		return ""
	parts = [
		f"{_is_of(doctype)} and {_meets(ACTIVITY, doctype, text)}" for doctype, text in conditions.items()
	]
	if whole:
		parts.insert(0, f"{ROW}.`activity_type` in ({quote_values(whole)})")
	return " or ".join(f"({part})" for part in parts) or NOBODY


def conditions_of(user: str, types: list[str]) -> tuple[list[str] | None, dict[str, str]]:
	"""Return the types of which a user may read all documents, and the platform's condition for each of which he may some.

	None in the place of the first where that is all types.
	"""
	shared = cache(lambda: {*get_shared_doctypes(user)})
	found = {doctype: _condition(doctype, user, shared) for doctype in types}
	whole = [doctype for doctype, condition in found.items() if condition == ""]
	return None if len(whole) == len(types) else whole, {
		doctype: condition for doctype, condition in found.items() if condition
	}


def may_read_row(row, user: str | None = None) -> bool:
	"""Whether the document behind a row of the journal may be read."""
	return bool(
		frappe.has_permission(row.activity_type, "read", doc=row.activity, user=user or frappe.session.user)
	)


def chains_text(user: str | None = None) -> str:
	"""Return what chains have to meet for a user to see them, as the platform's hook for lists wants it."""
	condition = rows_text(user)
	if not condition:
		return ""
	# each by itself, or a database goes through all rows of a type for each chain
	its = (f"{ROW}.`chain` = {CHAIN}.`{field}` and ({condition})" for field in ("name", "merged_into"))
	return " or ".join(f"exists (select 1 from {ROW} where {one})" for one in its)  # noqa: S608  all from the platform


def may_read_chain(chain: str, merged_into: str | None, user: str | None = None) -> bool:
	"""Whether a user sees at least one activity of a chain, or of the one that it was merged into."""
	condition = row_condition(user)
	if condition is None:
		return True
	table = frappe.qb.DocType("Activity Link")
	names = [name for name in (chain, merged_into) if name]
	query = frappe.qb.from_(table).select(table.name).where(table.chain.isin(names)).where(condition)
	return bool(query.limit(1).run())


def parts_text(child: str, user: str | None = None) -> str:
	"""Return what rows of a table of activities have to meet: the platform asks for a right on any one type only.

	Args:
		child: document type of the rows.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	row = f"`tab{child}`"
	having = [
		doctype
		for doctype in sorted(registry.sources())
		if child in {df.options for df in frappe.get_meta(doctype).get_table_fields()}
	]
	return behind_text(f"{row}.`parenttype`", f"{row}.`parent`", having, user)


def behind_text(kind: str, name: str, doctypes: Iterable[str], user: str) -> str:
	"""Return what two columns have to meet, which name a document, for a user to be able to read that document.

	Args:
		kind: the column of its type, quoted; `name` that of its name.
		doctypes: the types that count; documents of other types don't meet it.
	"""
	parts = []
	shared = cache(lambda: {*get_shared_doctypes(user)})
	for doctype in doctypes:
		condition = _condition(doctype, user, shared)
		if condition is not None:
			of_type = f"{kind} = {frappe.db.escape(doctype, percent=False)}"
			there = f" and {_meets(name, doctype, condition)}" if condition else ""
			parts.append(f"({of_type}{there})")
	return " or ".join(parts) or NOBODY


def _condition(doctype: str, user: str, shared: Callable[[], set[str]]) -> str | None:
	"""Return the platform's condition for a type: empty where all of it may be read, None where nothing.

	Without a right on the type there is what others shared, and nothing else. Not the platform's condition: for a type
	without a right, but with any user permission, that is empty.
	"""
	if get_role_permissions(frappe.get_meta(doctype), user=user).get("read"):
		return DatabaseQuery(doctype, user=user).build_match_conditions()
	names = get_shared(doctype, user) if doctype in shared() else ()
	return f"`tab{doctype}`.`name` in ({quote_values(names)})" if names else None


def _meets(name: str, doctype: str, condition: str) -> str:
	"""Return what a column with names of documents has to meet for them to meet a condition of the platform's.

	A database gathers all the names first, whatever the page's length. That pays where they are few and found by an
	index; otherwise each row of the page is asked.
	"""
	table = f"`tab{doctype}`"
	if _is_gathered(doctype, condition):
		return f"{name} in ({_names(doctype, condition)})"
	itself = f"{table}.`name` = {name} and ({condition})"
	return f"(select 1 from {table} where {itself} limit 1) is not null"  # noqa: S608  all from the platform


def _names(doctype: str, condition: str) -> str:
	table = f"`tab{doctype}`"
	return f"select {table}.`name` from {table} where {condition}"  # noqa: S608  all from the platform


def _is_gathered(doctype: str, condition: str) -> bool:
	"""Our own find what somebody has by an index; how others do isn't known."""
	return doctype in app_sources.DOCTYPES and (
		table_sizes.is_whole() or not table_sizes.are_many((doctype, condition))
	)


def _is_of(doctype: str) -> str:
	return f"{ROW}.`activity_type` = {frappe.db.escape(doctype, percent=False)}"


def quote_values(values: Iterable[str]) -> str:
	return ", ".join(frappe.db.escape(value, percent=False) for value in values)
