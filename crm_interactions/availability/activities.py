"""Busy times of users by interactions and meetings: as the responsible user, or as a participant."""

from datetime import datetime, timedelta

import frappe

from crm_interactions.activities import period
from crm_interactions.availability.people import list_stand_ins
from crm_interactions.availability.periods import Busy
from crm_interactions.clock import site_time
from crm_interactions.followups.rules import PLANNING
from crm_interactions.resources.bookings import FREEING
from crm_interactions.resources.periods import USUAL as HOUR

# an activity that began earlier is no longer looked for
LONGEST = timedelta(days=31)
# length without end and duration
USUAL = {"Interaction": period.SHORTEST, "Meeting": HOUR}
PARTICIPANT = "Interaction Participant"


def list_busy(users: list[str], start: datetime, until: datetime) -> list[Busy]:
	"""Return the periods of activities of these users, generously around a period; planned days without a time are free.

	Activities that are cancelled or not held take no time.
	"""
	if not users:
		return []
	stand_ins = list_stand_ins(users)
	found = {}
	for doctype in PLANNING:
		for row in _list_responsible(doctype, users, start, until):
			found[(row.responsible, doctype, row.name)] = row
		for row in _list_participants(doctype, stand_ins, start, until):
			if user := stand_ins.get((row.participant_type, row.participant)):
				found[(user, doctype, row.name)] = row
	return [
		Busy(user, *period.period_of(row, usual=USUAL[doctype]), doctype, name)
		for (user, doctype, name), row in found.items()
		if not _is_day_only(row)
	]


def _list_responsible(doctype: str, users: list[str], start: datetime, until: datetime) -> list[dict]:
	activity = frappe.qb.DocType(doctype)
	return _query(activity, start, until).where(activity.responsible.isin(users)).run(as_dict=True)


def _list_participants(doctype: str, stand_ins, start: datetime, until: datetime) -> list[dict]:
	activity, row = frappe.qb.DocType(doctype), frappe.qb.DocType(PARTICIPANT)
	query = _query(activity, start, until).join(row).on(row.parent == activity.name)
	query = query.select(row.participant_type, row.participant)
	query = query.where((row.parenttype == doctype) & (row.parentfield == "participants"))
	return query.where(row.participant.isin([name for _type, name in stand_ins])).run(as_dict=True)


def _query(activity, start: datetime, until: datetime):
	# moments are compared as text: SQLite stores text without microseconds, but a datetime parameter has them
	earliest = site_time.later(start, -LONGEST)
	ends_later = activity.ends_on.isnull() | (activity.ends_on > str(site_time.later(start, -HOUR)))
	return (
		frappe.qb.from_(activity)
		.select(activity.name, activity.responsible, activity.starts_on, activity.ends_on, activity.duration)
		.where((activity.starts_on < str(until)) & (activity.starts_on > str(earliest)) & ends_later)
		.where(activity.status.notin(FREEING))
	)


def _is_day_only(row) -> bool:
	"""Return whether an activity is planned for a day without a time; its duration is usually that of its type."""
	return not row.ends_on and bool(site_time.find_day(row.starts_on, row.responsible))
