"""Asking for a hand-over: who may, what it is about, and that one of the same colleague runs at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import now_datetime

from crm_interactions.chains import locks
from crm_interactions.controllers.validation import bold
from crm_interactions.handover import chunks, job, scope
from crm_interactions.supervision import rights

COUNTED = (
	"activities",
	"next_steps",
	"chains",
	"assignments",
	"reminders",
	"bookings",
	"calendar_entries",
	"total",
)
# documents that are handed over within the request; nobody waits for a worker because of a handful
AT_ONCE = 20
SAVEPOINT = "crm_interactions_ask"


def preview(wanted: scope.Scope) -> dict:
	"""Return what would be handed over; see `scope.count_documents`.

	Raises: PermissionError.
	"""
	rights.require_right(wanted.from_user)
	return scope.count_documents(wanted)


@locks.explain_save_conflicts
def hand_over(wanted: scope.Scope, to_user: str) -> dict:
	"""Hand over what somebody has, as far as the session's user may change it.

	Returns: `name`, `status`, `done_count`, `left_count` and `total` of the hand-over.

	Raises: PermissionError; ValidationError for people who can't, when there is nothing, or when it is under way.
	"""
	rights.require_right(wanted.from_user)
	rights.require_people(wanted.from_user, to_user)
	counts = scope.count_documents(wanted)
	if not counts["total"]:
		frappe.throw(
			_("{0} has nothing of this kind that you may see. Choose less, or somebody else.").format(
				bold(frappe.utils.get_fullname(wanted.from_user))
			),
			title=_("Nothing to Hand Over"),
		)
	record = _record(wanted, to_user, counts)
	_go(record.name, counts["total"])
	return describe_progress(record.name)


@locks.explain_save_conflicts
def undo_hand_over(name: str) -> dict:
	"""Give back what was handed over and hasn't been changed since.

	Returns: as `hand_over`, with `undone_count` and `kept_count`.

	Raises: PermissionError; ValidationError when it isn't over or was undone already.
	"""
	record = _held(name)
	if record.status not in (chunks.FINISHED, chunks.FAILED):
		frappe.throw(
			_("{0} can't be undone now, because it is {1}. Reload to see how far it is.").format(
				bold(name), _(record.status)
			),
			title=_("Can't Be Undone"),
		)
	_again(record, undoing=1, undone_by=frappe.session.user)
	_go(name, record.done_count)
	return describe_progress(name)


def go_on(name: str) -> dict:
	"""Let a hand-over that failed go on where it stopped.

	Returns: as `hand_over`.

	Raises: PermissionError; ValidationError when it didn't fail.
	"""
	record = _held(name)
	if record.status != chunks.FAILED:
		frappe.throw(
			_("{0} is {1}; only what failed can go on. Reload to see how far it is.").format(
				bold(name), _(record.status)
			)
		)
	by = {"undone_by": frappe.session.user} if record.undoing else {"asked_by": frappe.session.user}
	_again(record, undoing=record.undoing, **by)
	job.queue_job(name)
	return describe_progress(name)


def describe_progress(name: str) -> dict:
	fields = ["name", "status", "total", "done_count", "left_count", "undone_count", "kept_count"]
	return frappe.db.get_value(chunks.HAND_OVER, name, fields, as_dict=True)


def _record(wanted: scope.Scope, to_user: str, counts: dict):
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
		# who may was asked above; nobody writes a hand-over's record himself
		record.insert(ignore_permissions=True)
	return record


def _again(record, **values) -> None:
	values.update(
		status=chunks.QUEUED, running_key=record.from_user, problem=None, last_sign_on=now_datetime()
	)
	with _one_at_a_time(record.from_user):
		frappe.db.set_value(chunks.HAND_OVER, record.name, values)


def _held(name: str):
	record = frappe.db.get_value(chunks.HAND_OVER, name, "*", as_dict=True, for_update=True)
	if not record or not frappe.has_permission(chunks.HAND_OVER, "read", doc=name):
		frappe.throw(
			_("There is no hand-over {0} that you may see. Reload the list.").format(bold(name)),
			frappe.PermissionError,
		)
	rights.require_right(record.from_user)
	return record


@contextmanager
def _one_at_a_time(from_user: str) -> Iterator[None]:
	"""The database takes a key once, also of two who ask at the same moment."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		yield
	except Exception as error:
		if not _is_taken(error):
			raise
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		frappe.throw(
			_("What {0} has is being handed over already. Wait until that is done.").format(
				bold(frappe.utils.get_fullname(from_user))
			),
			title=_("Under Way Already"),
		)


def _is_taken(error: Exception) -> bool:
	if isinstance(error, frappe.UniqueValidationError):
		return True
	# the database's own error, which begins with a number; others may say nothing
	return bool(error.args) and bool(frappe.db.is_unique_key_violation(error))


def _go(name: str, how_many: int) -> None:
	if how_many <= AT_ONCE:
		job.at_once(name)
	else:
		job.queue_job(name)
