"""A history of made-up chains, as rows of the app's tables: the same for the same number of chains and the same day.

Pure: `filling.insert_mixed` writes the rows. Each chain has `IN_CHAIN` activities of several types over months; most are
decided, in three currencies. The chains began over five years, and some plan ahead. No two activities have the same time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

IN_CHAIN, OF_PARTNER = 10, 5
DAYS = 5 * 365
ROW, CHAIN = "Activity Link", "Interaction Chain"
TEAM, MEMBER = "Interaction Team", "Interaction Team Member"
PEOPLE = tuple(f"history{number:02d}@example.com" for number in range(20))
LEADERS = {PEOPLE[0]: PEOPLE[1:5], PEOPLE[1]: PEOPLE[5:10], PEOPLE[10]: PEOPLE[11:20]}
KINDS = (*["Interaction"] * 13, *["Meeting"] * 4, "Product Record", *["ToDo"] * 2)
TYPES = ("Phone Call", "E-mail", "Messenger", "Letter")
CATEGORIES = ("Trade Negotiations", "Customer Acquisition", "Order Fulfilment", None)
OUTCOMES = (None, None, "Agreed", "Call Back", "Offer Sent", "Not Interested")
DIRECTIONS = ("Incoming", "Outgoing", "Outgoing")
CURRENCIES = ("EUR", "USD", "GBP")
RESULTS = (*["Won"] * 4, *["Lost"] * 4, "No Decision", "Resolved", *[None] * 3)
STATES = (*["Done"] * 17, *["Planned"], *["Cancelled"] * 2)
# status of a journal row → status of an interaction and a meeting
OF_DOCUMENT = {"Done": "Held", "Planned": "Planned", "Cancelled": "Not Held"}
THEIR_TURN = {"Offer Sent"}
NOTED = '{"values": {"status": "Planned"}}'


@dataclass(frozen=True)
class Story:
	"""What the history is about.

	Args:
		chains: their number.
		today: the last day on which something took place.
		prefix: begins all names.
		party_type, title_field: the type of the partners and its field of the title.
		of_party: further fields → values, of which each partner gets one.
		audiences: responsible user → value of the column `audience`.
	"""

	chains: int
	today: datetime
	prefix: str
	party_type: str
	title_field: str
	of_party: dict[str, tuple]
	audiences: dict[str, str]

	def party(self, number: int) -> str:
		return f"{self.prefix}P{number // OF_PARTNER:06d}"

	def chain(self, number: int) -> str:
		return f"{self.prefix}C{number:06d}"


def write(story: Story) -> Iterator[tuple[str, dict]]:
	"""Yield (document type, row); the rows of a type have the same keys."""
	rng = Random(16)  # noqa: S311  made-up data
	yield from _teams(story)
	for number in range(story.chains):
		if number % OF_PARTNER == 0:
			name = story.party(number)
			more = {field: values[number % len(values)] for field, values in story.of_party.items()}
			yield story.party_type, {"name": name, story.title_field: f"{name} & Sons", **more}
		yield from _chain(story, rng, number)


def _teams(story: Story) -> Iterator[tuple[str, dict]]:
	for leader, members in LEADERS.items():
		team = f"{story.prefix}{leader}"
		yield TEAM, {"name": team, "team_name": team, "leader": leader}
		for place, member in enumerate(members, start=1):
			of = {"parent": team, "parenttype": TEAM, "parentfield": "members", "idx": place}
			yield MEMBER, {"name": f"{team}-{place}", "user": member, **of}


def _chain(story: Story, rng: Random, number: int) -> Iterator[tuple[str, dict]]:
	pace, moment = rng.randrange(4, 30 * 24), story.today - timedelta(days=DAYS - rng.randrange(DAYS))
	activities = []
	for place in range(IN_CHAIN):
		moment += timedelta(hours=rng.randrange(1, pace))
		unique = (number * IN_CHAIN + place) % 1_000_000
		activities.append(_activity(story, rng, number, place, moment.replace(microsecond=unique)))
	end = activities[-1]["activity_date"] + timedelta(hours=rng.randrange(1, pace))
	yield CHAIN, _head(story, rng, number, activities, end)
	for activity in activities:
		yield from _documents(story, rng, activity)
		yield ROW, activity


def _activity(story: Story, rng: Random, number: int, place: int, moment: datetime) -> dict:
	kind = rng.choice(KINDS)
	is_ours = kind in ("Interaction", "Meeting")
	status = rng.choice(STATES) if kind != "Product Record" else "Done"
	if moment > story.today:
		status = "Planned" if status == "Done" else status
	name = f"{story.chain(number)}-{place}"
	return {
		"name": name,
		"creation": moment,
		"modified": moment,
		"activity_type": kind,
		"activity": name,
		"title": f"Benchmark {place}",
		"activity_date": moment,
		"due_until": moment + timedelta(minutes=30) if status == "Planned" else None,
		"status": status,
		"chain": story.chain(number),
		"party_type": story.party_type,
		"party": story.party(number),
		"responsible": rng.choice(PEOPLE),
		"interaction_type": rng.choice(TYPES) if kind == "Interaction" else None,
		"direction": rng.choice(DIRECTIONS) if kind == "Interaction" else None,
		"outcome": rng.choice(OUTCOMES) if is_ours and status == "Done" else None,
		"category": rng.choice(CATEGORIES) if is_ours else None,
	}


def _head(story: Story, rng: Random, number: int, activities: list[dict], end: datetime) -> dict:
	"""Return the row of the chain, with the summary of its activities."""
	held = [activity for activity in activities if activity["status"] == "Done"]
	planned = [activity["activity_date"] for activity in activities if activity["status"] == "Planned"]
	result = rng.choice(RESULTS) if end <= story.today else None
	is_closed = bool(result) or (end <= story.today and rng.random() < 0.5)
	amount = rng.choice((0, 100, 250.5, 4000)) if result == "Won" else 0
	is_open = not is_closed and bool(held)
	return {
		"name": story.chain(number),
		"creation": activities[0]["creation"],
		"modified": end,
		"title": f"Benchmark {number}",
		"party_type": story.party_type,
		"party": story.party(number),
		"status": "Closed" if is_closed else "Open",
		"responsible": activities[-1]["responsible"],
		"started_on": activities[0]["activity_date"],
		"last_activity_on": held[-1]["activity_date"] if held else None,
		"next_step_on": planned[0] if planned else None,
		"has_next_step": int(bool(planned)),
		"activity_count": len(activities),
		"turn": _turn(held[-1]) if is_open else None,
		"turn_since": held[-1]["activity_date"] if is_open else None,
		"result": result,
		"result_on": end if result else None,
		"result_amount": amount,
		"result_currency": rng.choice(CURRENCIES) if amount else None,
		"closed_on": end if is_closed else None,
	}


def _turn(activity: dict) -> str:
	if activity["direction"]:
		return "Theirs" if activity["direction"] == "Outgoing" else "Ours"
	return "Theirs" if activity["outcome"] in THEIR_TURN else "Ours"


def _documents(story: Story, rng: Random, activity: dict) -> Iterator[tuple[str, dict]]:
	kind, moment, responsible = (activity[key] for key in ("activity_type", "activity_date", "responsible"))
	common = {**{key: activity[key] for key in ("name", "creation", "modified")}, "owner": responsible}
	if kind == "ToDo":
		status = {"Done": "Closed", "Planned": "Open"}.get(activity["status"], activity["status"])
		more = {"description": "Benchmark", "allocated_to": responsible, "assigned_by": responsible}
		yield kind, {**common, **more, "status": status, "date": moment.date()}
		return
	money = {"amount": rng.choice((0, 0, 0, 50, 99.9)), "currency": rng.choice(CURRENCIES)}
	if not money["amount"]:
		money["currency"] = None
	shared = {key: activity[key] for key in ("party_type", "party", "chain", "responsible")}
	common |= {**shared, **money, "starts_on": moment, "audience": story.audiences[responsible]}
	if kind == "Product Record":
		yield kind, {**common, "product": "Benchmark"}
		return
	yield kind, {**common, **_planned(rng, activity), **(_costs(rng) if kind == "Meeting" else {})}


def _planned(rng: Random, activity: dict) -> dict:
	"""Return the further fields of an interaction or a meeting; some were planned before they were done."""
	moment, is_done = activity["activity_date"], activity["status"] == "Done"
	was_planned = is_done and rng.random() < 0.4
	done_on = moment + timedelta(hours=rng.choice((1, 2, 3, 40)))
	return {
		**{key: activity[key] for key in ("title", "interaction_type", "direction", "outcome", "category")},
		"due_until": activity["due_until"],
		"status": OF_DOCUMENT[activity["status"]],
		"duration": rng.choice((0, 300, 600, 5400)),
		"completed": int(was_planned),
		"completed_on": done_on if was_planned else None,
		"before_completion": NOTED if was_planned else None,
	}


def _costs(rng: Random) -> dict:
	expected, actual = rng.choice((0, 0, 100, 250)), rng.choice((0, 0, 0, 120.5))
	return {
		"expected_cost": expected,
		"expected_cost_currency": rng.choice(CURRENCIES) if expected else None,
		"actual_cost": actual,
		"actual_cost_currency": rng.choice(CURRENCIES) if actual else None,
	}
