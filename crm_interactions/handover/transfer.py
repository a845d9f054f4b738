"""One document goes from one user to another, with the rights of whoever asked, through the document's own rules."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, get_fullname, strip_html

from crm_interactions.chains import locks
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.handover import history, scope, transfer_log

SAVEPOINT = "crm_interactions_hand_over"
# the database has given up the transaction, or has to: the whole chunk is done again
TRANSIENT = (frappe.QueryDeadlockError, frappe.QueryTimeoutError, ChangedMeanwhileError)
REFUSED = (frappe.ValidationError, frappe.PermissionError)


class LeftError(Exception):
	"""The document stays as it is; the message says why."""


class ChangedError(LeftError):
	"""It is no longer what it was when somebody looked."""


def attempt_transfer(work: Callable[[], None], leave: Callable[[str], None], *, last: bool) -> None:
	"""Do the work on one document; one that refuses keeps no other.

	Args:
		work: changes the document. LeftError leaves it.
		leave: records why the document was left.
		last: what somebody else is just changing isn't looked at again later.
	"""
	frappe.db.savepoint(SAVEPOINT)
	try:
		locks.explain_save_conflicts(work)()
	except TRANSIENT:
		raise
	except frappe.TimestampMismatchError:
		_back()
		if last:
			leave(_("Somebody was changing it at the same moment."))
	except frappe.DoesNotExistError:
		_back()
		leave(_("It isn't there any more."))
	except (LeftError, *REFUSED) as error:
		_back()
		leave(strip_html(str(error)) or _("You may not change it."))
	except Exception:
		_back()
		# another app's handler, as like as not; the others go on
		frappe.log_error("Hand-Over: Document Left")
		leave(_("Saving it failed. The Error Log says why."))


def hand_over(record, doctype: str, name: str) -> None:
	"""Give a document to the successor, and note what it was before.

	Args:
		record: the hand-over.

	Raises: LeftError; what saving the document raises.
	"""
	field, value = _changed_to(record, doctype, name)
	try:
		before = _give(doctype, name, field, value, expected=None if field == "status" else record.from_user)
	except ChangedError:
		return  # it isn't the former one's any more, so there is nothing to hand over
	if chain := _chain_of(doctype, name):
		history.show_history(record, chain)
	_require_readable(record.to_user, doctype, name)
	transfer_log.write_entry(
		record.name, doctype, name, transfer_log.DONE, field=field, old_value=before, new_value=value
	)
	text = _("handed this over from {0} to {1} ({2})")
	_comment(record, doctype, name, text, _("handed the assignment over from {0} to {1} ({2})"))


def give_back(record, entry) -> None:
	"""Undo an entry, unless something changed since.

	Raises: LeftError; what saving the document raises.
	"""
	doctype, name = entry.document_type, entry.document
	if not frappe.db.exists(doctype, name):
		raise LeftError(_("It isn't there any more."))
	doc = frappe.get_doc(doctype, name)
	if entry.field != "status" and record.open_only and scope.is_over(doc):
		raise LeftError(_("It is over by now; who was responsible stays."))
	_give(doctype, name, entry.field, entry.old_value, expected=entry.new_value)
	transfer_log.mark_entry(entry.name, transfer_log.GIVEN_BACK)
	text = _("took the hand-over from {0} to {1} back ({2})")
	_comment(
		record, doctype, name, text, _("took the hand-over of the assignment from {0} to {1} back ({2})")
	)


def _changed_to(record, doctype: str, name: str) -> tuple[str, str]:
	"""Return field and new value; where the successor has the same task already, the second one ends."""
	if doctype == scope.TODO:
		task = frappe.db.get_value(doctype, name, ["reference_type", "reference_name"], as_dict=True)
		same = task and task.reference_name and {**task, "allocated_to": record.to_user, "status": "Open"}
		if same and frappe.db.exists(doctype, same):
			return "status", "Cancelled"
	return scope.field_of(doctype), record.to_user


def _give(doctype: str, name: str, field: str, value: str, expected: str | None) -> str:
	"""Write one field of a document; return what it was.

	Raises: LeftError where it isn't what was expected.
	"""
	if doctype == locks.CHAIN:
		return _give_chain(name, field, value, expected)
	doc = frappe.get_doc(doctype, name)
	before = cstr(doc.get(field))
	_require_unchanged(before, expected)
	doc.set(field, value)
	# the assignment is handed over by itself, without a notification for each
	doc.flags.handed_over = True
	if doctype == scope.TODO:
		if not scope.has_task_permission(doc, "write"):
			raise LeftError(_("You may not change it."))
		# see `scope`: the right to the document that it assigns was asked for
		doc.save(ignore_permissions=True)
	else:
		doc.save()
	return before


def _give_chain(name: str, field: str, value: str, expected: str | None) -> str:
	"""Not through its form's save: what is derived from its activities moves on while we wait for it."""
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
		raise ChangedError(_("Somebody changed it since."))


def _require_readable(user: str, doctype: str, name: str) -> None:
	"""Who can't see what he answers for would never know of it."""
	doc = frappe.get_doc(doctype, name)
	if doctype == scope.TODO:
		readable = scope.has_task_permission(doc, "read", user) if doc.reference_name else True
	else:
		readable = frappe.has_permission(doctype, "read", doc=doc, user=user)
	if not readable:
		raise LeftError(_("{0} may not read it.").format(get_fullname(user)))


def _comment(record, doctype: str, name: str, text: str, of_assignment: str) -> None:
	"""Say in the timeline what was done; of an assignment, on what it assigns, unless that says it of itself."""
	if doctype == scope.TODO:
		task = frappe.db.get_value(doctype, name, ["reference_type", "reference_name"], as_dict=True)
		doctype, name, text = task.reference_type, task.reference_name, of_assignment
		if not name or transfer_log.find_tried(record.name, doctype, [name]):
			return
	people = (get_fullname(record.from_user), get_fullname(record.to_user), record.name)
	frappe.get_doc(doctype, name).add_comment("Info", escape_html(text.format(*people)))


def _back() -> None:
	frappe.db.rollback(save_point=SAVEPOINT)
	frappe.clear_messages()
