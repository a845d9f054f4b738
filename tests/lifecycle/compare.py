"""Compares what a site held at two points, and finds what mentions the app."""

import re
from collections import Counter

# Each exception with its reason; everything else has to be the same to the last character.
#
# The platform writes these anew at every install, uninstall or migrate, whatever the app.
REWRITTEN = {
	"tabInstalled Application": {"name", "creation"},
	"tabDefaultValue": {"name", "creation"},
}
# The platform and other apps save records of their own at every migrate, unchanged but for the time. The app doesn't,
# so in its own tables and in these the time counts too.
TIMED = {
	"tabCustom DocPerm",
	"tabCustom Field",
	"tabDesktop Icon",
	"tabDocType",
	"tabKanban Board",
	"tabKanban Board Column",
	"tabNumber Card",
	"tabRole",
	"tabWorkspace",
	"tabWorkspace Sidebar",
}
# Two apps ship this document type (Frappe and ERPNext 15), so that each migrate imports it twice.
SHIPPED_TWICE = "Print Heading"
# The history of records that stay isn't rewritten: who got which role, what changed in a contact or in an event.
HISTORY = {"tabVersion", "tabPermission Log", "tabActivity Log", "tabError Log", "tabScheduled Job Log"}
# The timeline again, and Frappe 16 makes a sidebar for every public page of the site whenever an app is installed.
MADE_BY_OTHERS = {
	"tabCommunication",
	"tabCommunication Link",
	"tabWorkspace Sidebar",
	"tabWorkspace Sidebar Item",
}
# Where an ordinary word that is also a document type means the document type.
TYPE_COLUMN = re.compile("doctype|_type$|^dt$|^options$|^link_to$|^allow$|^parent$|^module$")


def differences(before: dict, after: dict, timed: set[str]) -> list[str]:
	"""Return a line for each table, row or file that only one of the two snapshots has.

	Args:
		before, after: snapshots.
		timed: tables in which the time of the last change counts too.
	"""
	one, other = before["tables"], after["tables"]
	found = [f"table {table}" for table in sorted(set(one) ^ set(other))]
	for table in sorted(set(one) & set(other)):
		ignored = set(REWRITTEN.get(table, ()))
		if table not in timed:
			ignored |= {"modified", "modified_by"}
		left, right = rows(table, one[table], ignored), rows(table, other[table], ignored)
		found += [f"{table} lost {row}" for row in (left - right).elements()]
		found += [f"{table} got {row}" for row in (right - left).elements()]
	return found + [f"file {path}" for path, _ in sorted(before["files"].items() ^ after["files"].items())]


def rows(table: str, content: dict, ignored: set[str]) -> Counter:
	"""Return the rows of a table, as often as each is there; a column without a value says nothing."""
	kept = (
		tuple(
			f"{column}={cell}"
			for column, cell in zip(content["columns"], row, strict=True)
			if column not in ignored and cell is not None
		)
		for row in content["rows"]
		if not (table == "tabSingles" and _is_time_of_another(row))
		and not (table.startswith("tabDoc") and SHIPPED_TWICE in row)
	)
	return Counter(tuple(sorted(row)) for row in kept)


def _is_time_of_another(single: list) -> bool:
	return "modified" in single and "CRM Interactions Settings" not in single


def mentions(snapshot: dict, words: set[str], names: set[str], ordinary: set[str]) -> list[str]:
	"""Return a line for each cell outside the history that contains one of the words or is one of the names.

	Args:
		snapshot: what the site held.
		words: looked for inside texts.
		names: looked for as whole cells.
		ordinary: those of the names that mean the app only in a column of document types.
	"""
	return [
		f"{table}.{column}: {cell[:200]}"
		for table, content in snapshot["tables"].items()
		if table not in HISTORY
		for row in content["rows"]
		for column, cell in zip(content["columns"], row, strict=True)
		if cell
		and (
			any(word in cell for word in words)
			or (cell in names and (cell not in ordinary or TYPE_COLUMN.search(column)))
		)
	]
