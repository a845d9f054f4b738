"""Interval arithmetic of bookings: overlaps, open hours, next free period. Imports no Frappe.

Intervals are half-open: one that ends at ten doesn't overlap one that begins at ten. Hours are on a clock without time
zone; functions with a `zone` take and return moments on its clock, and reckon with its changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from crm_interactions.clock import timeline

Interval = tuple[datetime, datetime]
# weekday (0 is Monday) → (from, to) pairs; a `to` of 00:00 is midnight at the end of that day. Empty: always open
Hours = Mapping[int, Sequence[tuple[time, time]]]

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def overlaps(first: Interval, second: Interval, zone: tzinfo = timeline.UTC) -> bool:
	return _overlaps(_instants(first, zone), _instants(second, zone))


def is_open(interval: Interval, hours: Hours, zone: tzinfo = timeline.UTC) -> bool:
	"""Return whether an interval lies within open hours from start to end; True without any hours."""
	opened = open_periods(hours, interval[0].date(), interval[1].date())
	return _within(_instants(interval, zone), [_instants(each, zone) for each in opened])


def open_periods(hours: Hours, first: date, last: date) -> list[Interval]:
	"""Return the open periods from one day to another, both included, merged if they touch; all of it without hours."""
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
	wanted: Interval,
	taken: Iterable[Interval],
	hours: Iterable[Hours],
	within: timedelta,
	zone: tzinfo = timeline.UTC,
) -> Interval | None:
	"""Return the first free interval of the same length as `wanted` that doesn't begin before it, or None.

	Args:
		taken: all bookings that end after the start of `wanted`, in any order.
		hours: open hours of each resource that is needed.
		within: how far after `wanted` the interval may begin.

	Returns: the interval; after a booking it begins on a full minute.
	"""
	start, end = _instants(wanted, zone)
	length, latest = end - start, start + within
	busy = [_instants(each, zone) for each in taken]
	until = timeline.to_wall(latest + length, zone).date()
	opened = [
		[_instants(period, zone) for period in open_periods(each, wanted[0].date(), until)] for each in hours
	]
	# the earliest interval begins at the wanted start, at the end of a booking, or at the start of an open period
	begins = {start, *(_full_minute(other[1]) for other in busy)}
	begins |= {period[0] for periods in opened for period in periods}
	for begin in sorted(begins):
		candidate = (begin, begin + length)
		if not start <= begin <= latest:
			continue
		if any(_overlaps(candidate, other) for other in busy):
			continue
		if all(_within(candidate, periods) for periods in opened):
			return timeline.to_wall(candidate[0], zone), timeline.to_wall(candidate[1], zone)
	return None


def _instants(interval: Interval, zone: tzinfo) -> Interval:
	return timeline.to_utc(interval[0], zone), timeline.to_utc(interval[1], zone)


def _overlaps(first: Interval, second: Interval) -> bool:
	return first[0] < second[1] and second[0] < first[1]


def _within(interval: Interval, periods: Iterable[Interval]) -> bool:
	return any(begin <= interval[0] and interval[1] <= end for begin, end in periods)


def _add(periods: list[Interval], new: Interval) -> None:
	"""Append a period, merging it with the last one if they touch or overlap."""
	if periods and new[0] <= periods[-1][1]:
		periods[-1] = (periods[-1][0], max(periods[-1][1], new[1]))
	else:
		periods.append(new)


def _end(day: date, end: time) -> datetime:
	return datetime.combine(day, end) + (DAY if end == time.min else timedelta())


def _full_minute(moment: datetime) -> datetime:
	floor = moment.replace(second=0, microsecond=0)
	return floor if floor == moment else floor + MINUTE
