"""Transfer of one document between users, with the requester's rights and through the document's own rules."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cstr, get_fullname

from crm_interactions.chains import locks
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.handover import history, scope, transfer_log
from crm_interactions.platform.stored_text import as_html, of_message

SAVEPOINT = "crm_interactions_hand_over"
# the database has aborted the transaction, or has to: the whole chunk is repeated
TRANSIENT = (frappe.QueryDeadlockError, frappe.QueryTimeoutError, ChangedMeanwhileError)
REFUSED = (frappe.ValidationError, frappe.PermissionError)


class LeftError(Exception):
	"""The document stays unchanged; the message states the reason."""


class ChangedError(LeftError):
	"""The document no longer has the expected value."""


def attempt_transfer(work: Callable[[], None], leave: Callable[[str], None], *, last: bool) -> None:
	"""Run the work on one document; roll back a failure to a savepoint and leave the document. The others continue.

	The rollback drops all messages of the request. An unexpected error goes to the Error Log.

	Args:
		work: changes the document. LeftError leaves it.
		leave: stores the reason why the document was left.
		last: no later pass follows, so a document with a concurrent change is left, too, instead of only rolled back.

	Raises: an error of `TRANSIENT`, after which the caller repeats the chunk.
	"""
	frappe.db.savepoint(SAVEPOINT)
	try:
		locks.explain_save_conflicts(work)()
	except TRANSIENT:
		raise
	except frappe.TimestampMismatchError:
		locks.roll_back(SAVEPOINT)
		if last:
			leave(_("Another user was changing it at the same time."))
	except frappe.DoesNotExistError:
		locks.roll_back(SAVEPOINT)
		leave(_("It no longer exists."))
	except (LeftError, *REFUSED) as error:
		locks.roll_back(SAVEPOINT)
		leave(of_message(error) or _("You may not change it."))
	except Exception:
		locks.roll_back(SAVEPOINT)
		# probably another app's handler; the other documents continue
		frappe.log_error("Hand-Over: Document Left")
		leave(_("It couldn't be saved. See the Error Log."))


def hand_over(record, doctype: str, name: str) -> None:
	"""Assign a document to the successor, show its chain's history, and add an entry and a timeline comment.

	A task that the successor already has is cancelled. Nothing happens if the former user no longer has the document.

	Raises: LeftError if the successor can't read it or the session's user may not change the chain or task; errors from
		loading and saving the document. The caller rolls back.
	"""
	field, value = _find_change(record, doctype, name)
	try:
		before = _write(doctype, name, field, value, expected=None if field == "status" else record.from_user)
	except ChangedError:
		return  # the former user no longer has it
	if chain := _chain_of(doctype, name):
		history.show_history(record, chain)
	_require_readable(record.to_user, doctype, name)
	change = {"field": field, "old_value": before, "new_value": value}
	transfer_log.write_entry(record.name, doctype, name, transfer_log.DONE, **change)
	text = _("handed this over from {0} to {1} ({2})")
	_add_comment(record, doctype, name, text, _("handed the assignment over from {0} to {1} ({2})"))


def give_back(record, entry) -> None:
	"""Restore the value before an entry, unless its document changed since; mark the entry and add a timeline comment.

	Raises: LeftError if the document is missing or changed, over in a hand-over of open items only, or a chain or task
		that the session's user may not change; errors from saving the document.
	"""
	doctype, name = entry.document_type, entry.document
	if not frappe.db.exists(doctype, name):
		raise LeftError(_("It no longer exists."))
	doc = frappe.get_doc(doctype, name)
	if entry.field != "status" and record.open_only and scope.is_over(doc):
		raise LeftError(_("It is no longer open, so its responsible user stays."))
	_write(doctype, name, entry.field, entry.old_value, expected=entry.new_value)
	transfer_log.mark_entry(entry.name, transfer_log.GIVEN_BACK)
	text = _("undid the hand-over from {0} to {1} ({2})")
	of_assignment = _("undid the hand-over of the assignment from {0} to {1} ({2})")
	_add_comment(record, doctype, name, text, of_assignment)


def _find_change(record, doctype: str, name: str) -> tuple[str, str]:
	"""Return the field and its new value; a task that the successor already has is cancelled instead."""
	if doctype == scope.TODO:
		task = frappe.db.get_value(doctype, name, ["reference_type", "reference_name"], as_dict=True)
		same = task and task.reference_name and {**task, "allocated_to": record.to_user, "status": "Open"}
		if same and frappe.db.exists(doctype, same):
			return "status", "Cancelled"
	return scope.field_of(doctype), record.to_user


def _write(doctype: str, name: str, field: str, value: str, expected: str | None) -> str:
	"""Write one field of a document; return its former value.

	Raises: ChangedError without the expected value; LeftError without the right to a chain or task; errors from saving.
	"""
	if doctype == locks.CHAIN:
		return _write_chain(name, field, value, expected)
	doc = frappe.get_doc(doctype, name)
	before = cstr(doc.get(field))
	_require_unchanged(before, expected)
	doc.set(field, value)
	# the hand-over moves assignments itself, with one notification for all
	doc.flags.handed_over = True
	if doctype == scope.TODO:
		if not scope.has_task_permission(doc, "write"):
			raise LeftError(_("You may not change it."))
		# the right to the assigned document was checked; see `scope`
		doc.save(ignore_permissions=True)
	else:
		doc.save()
	return before


def _write_chain(name: str, field: str, value: str, expected: str | None) -> str:
	"""Write one field past the form's save: derived fields may change while this waits for the lock."""
	held = locks.hold_chain(name)
	before = cstr(held[field])
	_require_unchanged(before, expected)
	if not frappe.has_permission(locks.CHAIN, "write", doc=name):
		raise LeftError(_("You may not change it."))
	frappe.db.set_value(locks.CHAIN, name, field, value)
	return before


def _chain_of(doctype: str, name: str) -> str | None:
	if doctype == locks.CHAIN:
		return name
	return frappe.db.get_value(doctype, name, "chain") if doctype != scope.TODO else None


def _require_unchanged(value: str, expected: str | None) -> None:
	if expected is not None and value != expected:
		raise ChangedError(_("It was changed after the hand-over."))


def _require_readable(user: str, doctype: str, name: str) -> None:
	"""Raise LeftError if the successor can't read the document; a task without a document counts as readable."""
	doc = frappe.get_doc(doctype, name)
	if doctype == scope.TODO:
		readable = scope.has_task_permission(doc, "read", user) if doc.reference_name else True
	else:
		readable = frappe.has_permission(doctype, "read", doc=doc, user=user)
	if not readable:
		raise LeftError(_("{0} can't read it.").format(get_fullname(user)))


def _add_comment(record, doctype: str, name: str, text: str, of_assignment: str) -> None:
	"""Add a timeline comment; for a task, on the assigned document, unless the hand-over has an entry for that."""
	if doctype == scope.TODO:
		task = frappe.db.get_value(doctype, name, ["reference_type", "reference_name"], as_dict=True)
		doctype, name, text = task.reference_type, task.reference_name, of_assignment
		if not name or transfer_log.find_tried(record.name, doctype, [name]):
			return
	people = (get_fullname(record.from_user), get_fullname(record.to_user), record.name)
	frappe.get_doc(doctype, name).add_comment("Info", as_html(text.format(*people)))
