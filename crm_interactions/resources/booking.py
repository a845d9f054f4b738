"""Bookings of resources by activities; a resource is never booked twice at the same time (R14).

Activities that are cancelled, not held or deleted hold no resources. Held activities keep their bookings as history.
"""

from datetime import timedelta

import frappe
from frappe import _

from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import former_version
from crm_interactions.exceptions import BookedError, DisabledValueError
from crm_interactions.resources import bookings, hours, locks, periods, sentences, slots

# how far ahead to look for the next free period
AHEAD = timedelta(days=60)


def validate(doc) -> None:
	"""Check and complete the resource rows of an activity; call it within `locks.take_turn`.

	Sets each row's period. Hours and other bookings are checked, with locks, for newly booked rows only, and nothing is
	booked by a cancelled activity. A lack of capacity shows a warning; a missing resource is left to Frappe.

	Raises: BookedError for a resource that is taken or closed at that time, or entered twice, even if cancelled;
		DisabledValueError for a newly chosen resource that is disabled; ValidationError as `periods.fill_periods`.
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
	"""Return the rows that book a resource and period that the stored version doesn't hold."""
	before = doc.get_doc_before_save()
	held = {_booking(row) for row in before.resources if row.holds} if before else set()
	return [row for row in doc.resources if row.holds and _booking(row) not in held and _exists(row)]


def _booking(row) -> tuple:
	return row.resource, *(site_time.to_utc(at) for at in periods.row_period(row))


def _exists(row) -> bool:
	# Frappe's link check reports a missing resource
	return bool(row.resource and frappe.db.exists(locks.RESOURCE, row.resource))


def _refuse_disabled(doc) -> None:
	before = former_version(doc)
	known = {row.resource for row in before.resources} if before else set()
	for row in doc.resources:
		if row.resource in known or not _exists(row):
			continue
		if frappe.get_cached_value(locks.RESOURCE, row.resource, "disabled"):
			frappe.throw(
				_("{0} is disabled and can't be booked. Choose another resource.").format(
					sentences.bold(row.resource)
				),
				DisabledValueError,
				title=_("Disabled"),
			)


def _refuse_twice(doc) -> None:
	for index, row in enumerate(doc.resources):
		for other in doc.resources[:index]:
			if row.resource == other.resource and slots.overlaps(
				periods.row_period(row), periods.row_period(other), site_time.site_zone()
			):
				frappe.throw(
					_(
						"Rows {0} and {1} book {2} for the same time. Remove one of them, or change its time."
					).format(other.idx, row.idx, sentences.bold(row.resource)),
					BookedError,
					title=_("Entered Twice"),
				)


def _require_open(doc, row) -> None:
	opened = hours.read_hours(row.resource)
	if slots.is_open(periods.row_period(row), opened, site_time.site_zone()):
		return
	frappe.throw(
		_(
			"{0} can be booked {1}; {2} is outside these hours. Choose another resource or time; the next free period of this length is {3}."
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
			"{0} is already booked {1} for {2}. Choose another resource or time; the next free period of this length is {3}."
		).format(
			sentences.bold(row.resource),
			sentences.period(clashes[0].booked_from, clashes[0].booked_to),
			sentences.activity(clashes[0].parenttype, clashes[0].parent),
			sentences.next_free(_next_free(doc, row), AHEAD),
		),
		BookedError,
		title=_("Already Booked"),
	)


def _next_free(doc, row) -> slots.Interval | None:
	"""Return the next free period of this length; for a row that follows the activity's time, of all such resources."""
	names = {row.resource}
	if not row.own_time:
		names |= {other.resource for other in doc.resources if not other.own_time and _exists(other)}
	wanted = periods.row_period(row)
	until = wanted[1] + AHEAD  # whole days
	taken = [
		periods.row_period(other) for other in bookings.list_other_bookings(doc, names, wanted[0], until)
	]
	opened = [hours.read_hours(name) for name in names]
	return slots.next_free(wanted, taken, opened, AHEAD, site_time.site_zone())


def _warn_of_capacity(doc, wanted: list) -> None:
	"""Warn if a resource is too small; checks newly booked rows, or all rows if participants were added."""
	participants = len(doc.get("participants") or [])
	before = doc.get_doc_before_save()
	more = not before or participants > len(before.get("participants") or [])
	for row in doc.resources if more else wanted:
		capacity = _exists(row) and frappe.get_cached_value(locks.RESOURCE, row.resource, "capacity")
		if row.holds and capacity and participants > capacity:
			frappe.msgprint(
				_(
					"{0} has room for {1}, but {2} participants are listed. Choose a larger resource if all of them attend."
				).format(sentences.bold(row.resource), capacity, participants),
				title=_("Too Small"),
				indicator="orange",
			)
