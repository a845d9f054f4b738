"""The shared calendar: interactions, meetings and events of a period, limited to what the reader may read."""

from datetime import datetime, timedelta

import frappe
from frappe.desk.doctype.event import event as platform_event

from crm_interactions.activities import period
from crm_interactions.day import details
from crm_interactions.followups import rules

EVENT = "Event"
SHOWN = (
	*("name", "title", "party_name", "starts_on", "ends_on", "due_until", "duration", "status", "completed"),
	*("interaction_type", "responsible"),
)
# the field of an Event that a filter of activities applies to
SAME_FIELD = {"responsible": "owner"}
# the longest activity that is still shown in a period that begins after its start
LONGEST = timedelta(days=31)


def list_entries(doctype: str, first: datetime, last: datetime, conditions: list[list]) -> list[dict]:
	"""Return the entries of all three types that overlap a period and are readable.

	An activity's own Event is left out if the activity is readable. Filters apply to a type that has all of their fields;
	a type without one of them has no entries.

	Args:
		doctype: "Interaction" or "Meeting", which the filters were set for; it must be readable.
		conditions: filters as of `api.arguments.conditions`.
	"""
	others = [kind for kind in rules.PLANNING if kind != doctype and frappe.has_permission(kind, "read")]
	entries = _list_activities(doctype, first, last, conditions)
	for kind in others:
		moved = _move_conditions(conditions, kind)
		if moved is not None:
			entries += _list_activities(kind, first, last, moved)
	for entry in entries:
		entry.update(details.look(frappe._dict(entry, activity=entry.name, activity_type=entry.doctype)))
	return entries + _list_events(first, last, conditions)


def _list_activities(doctype: str, first: datetime, last: datetime, conditions: list[list]) -> list[dict]:
	"""Return a type's readable activities of a period, with `doctype`, `ends_on` and `all_day` (0) set."""
	rows = frappe.get_list(
		doctype,
		fields=list(SHOWN),
		filters=[
			*conditions,
			[doctype, "starts_on", "<=", last],
			[doctype, "starts_on", ">=", first - LONGEST],
		],
		limit_page_length=0,
	)
	for row in rows:
		row.update(doctype=doctype, ends_on=shown_end(row), all_day=0)
	return [row for row in rows if row.ends_on >= first]


def shown_end(row) -> datetime:
	"""Return the end that the calendar shows; activities without a length get a clickable minimum."""
	return period.shown_end(row, least=period.SHORTEST if not row.ends_on else timedelta())


def _move_conditions(conditions: list[list], doctype: str) -> list[list] | None:
	"""Return filters for another type of activity; None if it lacks one of their fields."""
	meta = frappe.get_meta(doctype)
	tables = {field.options for field in meta.get_table_fields()}
	moved = []
	for kind, field, *condition in conditions:
		if kind not in rules.PLANNING:
			if kind not in tables:
				return None
			moved.append([kind, field, *condition])
		elif field in ("name", "owner") or meta.has_field(field):
			moved.append([doctype, field, *condition])
		else:
			return None
	return moved


def _list_events(first: datetime, last: datetime, conditions: list[list]) -> list[dict]:
	"""Return the user's open events, as the platform's calendar does, repeated ones on each of their days."""
	if not frappe.has_permission(EVENT, "read"):
		return []
	if not all(_is_for_events(*condition) for condition in conditions):
		return []
	filters = [[EVENT, SAME_FIELD[field], *condition] for _kind, field, *condition in conditions]
	found = platform_event.get_events(first.date(), last.date(), frappe.session.user, filters=filters)
	own = _events_of_activities({row.name for row in found})
	return [_event(row) for row in found if row.name not in own]


def _is_for_events(kind: str, field: str, operator: str, value) -> bool:
	# the platform inserts values into a format string, where a per cent sign has a meaning
	plain = operator in ("=", "!=", "in", "not in") and chr(37) not in str(value)
	return kind in rules.PLANNING and field in SAME_FIELD and plain


def _events_of_activities(names: set[str]) -> set[str]:
	"""Return those of the events that belong to an activity that the user may read."""
	readable = [kind for kind in rules.PLANNING if frappe.has_permission(kind, "read")] if names else []
	return {
		name
		for kind in readable
		for name in frappe.get_list(
			kind, filters={"event": ("in", [*names])}, pluck="event", limit=len(names)
		)
	}


def _event(row) -> dict:
	return {
		"doctype": EVENT,
		"name": row.name,
		"title": row.subject,
		"party_name": None,
		"starts_on": row.starts_on,
		"ends_on": row.ends_on or row.starts_on + period.SHORTEST,
		"all_day": row.all_day,
		"status": None,
		"completed": 0,
		"responsible": row.owner,
		"icon": "calendar",
		"color": "gray",
	}
