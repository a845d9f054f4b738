"""Compares what a site held at two points, and finds what mentions the app."""

from collections import Counter

# Each exception with its reason; everything else has to be the same to the last character.
#
# The platform writes these anew at every install, uninstall or migrate, whatever the app.
REWRITTEN = {
	"tabInstalled Application": {"name", "creation", "modified"},
	"tabDefaultValue": {"name", "creation", "modified"},
	"tabNavbar Item": {"modified"},
}
REWRITTEN_SINGLES = {
	(single, "modified") for single in ("Installed Applications", "System Settings", "Navbar Settings")
}
# The records of others that were edited while the app was used: they stay, and so does when they were edited.
EDITED = {
	"tabUser": {"modified"},
	"tabUser Social Login": {"modified"},
	"tabContact": {"modified"},
	"tabContact Phone": {"modified"},
	"tabEvent": {"modified", "_comments"},
	"tabDocShare": {"modified"},
}
# The history of records that stay isn't rewritten: who got which role, what changed in a contact or in an event.
HISTORY = {"tabVersion", "tabPermission Log", "tabActivity Log", "tabError Log", "tabScheduled Job Log"}
# An event writes itself into the timeline once more each time that it is saved; Frappe 16 makes a sidebar for every
# public page of the site whenever an app is installed.
MADE_BY_OTHERS = {
	"tabCommunication",
	"tabCommunication Link",
	"tabWorkspace Sidebar",
	"tabWorkspace Sidebar Item",
}


def differences(before: dict, after: dict, ignore: dict[str, set[str]] | None = None) -> list[str]:
	"""Return a line for each table, row or file that only one of the two snapshots has.

	Args:
		before, after: snapshots.
		ignore: names of columns, by table, that needn't be the same.
	"""
	one, other = before["tables"], after["tables"]
	found = [f"table {table}" for table in sorted(set(one) ^ set(other))]
	for table in sorted(set(one) & set(other)):
		ignored = {**REWRITTEN, **(ignore or {})}.get(table, set())
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
		if not (table == "tabSingles" and (row[0], row[1]) in REWRITTEN_SINGLES)
	)
	return Counter(tuple(sorted(row)) for row in kept)


def mentions(snapshot: dict, words: set[str], names: set[str]) -> list[str]:
	"""Return a line for each cell outside the history that contains one of the words or is one of the names."""
	return [
		f"{table}.{column}: {cell[:200]}"
		for table, content in snapshot["tables"].items()
		if table not in HISTORY
		for row in content["rows"]
		for column, cell in zip(content["columns"], row, strict=True)
		if cell and (cell in names or any(word in cell for word in words))
	]
