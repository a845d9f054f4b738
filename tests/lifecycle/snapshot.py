"""Write a snapshot of a site: each table with its columns and rows, each uploaded file.

Run as a script in the bench's Python, from the `sites` folder: snapshot.py SITE TARGET. It reads the database
directly, without DocTypes and caches, so that unexpected leftovers are found too.
"""

import hashlib
import json
import sys
from pathlib import Path

import frappe


def main(site: str, target: str) -> None:
	frappe.init(site=site)
	frappe.connect()
	found = {"tables": _tables(), "files": _files()}
	frappe.destroy()
	Path(target).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _tables() -> dict[str, dict]:
	"""Return columns and rows by table, without the tables of SQLite's full-text index."""
	tables = sorted(frappe.db.get_tables(cached=False))
	return {table: _table(table) for table in tables if not table.startswith("__global_search_")}


def _table(table: str) -> dict:
	rows = frappe.db.sql(f"select * from `{table}`", as_list=True)  # noqa: S608  a name from the database
	columns = [column[0] for column in frappe.db._cursor.description]
	texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
	return {"columns": columns, "rows": texts}


def _files() -> dict[str, str]:
	"""Return the SHA-256 digest of each uploaded file by its path inside the site."""
	site = Path(frappe.get_site_path())
	return {
		str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
		for folder in ("public/files", "private/files")
		for path in sorted((site / folder).rglob("*"))
		if path.is_file()
	}


if __name__ == "__main__":
	main(*sys.argv[1:])
