"""From when to when an activity needs a resource."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from crm_interactions.activities import period
from crm_interactions.controllers.validation import bold
from crm_interactions.resources.bookings import FREEING
from crm_interactions.resources.slots import Interval

USUAL = timedelta(hours=1)


def activity_period(doc) -> Interval:
	"""Return from `starts_on` to `ends_on`, else for the duration; one hour where neither is entered."""
	start = _plain(doc.starts_on)
	end = _plain(doc.ends_on)
	if not end or end <= start:
		end = start + (timedelta(seconds=cint(doc.duration)) or USUAL)
	return start, end


def fill_periods(doc) -> None:
	"""Say for each row when it holds its resource, and whether it does.

	Times that somebody entered or changed are the row's own (`own_time`) and stay; the others are the activity's
	and move with it. A cancelled activity, and one that wasn't held, keeps its rows but holds nothing.

	Raises: ValidationError for a text that is no date, and for an end that isn't after the beginning.
	"""
	before = doc.get_doc_before_save()
	known = {row.name: row for row in before.resources} if before else {}
	activity = activity_period(doc)
	for row in doc.resources:
		period.require_readable(row)
		row.own_time = int(_has_own_time(row, known.get(row.name)))
		row.booked_from, row.booked_to = _own(row, activity) if row.own_time else activity
		row.holds = int(doc.status not in FREEING)


def row_period(row) -> Interval:
	return _plain(row.booked_from), _plain(row.booked_to)


def _has_own_time(row, old) -> bool:
	given = row_period(row)
	if given == (None, None):
		return False
	return bool(row.own_time) or given != (row_period(old) if old else (None, None))


def _own(row, activity: Interval) -> Interval:
	"""Complete a row's own times: what is missing comes from the activity."""
	start, end = row_period(row)
	start = start or activity[0]
	end = end or start + (activity[1] - activity[0])
	if end <= start:
		frappe.throw(
			_("Row {0}: the booking of {1} ends before it begins. Correct one of the two times.").format(
				row.idx, bold(row.resource)
			),
			title=_("Check the Time"),
		)
	return start, end


def _plain(value) -> datetime | None:
	"""Whole seconds, which is what forms send."""
	return get_datetime(value).replace(microsecond=0) if value else None
