"""Putting off planned work from My Day (B11): the document is saved at its new time, with all its rules."""

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, get_datetime

from crm_interactions.activities import period
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.day import others
from crm_interactions.followups import rules
from crm_interactions.journal import registry
from crm_interactions.journal.source import read_state

HOUR, TOMORROW, WEEK = SPANS = ("hour", "tomorrow", "week")
MORNING = time(9)


def find_moment(to: str, planned: datetime, now: datetime) -> datetime:
	"""Return the moment of a span: an hour from now, tomorrow at 9:00, or in a week at the planned time of day.

	Days are those of the session user's clock; moments, of the site's.
	"""
	user = frappe.session.user
	if to == HOUR:
		return site_time.later(now, timedelta(hours=1)).replace(second=0, microsecond=0)
	if to == TOMORROW:
		return site_time.on_day(1, now, user, MORNING)
	return site_time.move_to_day(planned, site_time.on_day(7, now, user).date(), user)


def snooze(doc, to: str | datetime, now: datetime) -> dict:
	"""Save a planned document at another time: its end and other dates move by the same span.

	Args:
		to: one of `SPANS`, or a moment in the site's time zone; a document with a date alone takes the day.

	Returns: `date`, the new time, and `former`, both as stored.

	Raises: ValidationError for a document that isn't planned, and as the save.
	"""
	if read_state(doc, registry.get_source(doc.doctype)) != "Planned":
		frappe.throw(_("{0} isn't planned any more. Reload My Day.").format(bold(doc.name)))
	fields = _fields(doc)
	former = next((doc.get(field) for field in fields if doc.get(field)), None)
	planned = get_datetime(former or now)
	moment = find_moment(to, planned, now) if isinstance(to, str) else to
	if doc.doctype in rules.PLANNING:
		period.change_times(doc, moment, None)
	else:
		_move_dates(doc, fields, former, moment)
	doc.save()
	return {"date": str(doc.get(_first_filled(doc, fields))), "former": str(former) if former else None}


def require_type(doctype: str) -> None:
	"""Raise ValidationError for a document type whose time My Day doesn't change."""
	is_known = doctype in rules.PLANNING or doctype in others.WAYS
	if not (is_known and registry.get_source(doctype)):
		frappe.throw(
			_("My Day doesn't change the time of {0}. Open the document instead.").format(bold(_(doctype)))
		)


def _fields(doc) -> tuple[str, ...]:
	return ("starts_on",) if doc.doctype in rules.PLANNING else others.WAYS[doc.doctype].dates


def _first_filled(doc, fields: tuple[str, ...]) -> str:
	return next((field for field in fields if doc.get(field)), fields[0])


def _move_dates(doc, fields: tuple[str, ...], former, moment: datetime) -> None:
	if not former:
		doc.set(fields[0], moment.date() if _is_day(doc, fields[0]) else moment)
		return
	days, span = date_diff(moment, former), site_time.elapsed(former, moment)
	for field in fields:
		if value := doc.get(field):
			doc.set(field, add_days(value, days) if _is_day(doc, field) else site_time.later(value, span))


def _is_day(doc, field: str) -> bool:
	return doc.meta.get_field(field).fieldtype == "Date"
