"""Arithmetic on the time line, which clock changes don't interrupt. Imports no Frappe.

A moment without a time zone is a time on the clock of the argument `zone`. If the clock shows a time twice, `fold` tells
the first (0) from the second (1), as in PEP 495. A skipped time counts from before the change: 02:30 is 03:30.
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import product

UTC = timezone.utc
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def to_utc(wall: datetime, zone: tzinfo) -> datetime:
	"""Return the moment, in UTC, at which the clock of `zone` shows a time."""
	return wall.replace(tzinfo=zone).astimezone(UTC)


def to_wall(moment: datetime, zone: tzinfo) -> datetime:
	"""Return what the clock of `zone` shows at a moment with a time zone, with `fold`."""
	return moment.astimezone(zone).replace(tzinfo=None)


def elapsed(start: datetime, end: datetime, zone: tzinfo) -> timedelta:
	"""Return the time that passes between two times of the clock; negative if the end is earlier."""
	return to_utc(end, zone) - to_utc(start, zone)


def later(wall: datetime, span: timedelta, zone: tzinfo) -> datetime:
	"""Return the time that the clock shows a span after (or, if negative, before) another, with `fold`."""
	return to_wall(to_utc(wall, zone) + span, zone)


def skip_gap(wall: datetime, zone: tzinfo) -> datetime:
	"""Return a time that the clock shows: the time itself or, if it is skipped, the skipped span later."""
	return to_wall(to_utc(wall, zone), zone)


def is_repeated(wall: datetime, zone: tzinfo) -> bool:
	"""Return whether the clock shows a time twice."""
	first, second = (to_utc(wall.replace(fold=fold), zone) for fold in (0, 1))
	return first < second


def read_period(
	start: datetime, end: datetime, zone: tzinfo, length: timedelta | None = None
) -> tuple[datetime, datetime]:
	"""Return start and end with the `fold` that a stored period has lost.

	Of all readings of repeated times, the one with the given length counts; otherwise the earliest that doesn't end
	before it starts. If there is none, the result ends before it starts.
	"""
	pairs = [*product(_readings(start, zone), _readings(end, zone))]
	lengths = [elapsed(*pair, zone) for pair in pairs]
	possible = [(pair, span) for pair, span in zip(pairs, lengths, strict=True) if span >= timedelta()]
	for pair, span in possible:
		if length is not None and abs(span - length) < SECOND:
			return pair
	return possible[0][0] if possible else pairs[0]


def shown_end(start: datetime, end: datetime, zone: tzinfo) -> datetime:
	"""Return an end after the start for views without a time zone, in which 02:30 to 02:15 would end too early."""
	return end if end > start else start + max(elapsed(start, end, zone), timedelta())


def whole_day(start: datetime, end: datetime | None, zone: tzinfo, seen_from: tzinfo) -> date | None:
	"""Return the first day of a period of whole days on the clock of `seen_from`; None for other periods.

	A period of a day less a second is a whole day of a calendar in any time zone, such as the browser's.

	Args:
		start, end: on the clock of `zone`. Calendars end a whole day at midnight or a second earlier.
	"""
	if not end or end <= start:
		return None
	first, last = (to_wall(to_utc(at, zone), seen_from) for at in (start, end))
	if first.time() == time() and last.time() in (time(), time(23, 59, 59)):
		return first.date()
	# noon there is on the same day here
	return (first + DAY / 2).date() if end - start == DAY - SECOND else None


def move_to_day(wall: datetime, day: date, zone: tzinfo, seen_from: tzinfo) -> datetime:
	"""Return the same time of another day, both on the clock of `seen_from`; `wall` and result are on that of `zone`."""
	at = to_wall(to_utc(wall, zone), seen_from).time().replace(fold=0)
	return to_wall(to_utc(datetime.combine(day, at), seen_from), zone)


def find_day(wall: datetime, zone: tzinfo, seen_from: tzinfo) -> date | None:
	"""Return the day of a moment without a time of day: midnight on the clock of `seen_from` or `zone`; else None.

	Where a clock change skips midnight, the first time of the day counts.
	"""
	for clock in (seen_from, zone):
		shown = to_wall(to_utc(wall, zone), clock).replace(fold=0)
		if shown == skip_gap(datetime.combine(shown.date(), time()), clock).replace(fold=0):
			return shown.date()
	return None


def start_of_day(day: date, zone: tzinfo, seen_from: tzinfo) -> datetime:
	"""Return the midnight that begins a day on the clock of `seen_from`, as a time on that of `zone`."""
	return to_wall(to_utc(datetime.combine(day, time()), seen_from), zone)


def due_until(wall: datetime, zone: tzinfo, seen_from: tzinfo) -> datetime:
	"""Return the last moment at which a planned activity isn't late, on the clock of `zone`.

	It is the activity's own time or, if that has no time of day (`find_day`), the last second of the day on the clock of
	`seen_from`.
	"""
	try:
		day = find_day(wall, zone, seen_from)
		return later(start_of_day(day + DAY, zone, seen_from), -SECOND, zone) if day else wall
	except OverflowError:
		return wall  # the first or last day that Python knows


def _readings(wall: datetime, zone: tzinfo) -> list[datetime]:
	first = wall.replace(fold=0)
	return [first, wall.replace(fold=1)] if is_repeated(wall, zone) else [first]
