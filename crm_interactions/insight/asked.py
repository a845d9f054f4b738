"""Filters of the reports, checked."""

from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, cstr, get_first_day_of_week, getdate

from crm_interactions.activities import period
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold

MONTHS = 12  # of the default period
MOST_DAYS = 36_500
NOT_SET = "-"


@dataclass(frozen=True)
class Period:
	"""Whole days of the site's time zone, both included."""

	first: date
	last: date

	@property
	def end(self) -> date:
		"""The day after the last one."""
		return self.last + timedelta(days=1)

	@property
	def previous(self) -> "Period":
		"""The period of the same length that ends the day before; cut where the calendar begins."""
		length = min(self.end - self.first, self.first - date.min)
		return Period(self.first - length, self.first - timedelta(days=1))

	def quarters(self) -> list["Period"]:
		"""Return the calendar quarters of the period in order, the first and the last one cut."""
		found, day = [], self.first
		while day <= self.last:
			begin = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
			following = getdate(add_to_date(begin, months=3))
			found.append(Period(day, min(following - timedelta(days=1), self.last)))
			day = following
		return found

	def weeks(self) -> list["Period"]:
		"""Return the weeks of the period in order, as the System Settings begin them, the first and the last one cut."""
		found, day = [], self.first
		while day <= self.last:
			following = get_first_day_of_week(day) + timedelta(days=7)
			found.append(Period(day, min(following - timedelta(days=1), self.last)))
			day = following
		return found


def read_period(filters: dict) -> Period:
	"""Return the period of `from_date` and `to_date`, by default the last twelve months up to today.

	Raises: ValidationError for a value that isn't a date, and for an end before the start.
	"""
	last = _date(filters, "to_date", "To Date") or site_time.now().date()
	first = _date(filters, "from_date", "From Date") or getdate(add_to_date(last, months=-MONTHS, days=1))
	if first > last:
		frappe.throw(_("The period ends before it starts. Choose another From Date or To Date."))
	return Period(first, last)


def read_optional_period(filters: dict) -> Period | None:
	"""Return the period of the filters as `read_period`; None if neither date is given."""
	return read_period(filters) if filters.get("from_date") or filters.get("to_date") else None


def read_days(filters: dict, name: str, label: str, default: int) -> int:
	"""Return a number of days from 0 to `MOST_DAYS`; raise ValidationError for another value."""
	value = filters.get(name)
	if value in (None, ""):
		return default
	number = cint(value)
	if cstr(number) != cstr(value).strip() or not 0 <= number <= MOST_DAYS:
		frappe.throw(
			_("{0}: {1} is no number of days. Enter a whole number from 0 to {2}.").format(
				bold(label), bold(value), f"{MOST_DAYS:,}"
			)
		)
	return number


def read_choice(filters: dict, name: str, choices: list[str], default: str) -> str:
	"""Return the value of a filter that has to be one of several; raise ValidationError naming them for another."""
	value = cstr(filters.get(name)) or default
	if value not in choices:
		frappe.throw(
			_("{0} is no value of {1}. Choose one of: {2}.").format(
				bold(value), bold(name), ", ".join(choices)
			)
		)
	return value


def read_group(filters: dict, name: str) -> str | None:
	"""Return a group of chains: None for all chains if the filter is empty, "" for `NOT_SET`, chains without a group."""
	value = cstr(filters.get(name))
	return None if not value else "" if value == NOT_SET else value


def _date(filters: dict, name: str, label: str) -> date | None:
	value = filters.get(name)
	return period.parse_value(frappe._dict(fieldtype="Date", label=label), cstr(value)) if value else None
