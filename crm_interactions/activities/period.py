"""Period of an activity: valid dates, no end before the start, no negative duration, and lengths in elapsed time."""

import re
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import cint, flt, format_datetime, get_datetime, getdate

from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import TIME, bold

# the database's format; looser formats are ambiguous (day or month first, time zone)
READABLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?")

# length in the calendar of an activity without end and duration
SHORTEST = timedelta(minutes=30)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
# start and end of an activity and of its bookings
PERIODS = (("starts_on", "ends_on"), ("booked_from", "booked_to"))


def require_readable(doc) -> None:
	"""Convert text in Date and Datetime fields; raises ValidationError for text that isn't in the database's format."""
	for df in doc.meta.get("fields", {"fieldtype": ("in", ("Date", "Datetime"))}):
		value = doc.get(df.fieldname)
		if isinstance(value, str) and value:
			doc.set(df.fieldname, parse_value(df, value))


def move_skipped_times(doc) -> None:
	"""Replace times that the site's clock skips in spring by those an hour later, with a message, without saving.

	If the start would then reach the end, the period keeps its length.
	"""
	given = {
		df.fieldname: get_datetime(doc.get(df.fieldname))
		for df in doc.meta.get("fields", {"fieldtype": "Datetime"})
		if doc.get(df.fieldname)
	}
	for field, moment in given.items():
		if (shown := site_time.skip_gap(moment)) == moment:
			continue
		doc.set(field, shown)
		_announce_skip(moment, shown)
	for start, end in PERIODS:
		if start in given and end in given and given[start] < given[end] <= get_datetime(doc.get(start)):
			doc.set(end, site_time.later(doc.get(start), given[end] - given[start]))


def validate_period(doc) -> None:
	"""Raise ValidationError if the end is before the start or the duration is negative."""
	if not doc.meta.has_field("ends_on"):
		return
	if doc.ends_on and doc.starts_on and entered_length(doc) < timedelta():
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
		doc.duration = entered_length(doc).total_seconds()


def entered_length(doc) -> timedelta:
	"""Return the time that passes from the entered start to the entered end; negative if the end is earlier."""
	return site_time.elapsed(*_read(doc))


def period_of(doc, usual: timedelta = SHORTEST, least: timedelta = timedelta()) -> tuple[datetime, datetime]:
	"""Return start and end on the site's clock, with `fold` for the second of two equal times.

	Without an end after the start, the start plus its duration counts, or plus `usual` without one, and at least
	`least`.

	Args:
		doc: a document or a row with `starts_on`, `ends_on` and `duration`, in seconds.
	"""
	start = get_datetime(doc.starts_on)
	if doc.ends_on:
		start, end = _read(doc)
		if site_time.elapsed(start, end) > timedelta():
			return start, end
	return start, site_time.later(start, max(timedelta(seconds=cint(doc.duration)) or usual, least))


def shown_end(doc, least: timedelta = timedelta()) -> datetime:
	"""Return the end of `period_of` for calendars, which don't know the second of two equal times."""
	return site_time.shown_end(*period_of(doc, least=least))


def change_times(
	doc, start: datetime, end: datetime | None, shown: datetime | None = None, user: str | None = None
) -> bool:
	"""Set the start and end of an activity in whole seconds, as a calendar does after a drag or a resize.

	If the length stays the same, elapsed or on the clock, a blank end stays blank and the duration stays. Otherwise end
	and duration are set to the new length. A move to whole days, as a drag to the all-day row, changes the day only.

	Args:
		doc: an Interaction or a Meeting; it isn't saved.
		start, end: the new period; with None as the end, the length stays.
		shown: the end that the calendar showed, if it isn't `shown_end(doc)`.
		user: whose whole days count; by default the session's user.

	Returns: whether anything changed.
	"""
	start, end = (at and get_datetime(at).replace(microsecond=0) for at in (start, end))
	began, ended = (at.replace(microsecond=0) for at in period_of(doc))
	ended = shown.replace(microsecond=0) if shown else site_time.shown_end(began, ended)
	if _is_second_short((start, end), (began, ended)):
		end += SECOND
	user = user or frappe.session.user
	if (start != began or not doc.ends_on) and (day := site_time.whole_day(start, end, user)):
		start, end = site_time.move_to_day(began, day, user), None
	if end and not _is_same_length((began, ended), (start, end)):
		length = site_time.elapsed(*site_time.read_period(start, end))
		doc.update({"starts_on": start, "ends_on": end, "duration": length.total_seconds()})
		return True
	if start == began:
		return False
	doc.ends_on = doc.ends_on and site_time.later(start, _whole_seconds(entered_length(doc)))
	doc.starts_on = start
	return True


def is_readable(fieldtype: str, value: str) -> bool:
	"""Return whether a text has the database's format of a Date (or with a time), Datetime or Time (of any range)."""
	if fieldtype == "Time":
		return bool(TIME.fullmatch(value))
	return _parse(fieldtype, value) is not None


def parse_value(df, value: str) -> date:
	"""Return the date or datetime that a text in the database's format holds; a Date drops a time.

	Args:
		df: the field, with `fieldtype` (Date or Datetime) and `label`.

	Raises: ValidationError, also for a year before 1000 or after 9998.
	"""
	if (found := _parse(df.fieldtype, value)) is not None:
		return found
	frappe.throw(
		_("{0} is not a valid date for {1}. Use the format {2}, in the site's time zone.").format(
			bold(value), bold(_(df.label)), "2026-03-31" if df.fieldtype == "Date" else "2026-03-31 14:30:00"
		),
		title=_("Check the Time"),
	)


def _read(doc) -> tuple[datetime, datetime]:
	"""Return the entered start and end; of repeated times, those that the entered duration means."""
	length = timedelta(seconds=flt(doc.duration)) if doc.duration else None
	return site_time.read_period(doc.starts_on, doc.ends_on, length)


def _is_same_length(old: tuple[datetime, datetime], new: tuple[datetime, datetime]) -> bool:
	"""Return whether two periods are equally long, in elapsed time or, as calendars move them, on the clock."""
	elapsed = [site_time.elapsed(*site_time.read_period(*each)) for each in (old, new)]
	return new[1] - new[0] == old[1] - old[0] or elapsed[0] == elapsed[1]


def _is_second_short(new: tuple[datetime, datetime | None], old: tuple[datetime, datetime]) -> bool:
	"""Return whether an activity of exactly one day, before or from now on, lacks its last second.

	Frappe's calendars take it off, because they mistake the length for an all-day event.
	"""
	is_day = new[1] and new[1] - new[0] == DAY - SECOND
	return bool(is_day) and (old[1] - old[0] == DAY or (old[0] == new[0] and new[0].time() != time()))


def _whole_seconds(span: timedelta) -> timedelta:
	return timedelta(seconds=round(span.total_seconds()))


def _announce_skip(moment: datetime, shown: datetime) -> None:
	frappe.msgprint(
		_(
			"The clocks go forward, so there is no {0}. The time is now {1}. Change it if you meant another."
		).format(*(bold(format_datetime(at)) for at in (moment, shown))),
		title=_("Check the Time"),
		alert=True,
	)


def _parse(fieldtype: str, value: str) -> date | None:
	if not (READABLE.fullmatch(value.strip()) and "1000" <= value.strip()[:4] <= "9998"):
		return None
	try:
		return getdate(value) if fieldtype == "Date" else get_datetime(value)
	except (ValueError, OverflowError, frappe.ValidationError):
		return None  # such as 31 February
