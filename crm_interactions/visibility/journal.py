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

from crm_interactions.journal import registry

ROW = "`tabActivity Link`"
CHAIN = "`tabInteraction Chain`"
NOBODY = "1 = 0"


class Condition(Criterion):
	"""A condition of the platform's, which come as text, as a part of a query."""

	def __init__(self, text: str):
		super().__init__()
		# the platform puts values into queries that are built, so a per cent sign has to be doubled
		self.text = text.replace("%", "%%")

	def get_sql(self, **_kwargs) -> str:
		return f"({self.text})"


def rows(user: str | None = None, types: Iterable[str] | None = None) -> Criterion | None:
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
	known = sorted(registry.sources() if types is None else types)
	whole, parts = [], []
	shared = cache(lambda: {*get_shared_doctypes(user)})
	for doctype in known:
		condition = _of_type(doctype, user, shared)
		if condition == "":
			whole.append(doctype)
		elif condition:
			parts.append(condition)
	if len(whole) == len(known) and (known or types is not None):
		return ""
	if whole:
		names = ", ".join(frappe.db.escape(doctype, percent=False) for doctype in whole)
		parts.insert(0, f"{ROW}.`activity_type` in ({names})")
	return " or ".join(f"({part})" for part in parts) or NOBODY


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
	there = f"{ROW}.`chain` in ({CHAIN}.`name`, {CHAIN}.`merged_into`)"
	return f"exists (select 1 from {ROW} where {there} and ({condition}))"  # noqa: S608  all from the platform


def may_read_chain(chain: str, merged_into: str | None, user: str | None = None) -> bool:
	"""Whether a user sees at least one activity of a chain, or of the one that it was merged into."""
	condition = rows(user)
	if condition is None:
		return True
	table = frappe.qb.DocType("Activity Link")
	names = [name for name in (chain, merged_into) if name]
	query = frappe.qb.from_(table).select(table.name).where(table.chain.isin(names)).where(condition)
	return bool(query.limit(1).run())


def _of_type(doctype: str, user: str, shared: Callable[[], set[str]]) -> str | None:
	"""Return the condition for rows of one type: empty for all of them, None for none."""
	if not get_role_permissions(frappe.get_meta(doctype), user=user).get("read"):
		return _shared(doctype, user) if doctype in shared() else None
	condition = DatabaseQuery(doctype, user=user).build_match_conditions()
	if not condition:
		return ""
	table = f"`tab{doctype}`"
	readable = f"select {table}.`name` from {table} where {condition}"  # noqa: S608  all from the platform
	return f"{_is_of(doctype)} and {ROW}.`activity` in ({readable})"


def _shared(doctype: str, user: str) -> str | None:
	"""Without a right on the type there is what others shared, and nothing else.

	Not the platform's condition: for a type without a right, but with any user permission, that is empty.
	"""
	names = [frappe.db.escape(name, percent=False) for name in get_shared(doctype, user)]
	return f"{_is_of(doctype)} and {ROW}.`activity` in ({', '.join(names)})" if names else None


def _is_of(doctype: str) -> str:
	return f"{ROW}.`activity_type` = {frappe.db.escape(doctype, percent=False)}"
