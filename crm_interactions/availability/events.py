"""Busy times of users by Events of Frappe's calendar: their own, and those in which they take part."""

from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, getdate

from crm_interactions.activities.period import SHORTEST
from crm_interactions.availability import recurrence
from crm_interactions.availability.people import list_stand_ins
from crm_interactions.availability.periods import Busy
from crm_interactions.clock import site_time
from crm_interactions.followups.calendar import EVENT, OVER
from crm_interactions.followups.rules import PLANNING

PARTICIPANT = "Event Participants"
DAY = timedelta(days=1)
DECLINED = "No"


def list_busy(users: list[str], start: datetime, until: datetime) -> list[Busy]:
	"""Return the periods of Events of these users, generously around a period.

	Closed and cancelled Events take no time, nor do declined ones; Events of activities are left out, since the activities
	themselves count. An Event without an end takes half an hour, an all-day one its whole days.
	"""
	if not users:
		return []
	found = {(row.owner, row.name): row for row in _list_own(users, start, until)}
	stand_ins = list_stand_ins(users)
	for row in _list_attended(stand_ins, start, until):
		user = stand_ins.get((row.reference_doctype, row.reference_docname)) or stand_ins.get(
			("User", row.email)
		)
		if user:
			found[(user, row.name)] = row
	mirrors = _list_mirrors(
		{row.name for row in found.values() if row.reference_doctype_of_event in PLANNING}
	)
	return [
		Busy(user, *span, EVENT, name)
		for (user, name), row in found.items()
		if name not in mirrors
		for span in _spans(row, user, start, until)
	]


def _list_own(users: list[str], start: datetime, until: datetime) -> list[dict]:
	event = frappe.qb.DocType(EVENT)
	query = _query(event, start, until).where(event.owner.isin(users))
	if frappe.get_meta(EVENT).has_field("attending"):
		query = query.where(event.attending.isnull() | (event.attending != DECLINED))
	return query.run(as_dict=True)


def _list_attended(stand_ins, start: datetime, until: datetime) -> list[dict]:
	event, row = frappe.qb.DocType(EVENT), frappe.qb.DocType(PARTICIPANT)
	names = [name for _type, name in stand_ins]
	query = _query(event, start, until).join(row).on(row.parent == event.name)
	query = query.select(row.reference_doctype, row.reference_docname, row.email)
	query = query.where(row.reference_docname.isin(names) | row.email.isin(names))
	if frappe.get_meta(PARTICIPANT).has_field("attending"):
		query = query.where(row.attending.isnull() | (row.attending != DECLINED))
	return query.run(as_dict=True)


def _query(event, start: datetime, until: datetime):
	# a day more on each side, because all-day Events count on their user's clock; as text, because of SQLite
	early, late = str(site_time.later(start, -DAY)), str(site_time.later(until, DAY))
	is_once = (event.ends_on > early) | (event.ends_on.isnull() & (event.starts_on > early))
	repeats = (event.repeat_this_event == 1) & (
		event.repeat_till.isnull() | (event.repeat_till >= early[:10])
	)
	return (
		frappe.qb.from_(event)
		.select(event.name, event.owner, event.starts_on, event.ends_on, event.all_day)
		.select(event.repeat_this_event, event.repeat_on, event.repeat_till)
		.select(*(event[day] for day in recurrence.WEEKDAYS))
		.select(event.reference_doctype.as_("reference_doctype_of_event"))
		.where((event.starts_on < late) & (is_once | repeats))
		.where(event.status.isnull() | event.status.notin(OVER))
	)


def _list_mirrors(names: set[str]) -> set[str]:
	"""Return the Events that activities keep in the calendar of their responsible users."""
	if not names:
		return set()
	return {
		name
		for doctype in PLANNING
		for name in frappe.get_all(doctype, {"event": ("in", sorted(names))}, pluck="event")
	}


def _spans(row, user: str, start: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
	"""Return the periods of an Event's occurrences around a period."""
	begins, ends = get_datetime(row.starts_on), get_datetime(row.ends_on) if row.ends_on else None
	if not row.repeat_this_event:
		return [_span(row, user, begins, ends)]
	days = (ends.date() - begins.date()).days if ends else 0
	first = site_time.later(start, -DAY * (days + 1)).date()
	found = []
	rule = {**row, "repeat_till": row.repeat_till and getdate(row.repeat_till)}
	for day in recurrence.list_days(rule, begins.date(), first, site_time.later(until, DAY).date()):
		moved = datetime.combine(day, begins.time())
		last = datetime.combine(day + DAY * days, ends.time()) if ends else None
		found.append(_span(row, user, moved, last))
	return found


def _span(row, user: str, begins: datetime, ends: datetime | None) -> tuple[datetime, datetime]:
	if row.all_day:
		zone = site_time.zone_of(user)
		last = max(ends or begins, begins).date()
		return site_time.start_of_day(begins.date(), zone), site_time.start_of_day(last + DAY, zone)
	if not ends or ends <= begins:
		return begins, site_time.later(begins, SHORTEST)
	return site_time.read_period(begins, ends)
