"""An activity reserves resources, and none of them is ever booked twice (R14).

Cancelled activities and those that weren't held hold nothing, deleted ones neither; what was held keeps its bookings as
history.
"""

from datetime import timedelta

import frappe
from frappe import _

from crm_interactions.exceptions import BookedError, DisabledValueError
from crm_interactions.resources import bookings, hours, locks, periods, sentences, slots

# how far ahead the next free time is looked for
AHEAD = timedelta(days=60)


def validate(doc) -> None:
	"""Check and complete the resources of an activity, within its `locks.take_turn`.

	Raises: BookedError for a resource that isn't to be had at that time; DisabledValueError for a newly chosen one
		that is disabled.
	"""
	if not doc.meta.has_field("resources") or not doc.resources:
		return
	periods.fill_periods(doc)
	_refuse_disabled(doc)
	_refuse_twice(doc)
	wanted = _newly_booked(doc)
	if wanted:
		locks.touch_resources({row.resource for row in wanted})
		for row in wanted:
			_require_open(doc, row)
			_require_free(doc, row)
	_warn_of_capacity(doc, wanted)


def _newly_booked(doc) -> list:
	"""Return the rows that hold what this activity didn't hold before this save."""
	before = doc.get_doc_before_save()
	held = {_booking(row) for row in before.resources if row.holds} if before else set()
	return [row for row in doc.resources if row.holds and _booking(row) not in held and _is_there(row)]


def _booking(row) -> tuple:
	return row.resource, *periods.row_period(row)


def _is_there(row) -> bool:
	# the platform's link check names the one that isn't
	return bool(row.resource and frappe.db.exists(locks.RESOURCE, row.resource))


def _refuse_disabled(doc) -> None:
	before = doc.get_doc_before_save()
	known = {row.resource for row in before.resources} if before else set()
	for row in doc.resources:
		if row.resource in known or not _is_there(row):
			continue
		if frappe.get_cached_value(locks.RESOURCE, row.resource, "disabled"):
			frappe.throw(
				_("{0} is disabled and can't be booked any more. Choose another resource.").format(
					sentences.bold(row.resource)
				),
				DisabledValueError,
				title=_("Disabled"),
			)


def _refuse_twice(doc) -> None:
	for index, row in enumerate(doc.resources):
		for other in doc.resources[:index]:
			if row.resource == other.resource and slots.overlaps(
				periods.row_period(row), periods.row_period(other)
			):
				frappe.throw(
					_(
						"Rows {0} and {1} book {2} for the same time. Remove one of them, or change its times."
					).format(other.idx, row.idx, sentences.bold(row.resource)),
					BookedError,
					title=_("Entered Twice"),
				)


def _require_open(doc, row) -> None:
	opened = hours.read_hours(row.resource)
	if slots.is_open(periods.row_period(row), opened):
		return
	frappe.throw(
		_(
			"{0} can be booked {1}; {2} isn't within that. Choose another resource or another time; the next free one of this length is {3}."
		).format(
			sentences.bold(row.resource),
			sentences.hours(opened),
			sentences.period(*periods.row_period(row)),
			sentences.next_free(_next_free(doc, row), AHEAD),
		),
		BookedError,
		title=_("Outside Working Hours"),
	)


def _require_free(doc, row) -> None:
	start, end = periods.row_period(row)
	clashes = bookings.list_other_bookings(doc, {row.resource}, start, end)
	if not clashes:
		return
	frappe.throw(
		_(
			"{0} is booked already, {1}, for {2}. Choose another resource or another time; the next free one of this length is {3}."
		).format(
			sentences.bold(row.resource),
			sentences.period(clashes[0].booked_from, clashes[0].booked_to),
			sentences.activity(clashes[0].parenttype, clashes[0].parent),
			sentences.next_free(_next_free(doc, row), AHEAD),
		),
		BookedError,
		title=_("Booked Already"),
	)


def _next_free(doc, row) -> slots.Interval | None:
	"""Return the next time that is as long; for what moves with the activity one at which all of that is free."""
	names = {row.resource}
	if not row.own_time:
		names |= {other.resource for other in doc.resources if not other.own_time and _is_there(other)}
	wanted = periods.row_period(row)
	until = wanted[1] + AHEAD
	taken = [
		periods.row_period(other) for other in bookings.list_other_bookings(doc, names, wanted[0], until)
	]
	return slots.next_free(wanted, taken, [hours.read_hours(name) for name in names], AHEAD)


def _warn_of_capacity(doc, wanted: list) -> None:
	"""Say that a room is too small when it is booked, or when more people come than before; it isn't refused."""
	people = len(doc.get("participants") or [])
	before = doc.get_doc_before_save()
	more = not before or people > len(before.get("participants") or [])
	for row in doc.resources if more else wanted:
		capacity = _is_there(row) and frappe.get_cached_value(locks.RESOURCE, row.resource, "capacity")
		if row.holds and capacity and people > capacity:
			frappe.msgprint(
				_("{0} has room for {1}, and {2} take part. Choose a larger one if all of them come.").format(
					sentences.bold(row.resource), capacity, people
				),
				title=_("Too Small"),
				indicator="orange",
			)
