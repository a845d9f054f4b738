"""Period of an activity: valid dates, no end before the start, no negative duration."""

import re
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, flt, get_datetime, getdate, time_diff_in_seconds

from crm_interactions.controllers.validation import TIME, bold

# the database's format; looser formats are ambiguous (day or month first, time zone)
READABLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?")

# length in the calendar of an activity without end and duration
SHORTEST = timedelta(minutes=30)


def require_readable(doc) -> None:
	"""Convert text in Date and Datetime fields; raises ValidationError for text that isn't in the database's format."""
	for df in doc.meta.get("fields", {"fieldtype": ("in", ("Date", "Datetime"))}):
		value = doc.get(df.fieldname)
		if isinstance(value, str) and value:
			doc.set(df.fieldname, parse_value(df, value))


def validate_period(doc) -> None:
	"""Raise ValidationError if the end is before the start or the duration is negative."""
	if not doc.meta.has_field("ends_on"):
		return
	if doc.ends_on and doc.starts_on and get_datetime(doc.ends_on) < get_datetime(doc.starts_on):
		frappe.throw(
			_("The end ({0}) is before the start ({1}). Correct one of them.").format(
				doc.get_formatted("ends_on"), doc.get_formatted("starts_on")
			),
			title=_("Check the Time"),
		)
	if flt(doc.duration) < 0:
		frappe.throw(
			_("The duration is negative. Enter 0 or more seconds, or leave it empty."),
			title=_("Check the Duration"),
		)


def set_duration(doc) -> None:
	"""Compute a blank or zero duration, in seconds, from start and end; without an end, it stays."""
	if doc.meta.has_field("ends_on") and doc.ends_on and doc.starts_on and not doc.duration:
		doc.duration = time_diff_in_seconds(doc.ends_on, doc.starts_on)


def end_of(doc) -> datetime:
	"""Return the end of an activity: the entered end if after the start, else start plus duration or half an hour."""
	start, end = get_datetime(doc.starts_on), doc.ends_on and get_datetime(doc.ends_on)
	if end and end > start:
		return end
	return start + (timedelta(seconds=cint(doc.duration)) or SHORTEST)


def change_times(doc, start: datetime, end: datetime | None, shown_end: datetime | None = None) -> bool:
	"""Set the start and end of an activity in whole seconds, as a calendar does after a drag or a resize.

	If the length stays the same, a blank end stays blank and the duration stays. Otherwise end and duration are set to
	the new length.

	Args:
		doc: an Interaction or a Meeting; it isn't saved.
		start, end: the new period; with None as the end, the length stays.
		shown_end: the end that the calendar showed, if it isn't `end_of(doc)`.

	Returns: whether anything changed.
	"""
	start, end = (at and get_datetime(at).replace(microsecond=0) for at in (start, end))
	began = get_datetime(doc.starts_on).replace(microsecond=0)
	length = (shown_end or end_of(doc)).replace(microsecond=0) - began
	if end and end - start != length:
		doc.update({"starts_on": start, "ends_on": end, "duration": (end - start).total_seconds()})
		return True
	if start == began:
		return False
	doc.ends_on = doc.ends_on and get_datetime(doc.ends_on) + (start - began)
	doc.starts_on = start
	return True


def is_readable(fieldtype: str, value: str) -> bool:
	"""Return whether a text has the database's format of a Date (or with a time), Datetime or Time (of any range)."""
	if fieldtype == "Time":
		return bool(TIME.fullmatch(value))
	return _read(fieldtype, value) is not None


def parse_value(df, value: str) -> date:
	"""Return the date or datetime that a text in the database's format holds; a Date drops a time.

	Args:
		df: the field, with `fieldtype` (Date or Datetime) and `label`.

	Raises: ValidationError, also for a year before 1000 or after 9998.
	"""
	if (found := _read(df.fieldtype, value)) is not None:
		return found
	frappe.throw(
		_("{0} is not a valid date for {1}. Use the format {2}, in the site's time zone.").format(
			bold(value), bold(_(df.label)), "2026-03-31" if df.fieldtype == "Date" else "2026-03-31 14:30:00"
		),
		title=_("Check the Time"),
	)


def _read(fieldtype: str, value: str) -> date | None:
	if not (READABLE.fullmatch(value.strip()) and "1000" <= value.strip()[:4] <= "9998"):
		return None
	try:
		return getdate(value) if fieldtype == "Date" else get_datetime(value)
	except (ValueError, OverflowError, frappe.ValidationError):
		return None  # such as 31 February
