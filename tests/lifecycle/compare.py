"""Compare two snapshots of a site, and find cells that mention the app."""

import re
from collections import Counter

# Exceptions with their reasons; everything else must be identical.
#
# Frappe rewrites these columns at every install, uninstall or migrate of any app.
REWRITTEN = {"tabInstalled Application": {"name", "creation"}, "tabDefaultValue": {"name", "creation"}}
# At every migrate, Frappe and other apps save their records again and change only the time. The app must not, so the
# time counts in its tables and in these.
TIMED = {
	*("tabCustom DocPerm", "tabCustom Field", "tabDesktop Icon", "tabDocType", "tabNumber Card", "tabRole"),
	*("tabKanban Board", "tabKanban Board Column", "tabWorkspace", "tabWorkspace Sidebar"),
}
# Both Frappe and ERPNext 15 ship this document type, so each migrate imports it twice.
SHIPPED_TWICE = "Print Heading"
# The history of remaining records is kept: granted roles, changes of contacts and events.
HISTORY = {"tabVersion", "tabPermission Log", "tabActivity Log", "tabError Log", "tabScheduled Job Log"}
# Timelines, and the sidebars that Frappe 16 makes for every public page of the site when an app is installed.
MADE_BY_OTHERS = {
	*("tabCommunication", "tabCommunication Link", "tabWorkspace Sidebar", "tabWorkspace Sidebar Item"),
}
# Columns in which an ordinary word such as Meeting means the document type.
TYPE_COLUMN = re.compile("doctype|_type$|^dt$|^options$|^link_to$|^allow$|^parent$|^module$")


def differences(before: dict, after: dict, timed: set[str]) -> list[str]:
	"""Return a line for each table, row or file that is in only one of two snapshots.

	Args:
		before, after: snapshots.
		timed: tables in which `modified` and `modified_by` count too.
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
	"""Count the equal rows of a table, without ignored and empty columns."""
	kept = (
		tuple(
			f"{column}={cell}"
			for column, cell in zip(content["columns"], row, strict=True)
			if column not in ignored and cell is not None
		)
		for row in content["rows"]
		# Frappe also changes the times of other single document types
		if not (table == "tabSingles" and "modified" in row and "CRM Interactions Settings" not in row)
		and not (table.startswith("tabDoc") and SHIPPED_TWICE in row)
	)
	return Counter(tuple(sorted(row)) for row in kept)


def mentions(snapshot: dict, words: set[str], names: set[str], ordinary: set[str]) -> list[str]:
	"""Return a line for each cell outside HISTORY that contains one of the words or equals one of the names.

	Args:
		snapshot: the site's tables.
		words: searched for inside texts.
		names: compared with whole cells.
		ordinary: names that count only in columns of document types.
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
