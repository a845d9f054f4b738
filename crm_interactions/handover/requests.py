"""Requests for hand-overs: permission, scope, and one running hand-over of a user at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import get_fullname, now_datetime

from crm_interactions.chains import locks
from crm_interactions.controllers.validation import bold
from crm_interactions.handover import chunks, job, scope
from crm_interactions.supervision import rights

COUNTED = (
	*("activities", "next_steps", "chains", "assignments", "total"),
	*("reminders", "bookings", "calendar_entries"),
)
# most documents that are handed over within the request, without waiting for a worker
AT_ONCE = 20
SAVEPOINT = "crm_interactions_ask"


def preview(wanted: scope.Scope) -> dict:
	"""Return the counts of `scope.count_documents` for a hand-over, without starting it.

	Raises: PermissionError unless the session's user is a manager or above the user, and may write interactions.
	"""
	rights.require_right(wanted.from_user)
	return scope.count_documents(wanted)


@locks.explain_save_conflicts
def hand_over(wanted: scope.Scope, to_user: str) -> dict:
	"""Hand over a user's documents that the session's user can read; those that this user may not change are left.

	Inserts a record, ignoring permissions. Up to `AT_ONCE` documents are handed over at once, which notifies the
	successor, more in a job after the commit.

	Returns: `name`, `status` (Queued for a job), `total`, `done_count`, `left_count`, `undone_count` and `kept_count`.

	Raises: PermissionError as `preview`; ValidationError for unsuitable users, an empty scope, or while another one of
		the user is running; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	rights.require_right(wanted.from_user)
	rights.require_people(wanted.from_user, to_user)
	counts = scope.count_documents(wanted)
	if not counts["total"]:
		frappe.throw(
			_("{0} has no such documents that you can see. Remove a filter, or choose another user.").format(
				bold(get_fullname(wanted.from_user))
			),
			title=_("Nothing to Hand Over"),
		)
	record = _insert_record(wanted, to_user, counts)
	_start(record.name, counts["total"])
	return describe_progress(record.name)


@locks.explain_save_conflicts
def undo_hand_over(name: str) -> dict:
	"""Give back the documents of a finished or failed hand-over that haven't changed since; above `AT_ONCE`, in a job.

	Returns: as `hand_over`. Raises: PermissionError as `preview`, or if missing or unreadable; ValidationError for
		another status, or while another one of the user is running; ChangedMeanwhileError as `hand_over`.
	"""
	record = _hold_record(name)
	if record.status not in (chunks.FINISHED, chunks.FAILED):
		frappe.throw(
			_("{0} is {1} and can't be undone. Reload the page to see its progress.").format(
				bold(name), _(record.status)
			),
			title=_("Can't Be Undone"),
		)
	_requeue(record, undoing=1, undone_by=frappe.session.user)
	_start(name, record.done_count)
	return describe_progress(name)


def go_on(name: str) -> dict:
	"""Resume a failed hand-over, or its undoing, in a job after the commit; the session's user becomes the requester.

	Returns: as `hand_over`.

	Raises: PermissionError as `undo_hand_over`; ValidationError unless it failed, or while another one is running.
	"""
	record = _hold_record(name)
	if record.status != chunks.FAILED:
		frappe.throw(
			_(
				"{0} is {1}. Only a failed hand-over can be resumed. Reload the page to see its progress."
			).format(bold(name), _(record.status))
		)
	requester = {"undone_by": frappe.session.user} if record.undoing else {"asked_by": frappe.session.user}
	_requeue(record, undoing=record.undoing, **requester)
	job.queue_job(name)
	return describe_progress(name)


def describe_progress(name: str) -> dict:
	fields = ["name", "status", "total", "done_count", "left_count", "undone_count", "kept_count"]
	return frappe.db.get_value(chunks.HAND_OVER, name, fields, as_dict=True)


def _insert_record(wanted: scope.Scope, to_user: str, counts: dict):
	record = frappe.new_doc(chunks.HAND_OVER)
	record.update(
		{
			"from_user": wanted.from_user,
			"to_user": to_user,
			"open_only": int(wanted.open_only),
			**{field: counts[field] for field in COUNTED},
			**wanted.narrowed,
			"status": chunks.QUEUED,
			"asked_by": frappe.session.user,
			"last_sign_on": now_datetime(),
			"running_key": wanted.from_user,
		}
	)
	with _one_at_a_time(wanted.from_user):
		# checked above; users have no right to write these records
		record.insert(ignore_permissions=True)
	return record


def _requeue(record, **values) -> None:
	values.update(
		status=chunks.QUEUED, running_key=record.from_user, problem=None, last_sign_on=now_datetime()
	)
	with _one_at_a_time(record.from_user):
		frappe.db.set_value(chunks.HAND_OVER, record.name, values)


def _hold_record(name: str):
	record = frappe.db.get_value(chunks.HAND_OVER, name, "*", as_dict=True, for_update=True)
	if not record or not frappe.has_permission(chunks.HAND_OVER, "read", doc=name):
		frappe.throw(
			_("There is no hand-over {0} that you can see. Reload the list.").format(bold(name)),
			frappe.PermissionError,
		)
	rights.require_right(record.from_user)
	return record


@contextmanager
def _one_at_a_time(from_user: str) -> Iterator[None]:
	"""Refuse a second running hand-over of a user; the unique key also covers simultaneous requests."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		yield
	except Exception as error:
		if not _is_taken(error):
			raise
		locks.roll_back(SAVEPOINT)
		user = bold(get_fullname(from_user))
		frappe.throw(
			_("Another hand-over of {0} is already running. Wait until it is done.").format(user),
			title=_("Hand-Over Is Running"),
		)


def _is_taken(error: Exception) -> bool:
	if isinstance(error, frappe.UniqueValidationError):
		return True
	# the database's own error has a code as its first argument; other errors may have none
	return bool(error.args) and bool(frappe.db.is_unique_key_violation(error))


def _start(name: str, count: int) -> None:
	if count <= AT_ONCE:
		job.run_in_request(name)
	else:
		job.queue_job(name)
