"""Find the tables and columns that SQL reads, from the statements that run, so that no list has to be maintained."""

import re
from collections.abc import Callable

import frappe

Column = tuple[str, str]
QUOTED = r"[`\"]([^`\"]+)[`\"]"
WORDS = "on|where|left|join|inner|order|limit|group|for|union|set|as|cross|natural|force|use"
ALIAS = rf"(?:\s+(?:as\s+)?[`\"]?(?!(?:{WORDS})\b)(\w+)[`\"]?)?"
TABLE = re.compile(rf"(?:from|join)\s+{QUOTED}{ALIAS}", re.IGNORECASE)
OF_TABLE = re.compile(rf"(?:{QUOTED}|\b(\w+))\.{QUOTED}")
ALONE = re.compile(rf"(?<![\w`\".]){QUOTED}(?![.`\"\w])")
TEXT = re.compile(r"'(?:[^'\\]|\\.|'')*'")


def columns_of(statement: str) -> set[Column]:
	"""Return the document types and columns of a statement; a column without a table belongs to the only table.

	If parts of a statement give one alias to several tables, a column belongs to the tables that have it.
	"""
	statement = TEXT.sub("''", statement)
	tables: dict[str, set[str]] = {}
	for name, alias in TABLE.findall(statement):
		for called in filter(None, (name, alias)):
			tables.setdefault(called, set()).add(name)
	found = {
		(table, column)
		for quoted, alias, column in OF_TABLE.findall(statement)
		for table in tables.get(quoted or alias, ())
	}
	names = set().union(*tables.values()) if tables else set()
	if len(names) == 1:
		found |= {(next(iter(names)), column) for column in ALONE.findall(statement)}
	kinds = {(table.removeprefix("tab"), column) for table, column in found if table.startswith("tab")}
	return {(kind, column) for kind, column in kinds if column in frappe.get_meta(kind).get_valid_columns()}


def read_by(*calls: Callable[[], object]) -> set[Column]:
	"""Run the calls and return the columns that they read."""
	statements: list[str] = []
	run = frappe.db.sql

	def sql(query, *args, **kwargs):
		statements.append(str(query))
		return run(query, *args, **kwargs)

	frappe.db.sql = sql
	try:
		for call in calls:
			call()
	finally:
		frappe.db.sql = run
	return {column for statement in statements for column in columns_of(statement)}
