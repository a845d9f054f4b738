"""Log of reminders (R23): the key is unique in the database, so that each reminder is sent once.

A log entry and its messages (the notification, the queued e-mail) are one transaction. So a job that is killed leaves
both or neither, and the second of two concurrent jobs finds the key taken.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable

import frappe
from frappe.utils import get_datetime, now_datetime

from crm_interactions.chains import locks
from crm_interactions.journal import dynamic_links

REMINDER = "Interaction Reminder"
SENT, PASSED_OVER, FAILED = "Sent", "Passed Over", "Failed"
SAVEPOINT = "crm_interactions_reminder"


class NotDueError(Exception):
	"""Raised if a reminder is no longer due: the activity was done, moved, handed over or deleted."""


def send_all(pending: Iterable[tuple[dict, Callable]], until: float | None = None) -> Counter:
	"""Send pending reminders, each committed separately, and count the results.

	Args:
		pending: the arguments of `send_once` for each reminder.
		until: value of `time.monotonic()` after which the next run continues; by default, no limit.

	Returns: the numbers of reminders that were Sent, Passed Over or Failed.
	"""
	counted: Counter = Counter()
	for entry, prepare in pending:
		if until is not None and time.monotonic() > until:
			break
		counted[send_once(entry, prepare)] += 1
	counted.pop(None, None)
	return counted


def send_once(entry: dict, prepare: Callable[[], Callable[[str], None] | None]) -> str | None:
	"""Log and send one reminder, and commit; a failure to send is logged and doesn't stop the next reminder.

	Args:
		entry: `kind`, `user`, `due`, `reminder_key`, and for a reminder of an activity `activity_type` and `activity`.
		prepare: returns a function that sends the reminder, given the name of its log entry, or None to send nothing.
			May raise NotDueError.

	Returns: Sent, Passed Over (nothing to send) or Failed, all of them logged and final; None if it is already logged,
		no longer due, failed without a log, or left to the next run after a deadlock, which rolls back the transaction.
	"""
	try:
		frappe.db.savepoint(SAVEPOINT)
		result = _attempt(entry, prepare)
		frappe.db.commit()  # each separately: a sent reminder stays sent if a later one fails
	except Exception as error:
		if not locks.is_given_up(error):
			raise
		frappe.db.rollback()  # another transaction had precedence; the next run retries
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
		locks.roll_back(SAVEPOINT)
		return None
	except Exception as error:
		if locks.is_given_up(error):
			raise
		return _failed(entry, frappe.get_traceback())
	return result


def _failed(entry: dict, traceback: str) -> str | None:
	"""Log a reminder as failed, so that it isn't tried again, and its error; return None if that fails too."""
	locks.roll_back(SAVEPOINT)
	try:
		_record(entry, FAILED)
		about = {"reference_doctype": entry.get("activity_type"), "reference_name": entry.get("activity")}
		frappe.log_error("Reminder Not Sent", traceback, **about)
	except Exception:
		locks.roll_back(SAVEPOINT)
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
	"""Return type, name, user and start of this kind's logged reminders of these activities, whatever their result.

	Not by key: unlike the key, these columns follow when an activity or a user is renamed.
	"""
	names = [name for _type, name in activities]
	found = frappe.get_all(
		REMINDER,
		{"kind": kind, "activity": ("in", names or [""])},
		["activity_type", "activity", "user", "due"],
		order_by=None,
	)
	return {
		(row.activity_type, row.activity, row.user, get_datetime(row.due).replace(microsecond=0))
		for row in found
	}


def known_digests(users: list[str], since) -> set[tuple]:
	"""Return user and day of these users' digests logged since a day, whatever their result."""
	found = frappe.get_all(
		REMINDER,
		{"kind": "Digest", "user": ("in", users or [""]), "due": (">=", since)},
		["user", "due"],
		order_by=None,
	)
	return {(row.user, get_datetime(row.due).date()) for row in found}


def delete_log(activity_type: str, activity: str) -> None:
	"""Delete the log entries of an activity that is being deleted."""
	frappe.db.delete(REMINDER, {"activity_type": activity_type, "activity": activity})
