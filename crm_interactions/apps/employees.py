"""Employee records: reporting pairs of users."""

from collections.abc import Iterator

import frappe

from crm_interactions.apps.installed import has_doctype

DOCTYPE = "Employee"
# fields that decide the reporting pairs
FIELDS = ("reports_to", "user_id", "status")


def list_reporting_pairs() -> list[tuple[str, str]]:
	"""Return (superior, user) pairs of the active employees with a user; none on a site without ERPNext.

	A superior who is inactive or has no user is replaced by the next one above; without any, there is no pair.
	"""
	if not has_doctype(DOCTYPE):
		return []
	rows = frappe.get_all(DOCTYPE, fields=["name", *FIELDS], order_by=None)
	by_name = {row.name: row for row in rows}
	found = []
	for row in rows:
		if _counts(row):
			above = next((other.user_id for other in _above(row, by_name) if _counts(other)), None)
			if above:
				found.append((above, row.user_id))
	return found


def find_user(employee: str) -> str | None:
	"""Return the user of an employee, also of an inactive one, or None."""
	return frappe.db.get_value(DOCTYPE, employee, "user_id")


def _above(row, by_name: dict) -> Iterator:
	seen = {row.name}
	while (row := by_name.get(row.reports_to)) and row.name not in seen:
		seen.add(row.name)
		yield row


def _counts(row) -> bool:
	return bool(row.user_id) and row.status == "Active"
