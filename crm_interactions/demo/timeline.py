"""When the chains of one partner happen, seen from today. Imports no Frappe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crm_interactions.demo import story, workdays

YEAR = 362  # days back that the first chains begin in
RECENT = 60  # days back that the last one begins, where it isn't open any more
USUAL = 33  # days that a longer scenario takes
MODES = ("late", "today", "ahead", "ahead", "late", "ahead")


@dataclass(frozen=True)
class ChainPlan:
	"""Days of a scenario's steps. Those before `open_step` are done; it alone is still to come, if there is one."""

	scenario: str
	days: tuple[date, ...]
	open_step: int | None = None


def plan_chains(partner: story.Partner, position: int, today: date, rng: Random) -> list[ChainPlan]:
	"""Return the chains of a partner in order of their first day; four of five partners have an open one."""
	regular = [key for key in partner.chains if "season" not in story.load("scenarios")[key]]
	seasonal = [key for key in partner.chains if key not in regular]
	alive = position % 5 != 4
	earlier = regular[:-1]
	share = (YEAR - RECENT) // max(len(earlier), 1)
	# each begins somewhere in its share of the year and mostly ends there
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
	"""Run from a day onwards; what would reach today or later stops at its first such step."""
	day = workdays.at_or_after(start)
	days: list[date] = []
	for gap in _gaps(scenario):
		day = workdays.add(day, gap)
		days.append(day)
		if day >= today:
			return ChainPlan(scenario, tuple(days), len(days) - 1)
	return ChainPlan(scenario, tuple(days))


def _open(scenario: str, mode: str, today: date, rng: Random) -> ChainPlan:
	"""Place a chain so that one of its steps is late, due today or ahead."""
	gaps = _gaps(scenario)
	if len(gaps) == 1:
		return _from(scenario, today - timedelta(days=20), today)
	step = rng.randrange(1, len(gaps))
	due = {
		"late": lambda: workdays.add(today, -rng.randint(1, 6)),
		"today": lambda: workdays.at_or_after(today),
		"ahead": lambda: workdays.add(today, rng.randint(1, 9)),
	}[mode]()
	# the last thing that was done lies before today, however soon the next one was due
	gaps[step] = max(gaps[step], _distance(today, due) + 1)
	days = [due]
	for gap in reversed(gaps[1 : step + 1]):
		days.insert(0, workdays.add(days[0], -gap))
	return ChainPlan(scenario, tuple(days), step)


def _distance(today: date, due: date) -> int:
	"""Return how many working days lie from today to a later day; 0 when it isn't later."""
	count = 0
	while workdays.add(today, count) < due:
		count += 1
	return count


def _anchor(scenario: str, today: date, rng: Random) -> date:
	"""Return the scenario's day of the year, as it was last."""
	month, day = story.load("scenarios")[scenario]["season"]
	anchor = date(today.year, month, day)
	if anchor >= today:
		anchor = date(today.year - 1, month, day)
	return anchor + timedelta(days=rng.randrange(4))
