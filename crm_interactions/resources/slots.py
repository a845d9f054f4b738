"""Arithmetic of bookings: what overlaps, what is open, what is free next. Imports no Frappe.

An interval is half-open: what ends at ten and what begins at ten don't disturb each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

Interval = tuple[datetime, datetime]
# weekday (0 is Monday) → from, to; a `to` of 00:00 is midnight at the end of that day. No weekday at all: always open
Hours = Mapping[int, Sequence[tuple[time, time]]]

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def overlaps(one: Interval, other: Interval) -> bool:
	return one[0] < other[1] and other[0] < one[1]


def is_open(interval: Interval, hours: Hours) -> bool:
	"""Whether an interval lies within working hours from beginning to end."""
	return _within(interval, open_periods(hours, interval[0].date(), interval[1].date()))


def open_periods(hours: Hours, first: date, last: date) -> list[Interval]:
	"""Return when it is open from one day to another, both included; what meets at midnight is one period."""
	if not any(hours.values()):
		return [(datetime.combine(first, time.min), datetime.combine(last, time.min) + DAY)]
	found: list[Interval] = []
	day = first
	while day <= last:
		for begin, end in sorted(hours.get(day.weekday(), ()), key=lambda pair: pair[0]):
			_add(found, (datetime.combine(day, begin), _end(day, end)))
		day += DAY
	return found


def next_free(
	wanted: Interval, taken: Iterable[Interval], hours: Iterable[Hours], within: timedelta
) -> Interval | None:
	"""Return the first interval as long as the wanted one, not before it, that nothing takes and all hours allow.

	Args:
		wanted: what isn't free.
		taken: all bookings that end after the beginning of `wanted`, in any order.
		hours: those of each resource that is needed.
		within: how far ahead to look for its beginning.

	Returns: None where there is none. It begins on a full minute, unless it is the wanted one.
	"""
	start, end = wanted
	length, latest = end - start, start + within
	busy = list(taken)
	opened = [open_periods(each, start.date(), (latest + length).date()) for each in hours]
	# the earliest one begins where it was wanted, where a booking ends, or where something opens
	begins = {start, *(_full_minute(other[1]) for other in busy)}
	begins |= {period[0] for periods in opened for period in periods}
	for begin in sorted(begins):
		candidate = (begin, begin + length)
		if not start <= begin <= latest:
			continue
		if any(overlaps(candidate, other) for other in busy):
			continue
		if all(_within(candidate, periods) for periods in opened):
			return candidate
	return None


def _within(interval: Interval, periods: Iterable[Interval]) -> bool:
	return any(begin <= interval[0] and interval[1] <= end for begin, end in periods)


def _add(periods: list[Interval], new: Interval) -> None:
	"""Append a period; where it touches the last one, the two become one."""
	if periods and new[0] <= periods[-1][1]:
		periods[-1] = (periods[-1][0], max(periods[-1][1], new[1]))
	else:
		periods.append(new)


def _end(day: date, end: time) -> datetime:
	return datetime.combine(day, end) + (DAY if end == time.min else timedelta())


def _full_minute(moment: datetime) -> datetime:
	floor = moment.replace(second=0, microsecond=0)
	return floor if floor == moment else floor + MINUTE
