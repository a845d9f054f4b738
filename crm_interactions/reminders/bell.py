"""Rows of the bell that are reminders, and the planned work that they are about (R23)."""

import frappe
from frappe.utils import get_datetime

from crm_interactions.followups import rules
from crm_interactions.reminders.desk import LOG
from crm_interactions.reminders.sent_log import REMINDER

FIELDS = ("name", "title", "starts_on", "activity_plan")


def list_reminded(notifications: list[str]) -> list[dict]:
	"""Return which of these notifications are reminders of the session's user, with their planned activities.

	Other users' notifications and those that are no reminders of activities are left out. An activity that was moved since
	has no reminder any more.

	Returns: `notification`, `read`, and for planned work that the user is responsible for and may read `activity_type`,
		`activity`, `title` and `activity_plan`.
	"""
	own = {"name": ("in", notifications or [""]), "for_user": frappe.session.user}
	read = {row.name: row.read for row in frappe.get_all(LOG, own, ["name", "read"])}
	# a notification has the name of its reminder
	known = {"name": ("in", [*read] or [""]), "activity_type": ("in", rules.PLANNING)}
	reminders = frappe.get_all(REMINDER, known, ["name", "activity_type", "activity", "due"])
	planned = _read_planned(reminders)
	return [
		{"notification": row.name, "read": read[row.name], **planned.get(_key(row, row.due), {})}
		for row in reminders
	]


def _read_planned(reminders: list) -> dict[tuple, dict]:
	"""Return the planned activities that the session's user may read and is responsible for, by `_key`."""
	found = {}
	for doctype in {row.activity_type for row in reminders}:
		if not frappe.has_permission(doctype, "read"):
			continue
		names = [row.activity for row in reminders if row.activity_type == doctype]
		own = {"name": ("in", names), "responsible": frappe.session.user}
		own |= {"status": "Planned", "completed": 0}
		for doc in frappe.get_list(doctype, filters=own, fields=[*FIELDS], limit=len(names)):
			about = frappe._dict(activity_type=doctype, activity=doc.name)
			shown = {**about, "title": doc.title, "activity_plan": doc.activity_plan}
			found[_key(about, doc.starts_on)] = shown
	return found


def _key(row, start) -> tuple:
	return row.activity_type, row.activity, get_datetime(start).replace(microsecond=0)
