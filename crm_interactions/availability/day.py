"""A day of users and resources, as the form of a meeting draws it: who is busy or closed, from when to when.

The reason of a busy time is told only to readers of its document.
"""

from dataclasses import dataclass
from datetime import date, datetime

import frappe

from crm_interactions.activities import options
from crm_interactions.availability import activities, events, rooms
from crm_interactions.availability.periods import Busy, overlap
from crm_interactions.clock import site_time
from crm_interactions.platform.stored_text import as_typed

# document type → its field of the topic
TOPICS = {"Interaction": "title", "Meeting": "title", "Event": "subject"}
PERSON, RESOURCE = "Person", "Resource"
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Asked:
	"""The people, the resources and the time of a question.

	Args:
		chosen: the period of the meeting, on the site's clock.
		users: user → full name.
		resources: resource → its own period, if it differs from the meeting's.
		meeting: name of the meeting itself, whose times don't count.
	"""

	chosen: Span
	users: dict[str, str]
	resources: dict[str, Span | None]
	meeting: str | None = None


class Day:
	"""A day on the session user's clock; its moments are minutes since its beginning."""

	def __init__(self, moment: datetime):
		self.zone = site_time.zone_of(frappe.session.user)
		self.begins = site_time.end_of_day(moment, self.zone, -1)
		self.ends = site_time.end_of_day(moment, self.zone, 0)

	@property
	def date(self) -> date:
		return site_time.shown_at(self.begins, self.zone).date()

	@property
	def length(self) -> float:
		return self.minute(self.ends)

	def minute(self, moment: datetime) -> float:
		return site_time.elapsed(self.begins, moment).total_seconds() / 60

	def list_hours(self) -> list[dict]:
		"""Return the full hours of the day as `minute` and `label`; a clock change leaves one out or shows it twice."""
		hours = range(round(self.length / 60) + 1)
		moments = [site_time.later(self.begins, rooms.HOUR * hour) for hour in hours]
		return [{"minute": self.minute(at), "label": self.text(at)} for at in moments]

	def text(self, moment: datetime) -> str:
		"""Return a time of day, such as 09:30; the end of the day is 24:00."""
		is_end = site_time.to_utc(moment) == site_time.to_utc(self.ends)
		return "24:00" if is_end else f"{site_time.shown_at(moment, self.zone):%H:%M}"

	def cut(self, span: Span) -> dict | None:
		"""Return the part of a period on this day as `begins` and `ends` in minutes, `from` and `to` as texts, or None."""
		if not overlap(span, (self.begins, self.ends)):
			return None
		begins = max(span[0], self.begins, key=site_time.to_utc)
		ends = min(span[1], self.ends, key=site_time.to_utc)
		return {
			"begins": self.minute(begins),
			"ends": self.minute(ends),
			"from": self.text(begins),
			"to": self.text(ends),
		}


def read_day(asked: Asked) -> dict:
	"""Return the day on which a meeting begins, with a row for each user, then for each readable resource.

	Returns: `date`, `length` in minutes, `hours` (each full hour as `minute` and `label`), `chosen` and `rows` of `kind`
		(Person or Resource), `name`, `label`, `chosen` (a resource's own time, else None), `busy` and `closed`. Periods
		have `begins` and `ends` in minutes since the beginning of the day, their times as `from` and `to`, `clash` (whether
		they overlap the chosen time) and, if busy, `title`: None unless the user may read the document.
	"""
	day = Day(asked.chosen[0])
	labels = rooms.list_readable([*asked.resources])
	found = _list_busy(asked, day, [*labels])
	titles = _read_titles({busy.key for busy in found})
	rows = [_row(PERSON, user, name, asked, day, found, titles) for user, name in asked.users.items()]
	rows += [_row(RESOURCE, name, label, asked, day, found, titles) for name, label in labels.items()]
	return {
		"date": str(day.date),
		"length": day.length,
		"hours": day.list_hours(),
		"chosen": day.cut(asked.chosen),
		"rows": rows,
	}


def _list_busy(asked: Asked, day: Day, resources: list[str]) -> list[Busy]:
	users = [*asked.users]
	found = activities.list_busy(users, day.begins, day.ends) + events.list_busy(users, day.begins, day.ends)
	found += rooms.list_busy(resources, day.begins, day.ends)
	own = {("Meeting", asked.meeting)}
	return sorted(
		(
			busy
			for busy in found
			if busy.key not in own and overlap((busy.starts, busy.ends), (day.begins, day.ends))
		),
		key=lambda busy: (site_time.to_utc(busy.starts), site_time.to_utc(busy.ends), busy.document),
	)


def _row(kind, name: str, label: str, asked: Asked, day: Day, found: list[Busy], titles: dict) -> dict:
	own = asked.resources.get(name) if kind == RESOURCE else None
	chosen = own or asked.chosen

	def shown(span: Span) -> dict:
		return {**day.cut(span), "clash": int(overlap(span, chosen))}

	closed = rooms.list_closed(name, day.begins, day.ends) if kind == RESOURCE else []
	return {
		"kind": kind,
		"name": name,
		"label": label,
		"chosen": day.cut(own) if own else None,
		"busy": [
			{**shown((busy.starts, busy.ends)), "title": titles.get(busy.key)}
			for busy in found
			if busy.who == name and (kind == RESOURCE) == busy.of_resource
		],
		"closed": [shown(span) for span in closed],
	}


def _read_titles(keys: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""Return the topics of the documents that the user may read."""
	found = {}
	for doctype in {doctype for doctype, _name in keys}:
		if not (options.meta_of(doctype) and frappe.has_permission(doctype, "read")):
			continue
		names = sorted(name for kind, name in keys if kind == doctype)
		rows = frappe.get_list(
			doctype,
			filters={"name": ("in", names)},
			fields=["name", f"{TOPICS.get(doctype, 'name')} as topic"],
			limit_page_length=0,
		)
		found |= {(doctype, row.name): as_typed(row.topic) for row in rows}
	return found
