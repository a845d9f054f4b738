"""Resources of the demo's meetings: two rooms for meetings at the office, a car for visits."""

from collections.abc import Sequence
from datetime import datetime

import frappe

from crm_interactions.demo import story
from crm_interactions.demo.planned import Activity
from crm_interactions.demo.write import register
from crm_interactions.resources.slots import overlaps

DOCTYPE = "Meeting Resource"
WORKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HOURS = [{"weekday": day, "from_time": "07:00:00", "to_time": "19:00:00"} for day in WORKDAYS]
# title, kind, capacity, location and color of each
ROOMS = (
	("Large Meeting Room", "Room", 12, "Ground floor", "#449CF0"),
	("Small Meeting Room", "Room", 4, "First floor", "#29CD42"),
)
CAR = ("Company Car", "Vehicle", 5, "Yard, keys at the reception", "#ECAD4B")


class Reservations:
	"""Creates the demo's rooms and car, except for names that the site has, and books them for meetings."""

	def __init__(self) -> None:
		self._rooms = [room[0] for room in ROOMS if _create(*room, HOURS)]
		self._cars = [CAR[0]] if _create(*CAR) else []
		self._taken: dict[str, list[tuple[datetime, datetime]]] = {}

	def book(self, activity: Activity) -> list[dict]:
		"""Reserve in memory a free room or, for a visit, the car; return its row in a list, or [], for Cancelled and Not Held."""
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


def _create(
	title: str, kind: str, capacity: int, location: str, color: str, hours: Sequence[dict] = ()
) -> bool:
	"""Create a resource; return False if the site has one of that name, which the demo must not book."""
	if frappe.db.exists(DOCTYPE, title):
		return False
	fields = {"title": title, "kind": kind, "capacity": capacity, "location": location, "color": color}
	frappe.get_doc({"doctype": DOCTYPE, **fields, "working_hours": hours}).insert()
	register.add(DOCTYPE, title)
	return True
