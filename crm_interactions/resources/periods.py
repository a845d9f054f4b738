"""Periods for which an activity books its resources."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime

from crm_interactions.activities import period
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.resources.bookings import FREEING
from crm_interactions.resources.slots import Interval

USUAL = timedelta(hours=1)


def activity_period(doc) -> Interval:
	"""Return start and end in whole seconds; without an end after the start, its duration counts, or one hour."""
	start, end = period.period_of(doc, usual=USUAL)
	return _whole_seconds(start), _whole_seconds(end)


def fill_periods(doc) -> None:
	"""Set `booked_from`, `booked_to`, `ends_repeated`, `own_time` and `holds` of each resource row; text becomes a date.

	A row whose times a user entered or changed keeps them until they are cleared; other rows follow the activity. A
	cancelled or not held activity keeps its rows but holds nothing.

	Raises: ValidationError for text that isn't a date, and for an end that isn't after the start.
	"""
	before = doc.get_doc_before_save()
	known = {row.name: row for row in before.resources} if before else {}
	activity = activity_period(doc)
	for row in doc.resources:
		period.require_readable(row)
		period.move_skipped_times(row)
		row.own_time = int(_has_own_time(row, known.get(row.name)))
		row.booked_from, row.booked_to = _own(row, activity) if row.own_time else activity
		row.ends_repeated = row.booked_to.fold
		row.holds = int(doc.status not in FREEING)


def row_period(row) -> Interval:
	"""Return the stored times, with `fold` for the second of two equal times."""
	start, end = _whole_seconds(row.booked_from), _whole_seconds(row.booked_to)
	return start, end and end.replace(fold=int(bool(row.get("ends_repeated"))))


def _has_own_time(row, old) -> bool:
	given = row_period(row)
	if given == (None, None):
		return False
	return bool(row.own_time) or given != (row_period(old) if old else (None, None))


def _own(row, activity: Interval) -> Interval:
	"""Return a row's own times; a missing start or length comes from the activity."""
	start, end = row_period(row)
	start = start or activity[0]
	if not end:
		return start, site_time.later(start, site_time.elapsed(*activity))
	start, end = site_time.read_period(start, end)
	if site_time.elapsed(start, end) <= timedelta():
		frappe.throw(
			_("Row {0}: the booking of {1} ends before it begins. Correct one of the times.").format(
				row.idx, bold(row.resource)
			),
			title=_("Check the Time"),
		)
	return start, end


def _whole_seconds(value) -> datetime | None:
	"""Return a moment in whole seconds, as forms send it."""
	return get_datetime(value).replace(microsecond=0) if value else None
