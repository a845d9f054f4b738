"""Visibility of reminders: users see their own, administrators see all."""

import frappe

ADMINISTRATORS = {"System Manager", "Interaction Administrator"}


def reminder_condition(user: str | None = None) -> str:
	"""Return the SQL condition of the reminders that a user can see, as the list hook expects it; empty for all."""
	user = user or frappe.session.user
	if _sees_all(user):
		return ""
	return f"`tabInteraction Reminder`.`user` = {frappe.db.escape(user, percent=False)}"


def may_read(doc, user: str | None = None) -> bool:
	user = user or frappe.session.user
	return bool(not doc.user or doc.user == user or _sees_all(user))


def _sees_all(user: str) -> bool:
	return user == "Administrator" or bool(ADMINISTRATORS & {*frappe.get_roles(user)})
