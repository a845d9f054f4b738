"""What refusals say: of times, of hours, and of the other activity as far as the user may know it."""

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import escape_html, format_date, get_fullname

from crm_interactions.controllers.validation import bold
from crm_interactions.resources.hours import WEEKDAYS
from crm_interactions.resources.slots import Interval


def period(start: datetime, end: datetime) -> str:
	if start.date() == end.date():
		return f"{format_date(start)} {start:%H:%M}–{end:%H:%M}"
	return f"{format_date(start)} {start:%H:%M} – {format_date(end)} {end:%H:%M}"


def next_free(free: Interval | None, ahead: timedelta) -> str:
	return bold(period(*free)) if free else _("more than {0} days ahead").format(ahead.days)


def activity(doctype: str, name: str) -> str:
	"""Return topic, number and responsible of an activity; who may not read it learns no more than that it is there."""
	doc = _latest(doctype, name)
	if not doc or not frappe.has_permission(doctype, "read", doc=doc):
		return _("another activity")
	return f"{bold(doc.title)} ({name}, {escape_html(get_fullname(doc.responsible))})"


def hours(opened: dict[int, list[tuple[time, time]]]) -> str:
	"""Return working hours in words; following days with the same ones are named together."""
	groups: list[tuple[list[int], str]] = []
	for day in sorted(opened):
		said = ", ".join(f"{begin:%H:%M}–{_end(end)}" for begin, end in sorted(opened[day]))
		if groups and groups[-1][0][-1] == day - 1 and groups[-1][1] == said:
			groups[-1][0].append(day)
		else:
			groups.append(([day], said))
	return "; ".join(f"{_days(days)} {said}" for days, said in groups)


def _days(days: list[int]) -> str:
	names = [_(WEEKDAYS[day]) for day in (days[0], days[-1])]
	return names[0] if len(days) == 1 else "–".join(names)


def _end(end: time) -> str:
	return "24:00" if end == time.min else f"{end:%H:%M}"


def _latest(doctype: str, name: str):
	"""Return a document, also one that was saved since this transaction began; None where somebody is at it just now."""
	if frappe.db.exists(doctype, name):
		return frappe.get_doc(doctype, name)
	# only a read with a lock sees it
	try:
		frappe.db.get_value(doctype, name, "name", for_update=True, wait=False)
	except frappe.QueryTimeoutError:
		return None
	return frappe.get_doc(doctype, name, for_update=True)
