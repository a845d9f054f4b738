"""Changes to an activity's Event in the calendar: it is moved, cancelled or deleted there (R24).

Moving the Event saves the activity first, with all its rules, then the Event: a refusal stops both. A change fetched
from Google has no user to read a refusal; the Event keeps its time, and a comment on the activity gives the reason.
"""

import frappe
from frappe import _
from frappe.utils import get_datetime

from crm_interactions.activities import period
from crm_interactions.chains import locks
from crm_interactions.followups import calendar, rules
from crm_interactions.platform.stored_text import as_html, of_message

SAVEPOINT = "crm_interactions_event"
TIME = ("starts_on", "ends_on", "all_day")


def on_event_changed(event) -> None:
	"""Save the activity at its Event's new time, or take it out of the calendar if the Event is closed or cancelled.

	An Event that was moved to whole days gets the activity's time of day on the new day, and isn't all-day.
	A new Event, and one that only refers to an activity, change nothing. If the save refuses a time from Google, the
	Event gets its former time again, and the activity a comment.

	Raises: errors of saving the activity; for a change from Google, only ChangedMeanwhileError.
	"""
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
	"""Take a planned activity out of the calendar by query, which sets `modified`, with a comment; it stays planned."""
	activity = _activity(event)
	if activity and activity.status == "Planned":
		_take_out(activity, _("cancelled the calendar event. The activity stays planned, without an event."))


def on_event_deleted(event) -> None:
	"""Take the activity, whatever its status, out of the calendar by query, which sets `modified`, with a comment."""
	activity = _activity(event)
	if activity:
		_take_out(activity, _("deleted the calendar event. The activity stays as it is, without an event."))


def has_activity(event) -> bool:
	"""Return whether this Event stands for an activity."""
	return event.reference_doctype in rules.PLANNING and bool(_activity(event))


def _activity(event):
	"""Return the activity that this Event stands for; None for an Event that only refers to one."""
	reference = event.reference_doctype, event.reference_docname
	if not reference[1] or not event.name or frappe.db.get_value(*reference, "event") != event.name:
		return None
	return frappe.get_doc(*reference)


def _move(activity, event) -> None:
	"""Save the activity at its Event's time, and set on the Event, which is being saved, the time that results."""
	start, end = _time(event)
	user = activity.responsible if _is_pulled(event) else frappe.session.user
	if period.change_times(activity, start, end, user=user):
		activity.flags.moved_by_event = True
		activity.save()
	if not end:
		return
	# other times than the Event's if it was moved to whole days, or if the clocks change
	event.starts_on, event.ends_on = get_datetime(activity.starts_on), period.shown_end(activity)
	event.all_day = 0
	if _time(event)[0] != start and not _is_pulled(event):
		_announce_time(event)


def _announce_time(event) -> None:
	frappe.msgprint(
		_(
			"Activities have a time of day. This one is now planned for {0}. Open it to change the time."
		).format(event.get_formatted("starts_on")),
		alert=True,
	)


def _move_or_put_back(activity, event, before) -> None:
	frappe.db.savepoint(SAVEPOINT)
	try:
		_move(activity, event)
	except (frappe.ValidationError, frappe.PermissionError) as error:
		if locks.is_given_up(error):
			raise  # the savepoint was lost with the transaction
		locks.roll_back(SAVEPOINT)
		requested = event.get_formatted("starts_on")
		event.update({field: before.get(field) for field in TIME})
		reason = of_message(error) or _("You may not change it.")
		text = _("couldn't move this to {0}, as in Google Calendar: {1}").format(requested, reason)
		activity.add_comment("Info", as_html(text))


def _is_pulled(event) -> bool:
	"""Return whether Frappe saves a change from Google; forms and the calendar view check permissions."""
	return bool(event.flags.ignore_permissions and event.google_calendar_event_id)


def _take_out(activity, text: str) -> None:
	# no save, which a completed activity refuses; this changes `modified`, so that open forms have to be reloaded
	frappe.db.set_value(activity.doctype, activity.name, {"add_to_calendar": 0, "event": None})
	activity.add_comment("Info", text)


def _time(event) -> tuple:
	start, end = (
		event.get(field) and get_datetime(event.get(field)).replace(microsecond=0)
		for field in ("starts_on", "ends_on")
	)
	return start, end if end != start else None
