"""Days on which a repeating Event of Frappe takes place. Imports no Frappe."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# number of months from one occurrence to the next
MONTHS = {"Monthly": 1, "Quarterly": 3, "Half Yearly": 6, "Yearly": 12}


def list_days(event: Mapping, begun: date, first: date, last: date) -> Iterator[date]:
	"""Yield the days of a period on which an Event begins, as Frappe's calendar repeats it.

	Args:
		event: its `repeat_on`, `repeat_till` (a date or None) and, for weekly ones, the checks of the weekdays.
		begun: the day of its first occurrence.
	"""
	day = max(first, begun)
	until = min(last, event.get("repeat_till") or last)
	while day <= until:
		if _takes_place(event, begun, day):
			yield day
		day += DAY


def _takes_place(event: Mapping, begun: date, day: date) -> bool:
	repeats = event.get("repeat_on")
	if repeats == "Daily":
		return True
	if repeats == "Weekly":
		return bool(event.get(WEEKDAYS[day.weekday()]))
	months = (day.year - begun.year) * 12 + day.month - begun.month
	# of a month that is too short, the last day counts
	in_month = day.day == begun.day or (day.day < begun.day and (day + DAY).month != day.month)
	return repeats in MONTHS and months % MONTHS[repeats] == 0 and in_month
