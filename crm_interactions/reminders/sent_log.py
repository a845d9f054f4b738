"""What somebody was reminded of, each once (R23): the database takes a reminder's key only once.

A reminder and what tells of it (the notification, the mail in the platform's queue) are one transaction. So whoever is
killed leaves both or neither, and of two schedulers at once the second finds the key taken.
"""

from collections.abc import Callable

import frappe
from frappe.utils import get_datetime, now_datetime

from crm_interactions.chains import locks
from crm_interactions.journal import dynamic_links

REMINDER = "Interaction Reminder"
SENT, PASSED_OVER, FAILED = "Sent", "Passed Over", "Failed"
SAVEPOINT = "crm_interactions_reminder"


class NotDueError(Exception):
	"""What was read a moment ago isn't so any more: done, moved or somebody else's."""


def send_once(entry: dict, prepare: Callable[[], Callable[[str], None] | None]) -> str | None:
	"""Record and send one reminder, and commit; nothing that goes wrong here stops the next one.

	Args:
		entry: `kind`, `user`, `due`, `reminder_key`, and `activity_type` and `activity` where it is about one.
		prepare: reads what is to be said; returns what sends it, given the name of the reminder's record, or None where
			nothing is to be said. May raise NotDueError.

	Returns: Sent, Passed Over or Failed; None where somebody else did it, or will.
	"""
	try:
		frappe.db.savepoint(SAVEPOINT)
		result = _attempt(entry, prepare)
		frappe.db.commit()  # each by itself: what was sent stays sent
	except Exception as error:
		if not locks.is_given_up(error):
			raise
		frappe.db.rollback()  # others were in the way; the next run does it
		return None
	return result


def _attempt(entry: dict, prepare: Callable) -> str | None:
	try:
		send = prepare()
		result = SENT if send else PASSED_OVER
		name = _record(entry, result)
		if send:
			send(name)
	except (NotDueError, frappe.UniqueValidationError):
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		return None
	except Exception as error:
		if locks.is_given_up(error):
			raise
		return _failed(entry, frappe.get_traceback())
	return result


def _failed(entry: dict, traceback: str) -> str | None:
	"""A record that can't be told of is told of to the administrators, once, and passed over from then on."""
	frappe.db.rollback(save_point=SAVEPOINT)
	frappe.clear_messages()
	try:
		_record(entry, FAILED)
		frappe.log_error(
			"Reminder Not Sent",
			traceback,
			reference_doctype=entry.get("activity_type"),
			reference_name=entry.get("activity"),
		)
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		frappe.logger("crm_interactions").exception("Reminder not sent")
		return None
	return FAILED


def _record(entry: dict, result: str) -> str:
	row = frappe.new_doc(REMINDER)
	row.update({**entry, "result": result, "sent_on": now_datetime() if result == SENT else None})
	row.name = frappe.generate_hash(length=12)
	row.db_insert()
	dynamic_links.announce_types(REMINDER, entry)
	return row.name


def find_sent(kind: str, activities: list[tuple[str, str]]) -> set[tuple]:
	"""Return of which of these activities who was reminded: type, name, user and when they were to be.

	Not by key: when an activity or a user is renamed, these columns follow.
	"""
	names = [name for _type, name in activities]
	found = frappe.get_all(
		REMINDER,
		{"kind": kind, "activity": ("in", names or [""])},
		["activity_type", "activity", "user", "due"],
		order_by=None,
		limit_page_length=0,
	)
	return {
		(row.activity_type, row.activity, row.user, get_datetime(row.due).replace(microsecond=0))
		for row in found
	}


def known_digests(users: list[str], since) -> set[tuple]:
	"""Return who had which day's digest, from a day on."""
	found = frappe.get_all(
		REMINDER,
		{"kind": "Digest", "user": ("in", users or [""]), "due": (">=", since)},
		["user", "due"],
		order_by=None,
		limit_page_length=0,
	)
	return {(row.user, get_datetime(row.due).date()) for row in found}


def delete_log(activity_type: str, activity: str) -> None:
	"""The activity is being deleted, and with it what was told of it."""
	frappe.db.delete(REMINDER, {"activity_type": activity_type, "activity": activity})
