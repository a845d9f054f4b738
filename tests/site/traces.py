"""Clean up after code that commits: Frappe's Data Import commits each row."""

from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe.utils import create_batch

from tests.site import commits

SETTINGS = "CRM Interactions Settings"


@contextmanager
def removed_afterwards():
	"""Delete the records that the block commits, and check that every table holds the same names as before.

	Yields a list for the paths of files that the block writes, which are deleted too.
	"""
	before, series = _records(), _series()
	settings = frappe.get_doc(SETTINGS).as_dict()
	files: list[Path] = []
	try:
		with commits.allowed():
			yield files
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		_delete_all_but(before)
		_restore_series(series)
		doc = frappe.get_doc(SETTINGS)
		doc.update({field: settings[field] for field in ("party_types", "subject_types")})
		doc.save(ignore_version=True)
		for path in files:
			path.unlink(missing_ok=True)
		with commits.allowed():
			frappe.db.commit()
		frappe.clear_cache()
	after = _records()
	assert not {doctype: was ^ after[doctype] for doctype, was in before.items() if was != after[doctype]}


def _records() -> dict[str, set]:
	"""Return the names in each table; times are no criterion, because tests change clocks and time zones."""
	return {
		doctype: {name for (name,) in frappe.qb.from_(doctype).select("name").run()}
		for doctype in frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
		if frappe.db.table_exists(doctype)
	}


def _delete_all_but(before: dict[str, set]) -> None:
	for doctype, names in _records().items():
		for batch in create_batch(sorted(names - before[doctype]), 500):
			frappe.db.delete(doctype, {"name": ("in", list(batch))})


def _series() -> dict[str, int]:
	table = frappe.qb.DocType("Series")
	return dict(frappe.qb.from_(table).select(table.name, table.current).run())


def _restore_series(before: dict[str, int]) -> None:
	table = frappe.qb.DocType("Series")
	for name, current in _series().items():
		if name not in before:
			frappe.db.delete("Series", {"name": name})
		elif current != before[name]:
			frappe.qb.update(table).set(table.current, before[name]).where(table.name == name).run()
