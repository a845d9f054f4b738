"""Waiting times of a chain: each hour between two activities counts for the side whose turn it is (B4). Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

OURS, THEIRS = "Ours", "Theirs"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
	"""An activity that took place, whose turn it was after it, and the user whose working time counts."""

	moment: datetime
	turn: str
	user: str = ""


def hours_after(
	steps: list[Step], end: datetime | None, elapsed: Callable[[datetime, datetime, str], timedelta]
) -> list[tuple[float, float]]:
	"""Return for each step the hours until the next one that we and that the partner let the other side wait.

	Args:
		steps: in order of time.
		end: until when the last step's turn counts, such as now for an open chain; None if it doesn't count.
		elapsed: (start, end, user) → time that counts, also over a change of the clock.
	"""
	following = [*(step.moment for step in steps[1:]), end]
	found = []
	# without a step there is nothing to wait for until the end
	for step, until in zip(steps, following, strict=False):
		hours = max(elapsed(step.moment, until, step.user) / HOUR, 0.0) if until else 0.0
		found.append((hours, 0.0) if step.turn == OURS else (0.0, hours))
	return found


def add_up(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
	"""Return the sums of the hours that we and that the partner took."""
	ours, theirs = 0.0, 0.0
	for first, second in pairs:
		ours, theirs = ours + first, theirs + second
	return ours, theirs
