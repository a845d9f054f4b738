"""Whose supervisor somebody is: the one place that says so (R26)."""

import frappe

from crm_interactions.integrations.erpnext import employee


def members_of(user: str) -> list[str]:
	"""Return the users whose work somebody answers for, himself left out; nobody where the site knows no teams.

	With ERPNext these are the employees that report to him, directly or through others.
	"""
	if not frappe.db.exists("DocType", "Employee"):
		return []
	return [member for member in employee.below(user) if member != user]
