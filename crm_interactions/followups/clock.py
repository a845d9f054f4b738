"""Dates of next steps on the responsible user's clock, in working time (R22)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, get_time

from crm_interactions.activities import options
from crm_interactions.apps import holidays, organisation
from crm_interactions.clock.site_time import find_day, site_zone, skip_gap, zone_of
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import dates

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def add_units(
	base: datetime,
	count: int,
	unit: str,
	user: str,
	company: str | None = None,
	in_working_time: bool | None = None,
) -> datetime:
	"""Return the half hour `count` units after `base`, rounded up on the user's clock, in the site's time zone.

	With the setting *Plan in Working Time*, hours and days count working time only; weeks and months follow the
	calendar. The result is moved into working hours. Without the setting, hours are elapsed time, and other units keep
	the time of day. From a day without a time, days, weeks and months lead to a day without a time, and hours count from
	the start of work.

	Args:
		base: in the site's time zone.
		count, unit: from 0 to `dates.MOST` Hours, Days, Weeks or Months.
		user: their time zone, working days and holidays apply.
		company: its holidays apply if the user's employee record has no holiday list and no company (ERPNext).
		in_working_time: whether working time counts, by default as in the settings.

	Raises: ValidationError for another count or unit, a date after the year 9999, no working day within a year, or
		working hours that don't end after they begin.
	"""
	site, zone, working = site_zone(), zone_of(user), _working_time(user, company, in_working_time)
	start, day = get_datetime(base).replace(tzinfo=site), find_day(base, user)
	if day:
		start = datetime.combine(day, (working or dates.WorkingTime()).start, zone)
	try:
		found = dates.add_units(start, cint(count), unit, zone, working)
		if day and unit != dates.HOURS:
			return skip_gap(datetime.combine(found.date(), time()))
		found = dates.round_up(found, working)
	except dates.NoWorkingTimeError:
		_refuse_working_time(user)
	except ValueError:
		frappe.throw(
			_("The next step can't be in {0} {1}. Enter a number from 1 to {2}, or choose a date.").format(
				bold(count), bold(_(unit or "")), dates.MOST
			),
			title=_("Check the Next Step"),
		)
	return found.astimezone(site).replace(tzinfo=None)


def shift(
	moment: datetime, moved_from: datetime, moved_to: datetime, user: str, in_working_time: bool = False
) -> datetime:
	"""Return a moment that moves by the same span as another one, on the site's clock: days keep the time of day.

	With `in_working_time`, a moment outside the user's working time moves on to the next working moment. Moments without
	a time of day stay without. Raises: as `add_units`.
	"""
	moment, moved_from, moved_to = (get_datetime(each) for each in (moment, moved_from, moved_to))
	moved = skip_gap(moment + (moved_to - moved_from))
	if not in_working_time or find_day(moved, user):
		return moved
	site, working = site_zone(), _working_time(user, None, True)
	try:
		found = dates.add_units(moved.replace(tzinfo=site), 0, dates.HOURS, zone_of(user), working)
	except dates.NoWorkingTimeError:
		_refuse_working_time(user)
	return found.astimezone(site).replace(tzinfo=None)


def measure_working_time(user: str) -> Callable[[datetime, datetime], timedelta] | None:
	"""Return `dates.working_between` of a user, for many moments; None if *Plan in Working Time* is off."""
	zone, working = zone_of(user), working_time(user)
	return (lambda start, end: dates.working_between(start, end, zone, working)) if working else None


def working_time(user: str, company: str | None = None) -> dates.WorkingTime | None:
	"""Return a user's working time; None if the setting *Plan in Working Time* is off.

	In the period of the holiday list of the employee or the company, all days that aren't in the list are working days;
	for other days, and without a list, the weekdays of the settings decide. Blank hours are 9:00 to 17:00.
	"""
	return _working_time(user, company, None)


def _working_time(user: str, company: str | None, wanted: bool | None) -> dates.WorkingTime | None:
	"""Return a user's working time if it is wanted, by default as the settings say; else None."""
	settings = options.settings()
	if not (settings.respect_working_time if wanted is None else wanted):
		return None
	weekdays = frozenset(number for number, field in enumerate(WEEKDAYS) if settings.get(field))
	start, end = (
		_time(settings.get(field), default)
		for field, default in (("workday_starts_at", time(9)), ("workday_ends_at", time(17)))
	)
	listed = holidays.find_holiday_list(organisation.defaults_of(user).get("employee"), company)
	if not listed:
		return dates.WorkingTime(weekdays, start, end)

	def is_holiday(day: date) -> bool:
		if listed["from_date"] <= day <= listed["to_date"]:
			return day in listed["holidays"]
		return day.weekday() not in weekdays

	return dates.WorkingTime(frozenset(range(7)), start, end, is_holiday)


def _refuse_working_time(user: str) -> None:
	frappe.throw(
		_(
			"No working day was found within a year. Check the working time in {0} and the holiday list of {1}."
		).format(bold(_(options.SETTINGS)), bold(user)),
		title=_("Check the Working Time"),
	)


def _time(value, default: time) -> time:
	if value is None or value == "":
		return default
	# the database returns a timedelta, a form sends text
	if isinstance(value, timedelta):
		return (datetime.min + value).time()
	return get_time(value)
