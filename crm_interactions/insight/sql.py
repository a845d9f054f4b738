"""SQL that differs between databases: days between moments, parts of one (month, day, weekday, hour), and quotients.

The text has no per cent signs, which Frappe treats differently on each database.
"""

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Sum
from pypika.terms import Term
from pypika.utils import format_alias_sql

SECONDS_PER_DAY = 86_400
MICROSECONDS = 1_000_000


class _Expression(Term):
	"""An expression over columns; `_write` gives its text from theirs."""

	def __init__(self, *columns):
		super().__init__()
		self.columns = columns

	def get_sql(self, with_alias: bool = False, **kwargs) -> str:
		text = self._write(*(column.get_sql(**kwargs) for column in self.columns))
		return format_alias_sql(text, self.alias, **kwargs) if with_alias else text

	def _write(self, *columns: str) -> str:
		raise NotImplementedError


class DaysBetween(_Expression):
	"""The days from one Datetime column to another, as a fraction, exact to the microsecond.

	Both are in the site's time zone; a change of the clock counts as if there were none.
	"""

	def _write(self, start: str, end: str) -> str:
		# MariaDB rounds the quotient of two decimal numbers to a few places, but not one with an exponent
		return f"({_SECONDS[frappe.db.db_type](start, end)} / {SECONDS_PER_DAY}e0)"


def count_if(condition):
	"""Return the number of rows that meet a condition, as an aggregate expression."""
	return Sum(Case().when(condition, 1).else_(0))


class Ratio(_Expression):
	"""The quotient of two numbers, in double precision."""

	TEMPLATES = {
		"mariadb": "({0} * 1e0 / {1})",
		"postgres": "(cast({0} as double precision) / {1})",
		"sqlite": "({0} * 1e0 / {1})",
	}

	def _write(self, part: str, whole: str) -> str:
		return self.TEMPLATES[frappe.db.db_type].format(part, whole)


class _OfMoment(_Expression):
	"""A part of a Datetime column; `TEMPLATES` has its text for each database."""

	TEMPLATES: dict[str, str]

	def _write(self, moment: str) -> str:
		return self.TEMPLATES[frappe.db.db_type].format(moment)


class Month(_OfMoment):
	"""The month of a Datetime column, as text such as 2026-03."""

	TEMPLATES = {
		"mariadb": "left({0}, 7)",
		"postgres": "to_char({0}, 'YYYY-MM')",
		"sqlite": "substr({0}, 1, 7)",
	}


class Day(_OfMoment):
	"""The day of a Datetime column on the site's clock, to be compared with another one."""

	TEMPLATES = {"mariadb": "date({0})", "postgres": "date({0})", "sqlite": "substr({0}, 1, 10)"}


class Weekday(_OfMoment):
	"""The weekday of a Datetime column on the site's clock, from 0 for Monday to 6 for Sunday."""

	# Julian day numbers count from a Monday; with whole numbers, a division gives whole ones
	JULIAN = "cast(julianday(substr({0}, 1, 10)) + 0.5 as integer)"
	TEMPLATES = {
		"mariadb": "weekday({0})",
		"postgres": "cast(extract(isodow from {0}) - 1 as integer)",
		"sqlite": f"({JULIAN} - 7 * ({JULIAN} / 7))",
	}


class TimeOfDay(_OfMoment):
	"""The time of a Datetime column on the site's clock, as text such as 09:30:00."""

	TEMPLATES = {
		"mariadb": "substr({0}, 12, 8)",
		"postgres": "to_char({0}, 'HH24:MI:SS')",
		"sqlite": "substr({0}, 12, 8)",
	}


class HourOfDay(_OfMoment):
	"""The hour of a Datetime column on the site's clock, as text from 00 to 23."""

	TEMPLATES = {
		"mariadb": "substr({0}, 12, 2)",
		"postgres": "to_char({0}, 'HH24')",
		"sqlite": "substr({0}, 12, 2)",
	}


def _of_mariadb(start: str, end: str) -> str:
	return f"timestampdiff(microsecond, {start}, {end}) / {MICROSECONDS}e0"


def _of_postgres(start: str, end: str) -> str:
	return f"extract(epoch from ({end} - {start}))"


def _of_sqlite(start: str, end: str) -> str:
	"""SQLite stores moments as text, with a fraction of a second unless it is 0."""
	day, part = (
		[template.format(moment) for moment in (start, end)]
		for template in ("julianday(substr({0}, 1, 19))", "cast('0' || substr({0}, 20) as real)")
	)
	# Julian days are rounded to about 40 microseconds
	return f"(round(({day[1]} - {day[0]}) * {SECONDS_PER_DAY}) + {part[1]} - {part[0]})"


_SECONDS = {"mariadb": _of_mariadb, "postgres": _of_postgres, "sqlite": _of_sqlite}
