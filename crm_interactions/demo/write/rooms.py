"""Resources of the demo's meetings: two rooms for meetings at the office, a car for visits."""

from __future__ import annotations

from datetime import datetime

import frappe

from crm_interactions.demo import story
from crm_interactions.demo.planned import Activity
from crm_interactions.demo.write import register
from crm_interactions.resources.slots import overlaps

DOCTYPE = "Meeting Resource"
WORKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HOURS = [{"weekday": day, "from_time": "07:00:00", "to_time": "19:00:00"} for day in WORKDAYS]
ROOMS = (
	{
		"title": "Large Meeting Room",
		"kind": "Room",
		"capacity": 12,
		"location": "Ground floor",
		"color": "#449CF0",
	},
	{
		"title": "Small Meeting Room",
		"kind": "Room",
		"capacity": 4,
		"location": "First floor",
		"color": "#29CD42",
	},
)
CAR = {
	"title": "Company Car",
	"kind": "Vehicle",
	"capacity": 5,
	"location": "Yard, keys at the reception",
	"color": "#ECAD4B",
}


class Reservations:
	"""Books a free resource for each meeting, if there is one."""

	def __init__(self) -> None:
		self._rooms = [room["title"] for room in ROOMS if _create({**room, "working_hours": HOURS})]
		self._cars = [CAR["title"]] if _create(CAR) else []
		self._taken: dict[str, list[tuple[datetime, datetime]]] = {}

	def book(self, activity: Activity) -> list[dict]:
		"""Return the resource rows of a meeting, at most one; none for a meeting that didn't take place."""
		if activity.status in ("Cancelled", "Not Held"):
			return []
		period = (activity.starts_on, activity.ends_on)
		for name in self._needed(activity):
			taken = self._taken.setdefault(name, [])
			if not any(overlaps(period, other) for other in taken):
				taken.append(period)
				return [{"resource": name}]
		return []

	def _needed(self, activity: Activity) -> list[str]:
		style = story.load("languages")[activity.partner.language]
		if activity.place == style["places"]["ours"]:
			# alternate, so that the calendar shows both rooms
			self._rooms = self._rooms[1:] + self._rooms[:1]
			return self._rooms
		return self._cars if activity.place == activity.partner.place else []


def _create(fields: dict) -> bool:
	"""Create a resource; return False if the site has one of that name, which the demo must not book."""
	if frappe.db.exists(DOCTYPE, fields["title"]):
		return False
	frappe.get_doc({"doctype": DOCTYPE, **fields}).insert()
	register.add(DOCTYPE, fields["title"])
	return True
