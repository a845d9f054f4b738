"""Visibility of reminders: users see their own, administrators see all."""

import frappe

from crm_interactions.visibility.predicate import is_administrator


def reminder_condition(user: str | None = None) -> str:
	"""Return the SQL condition of the reminders that a user can see, as the list hook expects it; empty for all."""
	user = user or frappe.session.user
	if is_administrator(user):
		return ""
	return f"`tabInteraction Reminder`.`user` = {frappe.db.escape(user, percent=False)}"


def may_read(doc, user: str | None = None) -> bool:
	user = user or frappe.session.user
	return bool(not doc.user or doc.user == user or is_administrator(user))
