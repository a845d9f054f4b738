"""Employee: who reports to whom, and which user somebody is."""

from collections.abc import Iterator

import frappe

DOCTYPE = "Employee"
# what counts for who is above whom
FIELDS = ("reports_to", "user_id", "status")


def list_reporting_pairs() -> list[tuple[str, str]]:
	"""Return who is directly above whom, as users, among the active employees; none on a site without ERPNext.

	Where a superior has left or is no user, it is the next one above him.
	"""
	if not frappe.db.exists("DocType", DOCTYPE):
		return []
	rows = frappe.get_all(DOCTYPE, fields=["name", *FIELDS], order_by=None, limit_page_length=0)
	everybody = {row.name: row for row in rows}
	found = []
	for row in rows:
		if _counts(row):
			above = next((one.user_id for one in _above(row, everybody) if _counts(one)), None)
			if above:
				found.append((above, row.user_id))
	return found


def _above(row, everybody: dict) -> Iterator:
	seen = {row.name}
	while (row := everybody.get(row.reports_to)) and row.name not in seen:
		seen.add(row.name)
		yield row


def _counts(row) -> bool:
	return bool(row.user_id) and row.status == "Active"
