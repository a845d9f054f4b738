"""The plan: all activities from a year ago to the next two weeks. Imports no Frappe.

The plan depends only on the date: machine and number of partners don't change the activities of a partner.
"""

from datetime import date, timedelta
from random import Random

from crm_interactions.demo import story, workdays
from crm_interactions.demo.planned import Activity
from crm_interactions.demo.timeline import ChainPlan, plan_chains
from crm_interactions.demo.wording import PER_EURO, Wording
from crm_interactions.demo.workdays import Diary

SEED = 27
TYPES = {"call": "Phone Call", "email": "E-mail", "sms": "SMS", "meeting": "Meeting", "planned": "Planned"}
MINUTES = {"call": (3, 20), "email": (5, 15), "sms": (1, 2), "meeting": (45, 120), "planned": (15, 16)}
DIRECTIONS = {"in": "Incoming", "out": "Outgoing"}
RATINGS = {"Successful": 4, "Offer Sent": 3, "Call Back": 3, "Not Interested": 1}
# scenarios with the partner's first contact, the decision maker; the requirements use the consultation as example
FOR_THE_FIRST = ("consultation", "negotiation", "project")
# some deals end before their last steps, and aren't won
EARLY_END = 0.4
WON, NOT_WON = "Won", ("Lost", "Lost", "Lost", "No Decision")
SOURCES = ("Web", "Referral", "Trade Fair", "Call Centre")


def make(today: date, limit: int | None = None) -> list[Activity]:
	"""Return the activities in order of time; those of a partner are always the same on the same day.

	From `today` on, activities are planned; earlier ones are done or late. `limit` is the number of partners.
	"""
	diary, found, number = Diary(), [], 0
	for position, partner in enumerate(story.partners()[:limit]):
		rng = Random(f"{SEED}/{partner.name}")  # noqa: S311  random dates, no secrets
		for chain in plan_chains(partner, position, today, rng):
			number += 1
			found += Teller(partner, chain, number, today, diary, rng).tell()
	return sorted(found, key=lambda activity: (activity.starts_on, activity.chain))


class Teller:
	"""Builds the activities of one chain, step by step."""

	def __init__(
		self, partner: story.Partner, chain: ChainPlan, number: int, today: date, diary: Diary, rng: Random
	) -> None:
		self.partner, self.chain, self.number = partner, chain, number
		self.today, self.diary, self.rng = today, diary, rng
		self.scenario = story.load("scenarios")[chain.scenario]
		self.wording = Wording(partner, chain.scenario, f"{number:03d}/{chain.days[0]:%y}", rng)
		self.contact = (
			partner.contacts[0] if chain.scenario in FOR_THE_FIRST else rng.choice(partner.contacts)
		)
		self.source = rng.choice(SOURCES) if self.scenario.get("source") else ""
		self.days, self.result = self._end()

	def _end(self) -> tuple[tuple[date, ...], str]:
		"""Return the days of the chain's steps and its result; a deal that isn't won misses its last one or two steps."""
		days, result = self.chain.days, self.scenario.get("result", "")
		# apart from the other choices, which stay the same
		rng = Random(f"{SEED}/{self.partner.name}/{self.number}/end")  # noqa: S311  as above
		if result != WON or self.chain.open_step is not None or rng.random() > EARLY_END:
			return days, result
		return days[: -rng.choice((1, 2))], rng.choice(NOT_WON)

	def tell(self) -> list[Activity]:
		found = []
		for index, day in enumerate(self.days):
			step = self.scenario["steps"][index]
			if index == self.chain.open_step:
				found.append(self._planned(index, step, day))
				break
			activity = self._done(index, step, day)
			found.append(activity)
			if step.get("record"):
				found.append(self._record(step, activity))
		return found

	def _done(self, index: int, step: dict, day: date) -> Activity:
		next_day = self.chain.days[index + 1] if index + 1 < len(self.chain.days) else None
		title, notes = self.wording.step(index, next_day)
		activity = self._activity(step, step["kind"], day, title, notes)
		age = (self.today - day).days
		activity.status = step.get("status", "Held")
		activity.outcome = step.get("outcome", "")
		activity.completed = self.rng.random() < (0.7 if age < 10 else 0.98)
		activity.reviewed = (activity.completed and self._likely_reviewed(age)) or "reviewed" in step
		if step.get("control") and age < 40:
			activity.control_on = workdays.add(day, 10)
		if activity.status == "Held" and activity.outcome:
			activity.rating = step.get("rating") or (
				RATINGS.get(activity.outcome, 0) if self.rng.random() < 0.6 else 0
			)
		if activity.status == "Held":
			if step.get("file") and self.rng.random() < 0.5:
				activity.file = self.wording.style["files"][step["file"]]
			activity.actual_cost = self._near(activity.expected_cost)
		if index == 0:
			activity.source = self.source
		self._set_amount(activity, step)
		return activity

	def _likely_reviewed(self, age: int) -> bool:
		return self.rng.random() < (0.25 if age < 7 else 0.7 if age < 30 else 0.95)

	def _planned(self, index: int, step: dict, day: date) -> Activity:
		kind = step["kind"] if not step["kind"].endswith("-in") else "planned-out"
		title, notes = self.wording.plan(index, kind.split("-")[0], self.rng)
		activity = self._activity(step, kind, day, title, notes)
		activity.status = "Planned"
		if step.get("control"):
			activity.control_on = workdays.add(day, 5)
		return activity

	def _activity(self, step: dict, kind: str, day: date, title: str, notes: str) -> Activity:
		medium, _, direction = kind.partition("-")
		minutes = self.rng.randrange(*MINUTES[medium])
		if medium == "meeting":
			minutes -= minutes % 15
		begin = self.diary.book(self.partner.responsible, day, minutes, self.rng)
		activity = Activity(
			"Meeting" if medium == "meeting" else "Interaction",
			self.partner,
			self.contact,
			self.number,
			self.partner.responsible,
			begin,
			begin + timedelta(minutes=minutes),
			title,
			notes,
			TYPES[medium],
			direction=DIRECTIONS.get(direction, ""),
			reason=self.wording.reason,
			priority=step.get("priority", "Normal"),
			category=self.scenario["category"],
			result=self.result,
		)
		if medium == "meeting":
			self._set_meeting(activity, step)
		return activity

	def _set_meeting(self, activity: Activity, step: dict) -> None:
		style = self.wording.style
		activity.place = style["places"].get(step["place"]) or self.partner.place
		activity.agenda = self.rng.choice(style["agenda"])
		others = [contact for contact in self.partner.contacts if contact != self.contact]
		activity.attendees = (self.contact, *(contact for contact in others if self.rng.random() < 0.4))
		activity.with_technician = self.chain.scenario == "complaint"
		if step.get("cost"):
			activity.expected_cost = float(
				round(self.rng.randrange(*step["cost"], 10) * PER_EURO[self.partner.currency])
			)

	def _set_amount(self, activity: Activity, step: dict) -> None:
		if not (step.get("amount") or step.get("discounted")):
			return
		activity.product, activity.quantity = self.wording.product(), self.wording.quantity
		activity.amount = self.wording.discounted if step.get("discounted") else self.wording.amount

	def _near(self, cost: float) -> float:
		return float(round(cost * self.rng.uniform(0.8, 1.25)))

	def _record(self, step: dict, activity: Activity) -> Activity:
		kind = step["record"]
		return Activity(
			"Product Record",
			self.partner,
			self.contact,
			self.number,
			activity.responsible,
			activity.ends_on,
			activity.ends_on,
			self.wording.product(kind),
			self.rng.choice(self.wording.style["records"][kind]),
			kind,
			quantity=self.wording.quantity,
			amount=self.wording.amount if kind == "Interest" else 0,
			result=activity.result,
		)
