"""Notifications of reminders become read once their activity needs no reminder any more (R23)."""

import frappe
from frappe.utils import get_datetime, now_datetime

from crm_interactions.reminders.desk import LOG
from crm_interactions.reminders.sent_log import REMINDER, SENT

# the Desk listens to it, in `desk/platform/notifications.js`
EVENT = "crm_interactions_read"


def on_update(doc) -> None:
	"""Mark the notifications of an activity as read if this save ends it, hands it over or moves it to the future."""
	before = doc.get_doc_before_save()
	if before and before.get("status") == "Planned" and _is_settled(before, doc):
		_mark_read({"activity_type": doc.doctype, "activity": doc.name})


def _is_settled(before, doc) -> bool:
	if doc.status != "Planned" or doc.completed or doc.responsible != before.responsible:
		return True
	start = get_datetime(doc.starts_on)
	return start != get_datetime(before.starts_on) and start > now_datetime()


def _mark_read(about: dict) -> None:
	"""Mark the notifications as read, whosever they are, and tell open Desks after the commit."""
	# a notification has the name of its reminder
	names = frappe.get_all(REMINDER, {**about, "result": SENT}, pluck="name")
	unread = {"name": ("in", names), "read": 0}
	found = frappe.get_all(LOG, unread, ["name", "for_user"]) if names else []
	if not found:
		return
	frappe.db.set_value(LOG, {"name": ("in", [row.name for row in found])}, "read", 1, update_modified=False)
	for user in {row.for_user for row in found}:
		read = {"names": [row.name for row in found if row.for_user == user]}
		frappe.publish_realtime(EVENT, read, user=user, after_commit=True)
