"""Completion of a plan for the next step: its kind and its date (R22)."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from crm_interactions.activities import dictionaries, period
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import clock, rules

GIVEN = ("next_doctype", "next_type", "next_in", "next_unit", "next_on", "next_title")
MEETING = "Meeting"


def is_wanted(doc, before) -> bool:
	"""Return whether `plan_next` is ticked and this save hasn't cleared both number and date of a stored plan."""
	if not doc.plan_next:
		return False
	emptied = before and before.plan_next and before.next_on and not doc.next_on and not cint(doc.next_in)
	return not emptied


def clear_plan(doc) -> None:
	"""Empty the plan's fields except `next_unit`, without saving; the link to the follow-up stays."""
	doc.plan_next = doc.next_in = 0
	for field in ("next_doctype", "next_type", "next_on", "next_title"):
		doc.set(field, None)


def complete_plan(doc, before=None) -> None:
	"""Fill blank kind, date and title of a plan from the type's rules, and turn a number into a date, without saving.

	A new date replaces the number, which becomes 0; a number changed alone since `before`, the stored version, replaces
	the date. With type and date or number, no rule is read: a blank title stays. A blank type becomes the rule's, else
	the activity's own; but for `next_doctype` Meeting a type of that medium, whatever the rule.

	Raises: MandatoryError if neither the plan nor a rule within its limit gives a date; ValidationError for a new date
		before the start of an activity that isn't completed, and as `clock.add_units`.
	"""
	proposed = None
	if not doc.next_type or not (doc.next_on or cint(doc.next_in)):
		proposed = rules.find_proposal(doc)
	_set_kind(doc, proposed)
	_set_when(doc, before, proposed)
	if proposed and not proposed.ask:
		doc.next_title = doc.next_title or proposed.next_title
	due = site_time.due_until(doc.next_on, doc.responsible)
	if not _may_precede(doc, before) and due < get_datetime(doc.starts_on):
		dates = (frappe.format(date, "Datetime") for date in (doc.next_on, doc.starts_on))
		frappe.throw(
			_("The next step ({0}) is before this activity ({1}). Choose a later date.").format(*dates),
			title=_("Check the Next Step"),
		)


def _may_precede(doc, before) -> bool:
	"""Return whether the next step may be before this activity: planned when it was completed, and reopened since."""
	if doc.completed or doc.flags.reopening:
		return True
	return bool(
		before and before.plan_next and _same_date(doc, before) and _same_date(doc, before, "starts_on")
	)


def _set_kind(doc, proposed) -> None:
	if not doc.next_type and doc.next_doctype == MEETING:
		doc.next_type = (
			doc.interaction_type
			if _medium(doc.interaction_type) == MEETING
			else dictionaries.find_meeting_type()
		)
	if not doc.next_type:
		doc.next_type = (proposed and not proposed.ask and proposed.next_type) or doc.interaction_type
	if not doc.next_doctype:
		same = doc.next_type == doc.interaction_type
		doc.next_doctype = doc.doctype if same else doctype_of(doc.next_type)


def _set_when(doc, before, proposed) -> None:
	by_count = cint(doc.next_in) and (
		not doc.next_on
		or (before and _changed(doc, before, "next_in", "next_unit") and _same_date(doc, before))
	)
	if not doc.next_on and not by_count:
		_take_proposed_time(doc, proposed)
		by_count = True
	if by_count:
		doc.next_on = find_due_date(doc, doc.next_in, doc.next_unit)
	elif not before or not _same_date(doc, before):
		# the entered date replaces the number, which would contradict it
		doc.next_in = 0


def find_due_date(doc, count: int, unit: str) -> datetime:
	"""Return the date a number of units after the activity's own end or, if that has passed, after now (R22).

	An activity that is completed before its time ends now.

	Args:
		doc: an activity, or a row with its period, `responsible`, `company` and `completed`.

	Raises: as `clock.add_units`.
	"""
	now, whose = site_time.now(), (doc.responsible, doc.get("company"))
	found = clock.add_units(_find_end(doc, now), count, unit, *whose)
	if site_time.due_until(found, doc.responsible) < now:
		found = clock.add_units(now, count, unit, *whose)
	return found


def _find_end(doc, now: datetime) -> datetime:
	start, end = period.period_of(doc, usual=timedelta())
	if doc.completed and start > now:
		return now
	# the end of a day without a time is no time either
	return start if not doc.ends_on and site_time.find_day(start, doc.responsible) else end


def _take_proposed_time(doc, proposed) -> None:
	if proposed and not proposed.ask:
		doc.next_in, doc.next_unit = proposed.next_in, proposed.next_unit
		return
	if proposed:
		frappe.throw(
			_(
				"{0} had the outcome {1} {2} times in a row. Choose the next step and its date yourself."
			).format(bold(_(doc.interaction_type)), bold(_(doc.outcome)), proposed.times),
			frappe.MandatoryError,
			title=_("Next Step Is Missing"),
		)
	frappe.throw(
		_("The next step has no date. Enter a number of hours, days, weeks or months, or choose a date."),
		frappe.MandatoryError,
		title=_("Next Step Is Missing"),
	)


def _changed(doc, before, *fields: str) -> bool:
	return any((doc.get(field) or None) != (before.get(field) or None) for field in fields)


def _same_date(doc, before, field: str = "next_on") -> bool:
	# forms send seconds, the database keeps microseconds
	new, old = (
		get_datetime(each.get(field)).replace(microsecond=0) if each.get(field) else None
		for each in (doc, before)
	)
	return new == old


def is_plan_changed(doc, before) -> bool:
	"""Return whether date, kind or title of the plan differ from the stored version; the number isn't compared."""
	return not _same_date(doc, before) or _changed(doc, before, "next_doctype", "next_type", "next_title")


def _medium(interaction_type: str | None) -> str | None:
	if not interaction_type:
		return None
	return frappe.get_cached_value("Interaction Type", interaction_type, "medium")


def doctype_of(interaction_type: str) -> str:
	"""Return the DocType of an Interaction Type's activities: Meeting for this medium, Interaction for all others."""
	return MEETING if _medium(interaction_type) == MEETING else "Interaction"
