"""Time zones and working time for next steps: the site's and the responsible user's (R22)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, get_system_timezone, get_time

from crm_interactions.activities import options
from crm_interactions.apps import holidays, organisation
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import dates

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def add_units(base: datetime, count: int, unit: str, user: str, company: str | None = None) -> datetime:
	"""Return the moment that lies `count` units after `base`, on the user's clock and in their working time.

	Args:
		base: in the site's time zone.
		count: number of units.
		unit: Hours, Days, Weeks or Months.
		user: their time zone, working days and holidays apply.
		company: its holidays apply if the user's employee record has no holiday list and no company (ERPNext).

	Returns: in the site's time zone, to the minute.

	Raises: ValidationError for an invalid count or unit, or for working time without a working day.
	"""
	site = site_zone()
	start = get_datetime(base).replace(tzinfo=site)
	try:
		found = dates.add_units(start, cint(count), unit, zone_of(user), working_time(user, company))
	except dates.NoWorkingTimeError:
		frappe.throw(
			_(
				"No working day was found within a year. Check the working time in {0} and the holiday list of {1}."
			).format(bold(_("CRM Interactions Settings")), bold(user)),
			title=_("Check the Working Time"),
		)
	except ValueError:
		frappe.throw(
			_("The next step can't be in {0} {1}. Enter a number from 1 to {2}, or choose a date.").format(
				bold(count), bold(_(unit or "")), dates.MOST
			),
			title=_("Check the Next Step"),
		)
	return found.astimezone(site).replace(tzinfo=None, second=0, microsecond=0)


def zone_of(user: str) -> ZoneInfo:
	"""Return a user's time zone, or the site's if the user has none or an unknown one."""
	name = frappe.get_cached_value("User", user, "time_zone") if user else None
	return _zone(name) or site_zone()


def site_zone() -> ZoneInfo:
	return _zone(get_system_timezone()) or ZoneInfo("UTC")


def working_time(user: str, company: str | None = None) -> dates.WorkingTime | None:
	"""Return a user's working time; None if the settings don't limit next steps to working time.

	The holiday list of the employee or the company decides for the days that it covers, the settings for all others.
	"""
	settings = options.settings()
	if not settings.respect_working_time:
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


def _time(value, default: time) -> time:
	if value is None or value == "":
		return default
	# the database returns a timedelta, a form sends text
	if isinstance(value, timedelta):
		return (datetime.min + value).time()
	return get_time(value)


def _zone(name: str | None) -> ZoneInfo | None:
	try:
		return ZoneInfo(name) if name else None
	except (ZoneInfoNotFoundError, ValueError):
		return None  # a zone that this system's database doesn't list
