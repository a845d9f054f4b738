"""*Completed* makes an activity read-only; reopening takes a separate permission and is recorded (R9).

The permission is Frappe's write permission on level 2 of the document type. Administrators grant it in the
Role Permission Manager; the app keeps no list of roles.
"""

import json

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.utils import cast, cstr, get_datetime, get_fullname, now_datetime

from crm_interactions.activities import history, period, review
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import CompletedError
from crm_interactions.platform.stored_text import as_html

REOPEN_FIELD = "reopened_on"  # field of level 2; write permission on it is the permission to reopen
FORMER = "before_completion"
# written by the server only
KEPT_FIELDS = (REOPEN_FIELD, "reopened_by", "reopen_reason", FORMER)
# what completing a planned activity changes and reopening restores, each group as a whole
RESTORED = (("status",), ("starts_on", "ends_on", "duration"))


def is_locked(doc) -> bool:
	"""Return whether a document was completed before this save; False for a new one and with `flags.reopening`."""
	if doc.is_new() or not doc.meta.has_field("completed") or doc.flags.reopening:
		return False
	if before := doc.get_doc_before_save():
		return bool(before.completed)
	return bool(frappe.db.get_value(doc.doctype, doc.name, "completed"))


def refuse_changes(doc) -> None:
	"""Refuse changes to a document that was completed before, except reviewing it and clearing *Completed*.

	Review fields are stamped (`review.stamp_review`), as supervisors review completed activities (R12). Clearing
	*Completed* alone reopens the document as `reopen` does, without a reason, and sets `flags.reopening`. The caller
	saves.

	Raises: CompletedError naming the changed fields; PermissionError if the user may not reopen; as `stamp_review`.
	"""
	changed = changed_fields(doc.get_doc_before_save(), doc) - review.OVERSIGHT_FIELDS
	if changed <= {"completed"}:
		review.stamp_review(doc)
		if changed:
			_reopen_fields(doc, reason=None)
		return
	labels = ", ".join(sorted(_(doc.meta.get_label(fieldname)) for fieldname in changed))
	frappe.throw(
		_(
			"{0} is completed and can't be changed ({1}). Reopen it first, or ask a supervisor to reopen it."
		).format(bold(doc.name), labels),
		CompletedError,
		title=_("Completed"),
	)


def refuse_delete(doc) -> None:
	"""Raise CompletedError for a completed activity, except with `flags.ignore_completed` and during uninstall."""
	if doc.get("completed") and not doc.flags.ignore_completed and not frappe.flags.in_uninstall:
		frappe.throw(
			_(
				"{0} is completed and can't be deleted. Reopen it first, or ask a supervisor to reopen it."
			).format(bold(doc.name)),
			CompletedError,
			title=_("Completed"),
		)


def complete(doc, outcome: str | None = None) -> None:
	"""Complete and save an Interaction or a Meeting; a planned one becomes *Held* (`stamp_completion`).

	Args:
		outcome: name of an Interaction Outcome; None keeps the current one.

	Raises: CompletedError if it is already completed; PermissionError without write permission; errors of the save.
	"""
	doc.check_permission("write")
	if doc.completed:
		refuse_again(doc.name, doc.completed_by)
	if outcome:
		doc.outcome = outcome
	doc.completed = 1
	doc.save()


def refuse_again(name: str, completed_by: str | None) -> None:
	"""Raise CompletedError, naming the user who has already completed the activity."""
	user = get_fullname(completed_by)
	frappe.throw(
		_("{0} was already completed by {1}. Reload to see it.").format(bold(name), bold(user)),
		CompletedError,
		title=_("Completed"),
	)


def reopen(doc, reason: str | None = None) -> None:
	"""Reopen and save a completed activity; record user, time and reason on the document and in its timeline.

	Status and time become those before the completion, unless they were changed since.

	Raises: PermissionError without permission to write or reopen; ValidationError if the activity isn't completed.
	"""
	doc.check_permission("write")
	if not doc.completed:
		frappe.throw(_("{0} isn't completed and can't be reopened. Edit it directly.").format(bold(doc.name)))
	doc.completed = 0
	_reopen_fields(doc, reason)
	doc.save()


def stamp_completion(doc) -> None:
	"""Record who completed the activity and when, without saving; clear both if it isn't completed.

	On completion, a planned activity becomes *Held*. If it starts later and has no resources, its period moves to now.
	The former values are kept for `reopen`.

	Raises: ValidationError for an imported time in the future or before the start, or without *Completed*.
	"""
	if not doc.meta.has_field("completed"):
		return
	if not doc.completed:
		history.clear(doc, "completed")
		doc.set(FORMER, None)
		return
	before = doc.get_doc_before_save()
	if before and before.completed:
		return
	imported = doc.completed_on if history.is_imported(doc) else None
	# set by server code that records the past (demo data); clients can't set flags
	history.stamp(doc, "completed", default=doc.flags.completed_on)
	if imported:
		_refuse_completion_before_start(doc)
	if doc.status == "Planned":
		former = {field: doc.get(field) for group in RESTORED for field in group}
		doc.status = "Held"
		_bring_forward(doc)
		note_former(doc, values={field: [value, doc.get(field)] for field, value in former.items()})


def is_completing(doc) -> bool:
	"""Return whether this save completes a planned activity."""
	before = doc.get_doc_before_save()
	return bool(doc.get(FORMER) and not (before and before.completed))


def note_former(doc, **found) -> None:
	"""Add to the state before completion, without saving: JSON values, dates as text, by a name for each kind."""
	doc.set(FORMER, json.dumps({**read_former(doc), **found}, default=str))


def read_former(doc) -> dict:
	"""Return the state before completion as noted; {} for an activity that isn't completed."""
	return json.loads(doc.get(FORMER) or "{}")


def take_former(doc, name: str):
	"""Return the value noted under a name of an activity that this save reopens, once; else None."""
	return (doc.flags.former_state or {}).pop(name, None)


def _refuse_completion_before_start(doc) -> None:
	"""Raise ValidationError for an imported completion before the start; with resources, that is an early finish."""
	if not doc.get("resources") and get_datetime(doc.completed_on) < get_datetime(doc.starts_on):
		frappe.throw(
			_("{0} ({1}) is before the start ({2}). Correct one of them.").format(
				bold(_(doc.meta.get_label("completed_on"))),
				doc.get_formatted("completed_on"),
				doc.get_formatted("starts_on"),
			),
			title=_("Check the Time"),
		)


def _bring_forward(doc) -> None:
	"""Move an activity that starts after its completion so that it starts at its completion, keeping its length.

	An activity with resources keeps its time, because users know when they used the booked resource.
	"""
	if doc.get("resources"):
		return
	completed, start = get_datetime(doc.completed_on), get_datetime(doc.starts_on)
	if start <= completed:
		return
	if doc.get("ends_on"):
		doc.ends_on = site_time.later(completed, period.entered_length(doc))
	doc.starts_on = completed


def changed_fields(before, after) -> set[str]:
	"""Return the names of fields that differ, rows included; 0 and blank, microseconds and outer spaces don't count."""
	return {
		df.fieldname
		for df in after.meta.fields
		if (df.fieldtype in table_fields or df.fieldtype not in no_value_fields)
		and not df.get("is_virtual")
		and _comparable(before, df) != _comparable(after, df)
	}


def _comparable(doc, df):
	value = doc.get(df.fieldname)
	if df.fieldtype in table_fields:
		return [[_comparable(row, cdf) for cdf in row.meta.fields] for row in value or []]
	if df.fieldtype == "Datetime":
		# forms send seconds, the database keeps microseconds
		return get_datetime(value).replace(microsecond=0) if value else None
	if df.fieldtype in ("Rating", "Duration"):
		return round(float(value or 0), 6)
	if df.fieldtype in ("Currency", "Float", "Percent", "Int", "Check", "Date"):
		return cast(df.fieldtype, value) if value else None
	return cstr(value).strip()


def _reopen_fields(doc, reason: str | None) -> None:
	if not doc.has_permlevel_access_to(REOPEN_FIELD, permission_type="write"):
		role = bold(_("Interaction Manager"))
		frappe.throw(
			_("You may not reopen {0}. Ask a user with the role {1}.").format(bold(doc.name), role),
			frappe.PermissionError,
			title=_("Completed"),
		)
	doc.flags.reopening = True
	doc.flags.former_state = _restore_values(doc)
	doc.completed_by = doc.completed_on = None
	doc.reopened_by = frappe.session.user
	doc.reopened_on = now_datetime()
	doc.reopen_reason = reason
	text = _("reopened this. Reason: {0}").format(reason) if reason else _("reopened this")
	doc.add_comment("Info", as_html(text))


def _restore_values(doc) -> dict:
	"""Restore the values that completion changed, group by group, where none was changed since; return the noted values."""
	former = read_former(doc)
	values = former.get("values", {})
	for group in RESTORED:
		noted = [field for field in group if field in values]
		if all(_has_value(doc, field, values[field][1]) for field in noted):
			doc.update({field: values[field][0] for field in noted})
	doc.set(FORMER, None)
	return former


def _has_value(doc, field: str, value) -> bool:
	df = doc.meta.get_field(field)
	return _comparable(doc, df) == _comparable({field: value}, df)
