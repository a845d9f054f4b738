"""Dates of a partner's chains, relative to today. Imports no Frappe."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crm_interactions.demo import story, workdays

YEAR = 362  # days between the first possible start and today
RECENT = 60  # days between the start of a closed last chain and today
USUAL = 33  # length of a longer scenario, in days
MODES = ("late", "today", "ahead", "ahead", "late", "ahead")


@dataclass(frozen=True)
class ChainPlan:
	"""Days of a scenario's steps; the steps before `open_step` are done, and `open_step`, if any, is planned."""

	scenario: str
	days: tuple[date, ...]
	open_step: int | None = None


def plan_chains(partner: story.Partner, position: int, today: date, rng: Random) -> list[ChainPlan]:
	"""Return a partner's chains of a year by first day; by `position`, four of five partners have an open chain."""
	regular = [key for key in partner.chains if "season" not in story.load("scenarios")[key]]
	seasonal = [key for key in partner.chains if key not in regular]
	alive = position % 5 != 4
	earlier = regular[:-1]
	share = (YEAR - RECENT) // max(len(earlier), 1)
	# each chain begins, and usually ends, within its share of the year
	room = max(share - USUAL, 14)
	starts = [YEAR - index * share - rng.randrange(room) for index in range(len(earlier))]
	found = [
		_from(key, today - timedelta(days=back), today) for key, back in zip(earlier, starts, strict=True)
	]
	if alive:
		found.append(_open(regular[-1], MODES[position % len(MODES)], today, rng))
	else:
		found.append(_from(regular[-1], today - timedelta(days=RECENT - rng.randrange(5)), today))
	found += [_from(key, _anchor(key, today, rng), today) for key in seasonal]
	return sorted(found, key=lambda chain: chain.days)


def _gaps(scenario: str) -> list[int]:
	return [step.get("after", 0) for step in story.load("scenarios")[scenario]["steps"]]


def _from(scenario: str, start: date, today: date) -> ChainPlan:
	"""Return a chain from a start day on; its first step on or after today is open, and the last one."""
	day = workdays.at_or_after(start)
	days: list[date] = []
	for gap in _gaps(scenario):
		day = workdays.add(day, gap)
		days.append(day)
		if day >= today:
			return ChainPlan(scenario, tuple(days), len(days) - 1)
	return ChainPlan(scenario, tuple(days))


def _open(scenario: str, mode: str, today: date, rng: Random) -> ChainPlan:
	"""Return a chain with a random open step that is late, due today or ahead; one of a single step is done."""
	gaps = _gaps(scenario)
	if len(gaps) == 1:
		return _from(scenario, today - timedelta(days=20), today)
	step = rng.randrange(1, len(gaps))
	due = {
		"late": lambda: workdays.add(today, -rng.randint(1, 6)),
		"today": lambda: workdays.at_or_after(today),
		"ahead": lambda: workdays.add(today, rng.randint(1, 9)),
	}[mode]()
	# widen the gap so that the step before the open one is in the past
	gaps[step] = max(gaps[step], _distance(today, due) + 1)
	days = [due]
	for gap in reversed(gaps[1 : step + 1]):
		days.insert(0, workdays.add(days[0], -gap))
	return ChainPlan(scenario, tuple(days), step)


def _distance(today: date, due: date) -> int:
	"""Return the number of working days from today to a later day, or 0."""
	count = 0
	while workdays.add(today, count) < due:
		count += 1
	return count


def _anchor(scenario: str, today: date, rng: Random) -> date:
	"""Return the scenario's most recent season day plus up to three days."""
	month, day = story.load("scenarios")[scenario]["season"]
	anchor = date(today.year, month, day)
	if anchor >= today:
		anchor = date(today.year - 1, month, day)
	return anchor + timedelta(days=rng.randrange(4))
