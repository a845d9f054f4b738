"""Phrases of refusals: periods, hours, and the other activity as far as the user may read it."""

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import format_date, get_fullname

from crm_interactions.controllers.validation import bold
from crm_interactions.platform.stored_text import as_html
from crm_interactions.resources.hours import WEEKDAYS
from crm_interactions.resources.slots import Interval


def period(start: datetime, end: datetime) -> str:
	if start.date() == end.date():
		return f"{format_date(start)} {start:%H:%M}–{end:%H:%M}"
	return f"{format_date(start)} {start:%H:%M} – {format_date(end)} {end:%H:%M}"


def next_free(free: Interval | None, ahead: timedelta) -> str:
	return bold(period(*free)) if free else _("more than {0} days ahead").format(ahead.days)


def activity(doctype: str, name: str) -> str:
	"""Return title, name and responsible user of an activity as HTML; "another activity" if unreadable or locked.

	One saved after this transaction began is read with a lock. A deleted one raises DoesNotExistError.
	"""
	doc = _latest(doctype, name)
	if not doc or not frappe.has_permission(doctype, "read", doc=doc):
		return _("another activity")
	return f"{bold(doc.title)} ({name}, {as_html(get_fullname(doc.responsible))})"


def hours(opened: dict[int, list[tuple[time, time]]]) -> str:
	"""Return working hours as text; consecutive days with the same hours are grouped; "" for none."""
	groups: list[tuple[list[int], str]] = []
	for day in sorted(opened):
		text = ", ".join(f"{begin:%H:%M}–{_end(end)}" for begin, end in sorted(opened[day]))
		if groups and groups[-1][0][-1] == day - 1 and groups[-1][1] == text:
			groups[-1][0].append(day)
		else:
			groups.append(([day], text))
	return "; ".join(f"{_days(days)} {text}" for days, text in groups)


def _days(days: list[int]) -> str:
	names = [_(WEEKDAYS[day]) for day in (days[0], days[-1])]
	return names[0] if len(days) == 1 else "–".join(names)


def _end(end: time) -> str:
	return "24:00" if end == time.min else f"{end:%H:%M}"


def _latest(doctype: str, name: str):
	"""Return a document, even if it was saved after this transaction began; None if another transaction locks it."""
	if frappe.db.exists(doctype, name):
		return frappe.get_doc(doctype, name)
	# a document saved after this transaction began is visible only to a locking read
	try:
		frappe.db.get_value(doctype, name, "name", for_update=True, wait=False)
	except frappe.QueryTimeoutError:
		return None
	return frappe.get_doc(doctype, name, for_update=True)
