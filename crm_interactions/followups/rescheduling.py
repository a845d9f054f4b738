"""An Event that stands in the calendar for an activity is moved, cancelled or deleted there (R24).

Moving it moves the activity, by a save of its own with all its rules, before the Event is written: what refuses the one
refuses the other. Nobody is there to read a refusal when Google's changes are fetched; then the Event is put back, and the
activity says why.
"""

import frappe
from frappe import _
from frappe.utils import escape_html, get_datetime

from crm_interactions.activities import period
from crm_interactions.chains import locks
from crm_interactions.followups import calendar

SAVEPOINT = "crm_interactions_event"
TIME = ("starts_on", "ends_on", "all_day")


def on_event_changed(event) -> None:
	"""Raises: what saving the activity refuses."""
	before = event.get_doc_before_save()
	if not before:
		return
	if event.status in calendar.OVER and before.status not in calendar.OVER:
		on_event_closed(event)
	elif _time(event) != _time(before) and (activity := _activity(event)):
		if _is_pulled(event):
			_move_or_put_back(activity, event, before)
		else:
			_move(activity, event)


def on_event_closed(event) -> None:
	"""Its owner doesn't want it in his calendar; whether the activity takes place is not decided there."""
	activity = _activity(event)
	if activity and activity.status == "Planned":
		_take_out(activity, _("was cancelled in the calendar. It stays planned, outside the calendar."))


def on_event_deleted(event) -> None:
	activity = _activity(event)
	if activity:
		_take_out(activity, _("was deleted from the calendar. It stays as it is, outside the calendar."))


def _activity(event):
	"""Return the activity whose Event this is; who only refers to one by hand gets None."""
	pair = event.reference_doctype, event.reference_docname
	if not pair[1] or not event.name or frappe.db.get_value(*pair, "event") != event.name:
		return None
	return frappe.get_doc(*pair)


def _move(activity, event) -> None:
	start, end = _time(event)
	if period.change_times(activity, start, end):
		activity.flags.moved_by_event = True
		activity.save()


def _move_or_put_back(activity, event, before) -> None:
	frappe.db.savepoint(SAVEPOINT)
	try:
		_move(activity, event)
	except (frappe.ValidationError, frappe.PermissionError) as error:
		if locks.is_given_up(error):
			raise  # the savepoint has gone with the transaction
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		asked_for = event.get_formatted("starts_on")
		event.update({field: before.get(field) for field in TIME})
		reason = frappe.utils.strip_html(str(error)) or _("You may not change it.")
		text = _("wasn't moved to {0} with the Google calendar: {1}").format(asked_for, reason)
		activity.add_comment("Info", escape_html(text))


def _is_pulled(event) -> bool:
	"""The platform saves so what it fetched from Google; forms and the calendar view save with rights."""
	return bool(event.flags.ignore_permissions and event.google_calendar_event_id)


def _take_out(activity, text: str) -> None:
	# past its save, which a completed one doesn't allow; a form that was opened before has to be loaded again
	frappe.db.set_value(activity.doctype, activity.name, {"add_to_calendar": 0, "event": None})
	activity.add_comment("Info", text)


def _time(event) -> tuple:
	start, end = (
		event.get(field) and get_datetime(event.get(field)).replace(microsecond=0)
		for field in ("starts_on", "ends_on")
	)
	return start, end if end != start else None
