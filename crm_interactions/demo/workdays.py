"""Working days and free times of the demo users. Imports no Frappe."""

from datetime import date, datetime, time, timedelta
from random import Random

# (month, day) of the company's days off, besides weekends
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 25), (12, 26)}
OPENS, CLOSES = 8, 16
STEP = 15  # minutes


def is_working(day: date) -> bool:
	return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def at_or_after(day: date) -> date:
	while not is_working(day):
		day += timedelta(days=1)
	return day


def add(day: date, count: int) -> date:
	"""Return the working day `count` working days after `day`, or before it if negative; for 0, `day` itself."""
	direction = timedelta(days=1 if count >= 0 else -1)
	for _ in range(abs(count)):
		day += direction
		while not is_working(day):
			day += direction
	return day


class Diary:
	"""Bookings of each person, to avoid overlaps."""

	def __init__(self) -> None:
		self._taken: dict[tuple[str, date], list[tuple[datetime, datetime]]] = {}

	def book(self, person: str, day: date, minutes: int, rng: Random) -> datetime:
		"""Book and return a random quarter-hour start in working hours; it may overlap if 20 tries find no free one."""
		taken = self._taken.setdefault((person, day), [])
		latest = (CLOSES - OPENS) * 60 - minutes
		for _ in range(20):
			begin = datetime.combine(day, time(OPENS)) + timedelta(minutes=rng.randrange(0, latest, STEP))
			end = begin + timedelta(minutes=minutes)
			if all(end <= other_begin or begin >= other_end for other_begin, other_end in taken):
				break
		taken.append((begin, end))
		return begin
