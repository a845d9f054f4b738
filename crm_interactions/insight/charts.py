"""Permission hook of dashboard charts: who sees the chart of all users (R27)."""

import frappe

from crm_interactions.supervision.rights import FOR_ALL
from crm_interactions.visibility.hooks import NO_OPINION
from crm_interactions.visibility.reporting_lines import list_users_below

# charts that compare people
OF_PEOPLE = ("Held and Planned by User",)


def chart_permission(doc, ptype: str | None = None, user: str | None = None) -> bool | None:
	"""Refuse a chart that compares people to users who supervise none; its figures are limited for supervisors, too."""
	if doc.name not in OF_PEOPLE or is_supervisor(user or frappe.session.user):
		return NO_OPINION
	return False


def is_supervisor(user: str) -> bool:
	"""Return whether a user is a manager or has users below."""
	if user == "Administrator" or FOR_ALL & {*frappe.get_roles(user)}:
		return True
	return bool(list_users_below(user))
