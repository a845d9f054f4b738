"""When an activity was: readable dates, an end that isn't before the beginning, a duration that isn't negative."""

import re
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, flt, get_datetime, getdate, time_diff_in_seconds

from crm_interactions.controllers.validation import TIME, bold

# what the database keeps; anything looser (day first? month first? another time zone?) would be a guess
READABLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?")

# an activity whose end nobody entered still takes a while in a calendar
SHORTEST = timedelta(minutes=30)


def require_readable(doc) -> None:
	"""Turn dates that were given as text into dates.

	Raises: ValidationError for a text that isn't one.
	"""
	for df in doc.meta.get("fields", {"fieldtype": ("in", ("Date", "Datetime"))}):
		value = doc.get(df.fieldname)
		if isinstance(value, str) and value:
			doc.set(df.fieldname, parse_value(df, value))


def validate_period(doc) -> None:
	"""Raises: ValidationError."""
	if not doc.meta.has_field("ends_on"):
		return
	if doc.ends_on and doc.starts_on and get_datetime(doc.ends_on) < get_datetime(doc.starts_on):
		frappe.throw(
			_("The end ({0}) lies before the beginning ({1}). Correct one of the two.").format(
				doc.get_formatted("ends_on"), doc.get_formatted("starts_on")
			),
			title=_("Check the Time"),
		)
	if flt(doc.duration) < 0:
		frappe.throw(
			_("The duration can't be negative. Enter it in seconds from 0 upwards, or leave it empty."),
			title=_("Check the Duration"),
		)


def set_duration(doc) -> None:
	"""Where only the end was given, the duration in seconds follows from it."""
	if doc.meta.has_field("ends_on") and doc.ends_on and doc.starts_on and not doc.duration:
		doc.duration = time_diff_in_seconds(doc.ends_on, doc.starts_on)


def end_of(doc) -> datetime:
	"""Return when an activity ends: as entered, else after its duration, else after half an hour."""
	start, end = get_datetime(doc.starts_on), doc.ends_on and get_datetime(doc.ends_on)
	if end and end > start:
		return end
	return start + (timedelta(seconds=cint(doc.duration)) or SHORTEST)


def change_times(doc, start: datetime, end: datetime | None, shown_end: datetime | None = None) -> bool:
	"""Give an activity another time, as a calendar does.

	One that keeps its length keeps what was entered about it: no end where nobody gave one, and its duration. With another
	length, the end and the duration are that length.

	Args:
		doc: an Interaction or a Meeting; it isn't saved.
		start: its new beginning.
		end: its new end; None keeps its length.
		shown_end: where its end was in that calendar, if that isn't `end_of` the activity.

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
	"""Tell whether a text is a date, a moment or a time of day that the database keeps."""
	if fieldtype == "Time":
		return bool(TIME.fullmatch(value))
	return _read(fieldtype, value) is not None


def parse_value(df, value: str) -> date:
	"""Return the date, or the moment, that was given as text.

	Args:
		df: `fieldtype` (Date or Datetime) and `label` of the field that it is for.

	Raises: ValidationError.
	"""
	if (found := _read(df.fieldtype, value)) is not None:
		return found
	frappe.throw(
		_("{0} is no date for {1}. Write {2}, in the time zone of this site.").format(
			bold(value),
			bold(_(df.label)),
			"2026-03-31" if df.fieldtype == "Date" else "2026-03-31 14:30:00",
		),
		title=_("Check the Time"),
	)


def _read(fieldtype: str, value: str) -> date | None:
	if not (READABLE.fullmatch(value.strip()) and "1000" <= value.strip()[:4] <= "9998"):
		return None
	try:
		return getdate(value) if fieldtype == "Date" else get_datetime(value)
	except (ValueError, OverflowError, frappe.ValidationError):
		return None  # the 31st of February
