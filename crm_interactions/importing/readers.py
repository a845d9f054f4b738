"""Readers of the values in another CRM's export. Imports no Frappe.

A reader takes the text of a cell, which isn't blank, and a `Clock`; it raises LeftOut for a text that it can't understand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timezone, tzinfo

from crm_interactions.clock import timeline

# reasons to leave out a row; `reasons.py` has the sentences
MISSING, UNKNOWN, NO_MOMENT, NO_ZONE, NO_DAY, NO_TIME, NO_NUMBER, NO_LENGTH, TOO_MANY = (
	*(
		"missing",
		"unknown",
		"no moment",
		"no zone",
		"no day",
		"no time",
		"no number",
		"no length",
		"too many",
	),
)
MOMENT = re.compile(
	r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?P<zone> ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
)
DAY = re.compile(r"(\d{4}-\d\d-\d\d)([T ]00:00(:00)?(\.0+)?Z?)?")
TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
LENGTH = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
HOURS_AND_MINUTES = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
MILLISECONDS = re.compile(r"\d{12,13}")
YES, NO = {"TRUE", "YES", "Y", "1"}, {"FALSE", "NO", "N", "0"}

Reader = Callable[[str, "Clock"], object]


class LeftOut(Exception):
	"""A row can't be imported.

	Args:
		reason: one of the constants of this module or of `finding.py`.
		value: the text that caused it.
		expected: what the column may hold instead.
		column: the value's column, as tables of exports call it; filled in by `exports.py` for readers.
	"""

	def __init__(self, reason: str, value: str = "", expected: str = "", column: str = ""):
		super().__init__(reason)
		self.reason, self.value, self.expected, self.column = reason, value, expected, column


@dataclass(frozen=True)
class Clock:
	"""Time zone of the site, and of times in the file that name none; None refuses such times."""

	site: tzinfo
	file: tzinfo | None = None


def text(value: str, clock: Clock) -> str:
	return value


def several(value: str, clock: Clock) -> tuple[str, ...]:
	"""Return the parts between semicolons, with which HubSpot separates the records that an activity belongs to."""
	return tuple(part.strip() for part in value.split(";") if part.strip())


def choice(**values: str) -> Reader:
	"""Return a reader of a value list; labels and internal names are equal (`No answer` is `NO_ANSWER`)."""

	def read(value: str, clock: Clock) -> str:
		if (key := plain(value)) not in values:
			raise LeftOut(UNKNOWN, value, ", ".join(values))
		return values[key]

	return read


def plain(value: str) -> str:
	"""Return a text in capitals, with underscores between its words."""
	return re.sub(r"\W+", "_", value).strip("_").upper()


def yes_or_no(value: str, clock: Clock) -> bool:
	if (key := plain(value)) not in YES | NO:
		raise LeftOut(UNKNOWN, value, "TRUE, FALSE")
	return key in YES


def moment(value: str, clock: Clock) -> datetime | date:
	"""Return a time on the site's clock; a day, if the text has no time of day.

	It reads years first, with T or a blank before the time, and milliseconds since 1970, as HubSpot's API writes them.
	"""
	if MILLISECONDS.fullmatch(value):
		return timeline.to_wall(datetime.fromtimestamp(int(value) / 1000, timezone.utc), clock.site)
	found = MOMENT.fullmatch(value)
	if not found:
		raise LeftOut(NO_MOMENT, value)
	if not found["time"]:
		return day(value, clock)
	zone = (found["zone"] or "").strip()
	offset = "+00:00" if zone in ("Z", "UTC") else re.sub(r"(\d\d):?(\d\d)$", r"\1:\2", zone)
	try:
		read = datetime.fromisoformat(f"{found['day']} {found['time']}{offset}")
	except ValueError as error:
		raise LeftOut(NO_MOMENT, value) from error
	return on_site(read, value, clock)


def on_site(read: datetime, value: str, clock: Clock) -> datetime:
	"""Return a moment on the site's clock; without a zone of its own, it is on the file's clock."""
	if read.tzinfo is None:
		if clock.file is None:
			raise LeftOut(NO_ZONE, value)
		read = timeline.to_utc(read, clock.file)
	return timeline.to_wall(read, clock.site)


def day(value: str, clock: Clock) -> date:
	"""Return a day, which no time zone moves; midnight UTC after it is Data Loader's way to write a day."""
	found = DAY.fullmatch(value)
	try:
		if found:
			return date.fromisoformat(found[1])
	except ValueError:
		pass
	raise LeftOut(NO_DAY, value)


def first_day(value: str, clock: Clock) -> date:
	"""Return the day of a date and time as it is written, for periods of whole days."""
	return day(value[:10], clock)


def time_of_day(value: str, clock: Clock) -> time:
	if not TIME.fullmatch(value):
		raise LeftOut(NO_TIME, value)
	return time(*map(int, value.split(":")))


def seconds(value: str, clock: Clock) -> int:
	return _whole(value)


def minutes(value: str, clock: Clock) -> int:
	return 60 * _whole(value)


def milliseconds(value: str, clock: Clock) -> int:
	"""Return the seconds of milliseconds, or of hours, minutes and seconds; two parts could mean either pair."""
	if found := LENGTH.fullmatch(value):
		return _length(found)
	if not re.fullmatch(r"\d{1,12}", value):
		raise LeftOut(NO_LENGTH, value)
	return round(int(value) / 1000)


def hours_and_minutes(value: str, clock: Clock) -> int:
	"""Return the seconds of `1:05` or `01:05:00`."""
	if not (found := HOURS_AND_MINUTES.fullmatch(value)):
		raise LeftOut(NO_LENGTH, value)
	return _length(found)


def _length(found: re.Match) -> int:
	hours, of_hour, of_minute = (int(part or 0) for part in found.groups())
	return 3600 * hours + 60 * of_hour + of_minute


def _whole(value: str) -> int:
	if not re.fullmatch(r"\d{1,9}(\.0+)?", value):
		raise LeftOut(NO_NUMBER, value)
	return int(float(value))
