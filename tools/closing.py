"""Format the closing lines of test runs. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tools.results import Result, Summary

LONGEST_NAME = 80


def closing(summary: Summary) -> list[str]:
	"""Return the closing lines of a run: slowest tests and counts of each suite, the total, and suites not run."""
	lines = []
	for result in summary.results:
		if result.slowest:
			lines.append(f"Slowest of {result.suite}")
			lines += [f"{seconds:8.1f} s  {name[:LONGEST_NAME]}" for name, seconds in result.slowest.items()]
	for result in summary.results:
		broken = f" — {result.broken}" if result.broken else ""
		took = f" in {duration(result.seconds)}, {result.set_up:.0%} of it set-up" if result.seconds else ""
		lines.append(f"  {result.suite:<11} {counts(result)}{took}{broken}")
		lines += [f"  {'':<11}   {_skips(number, reason)}" for reason, number in result.reasons.items()]
	took = f" in {duration(summary.seconds)}" if summary.seconds else ""
	lines.append(f"{summary.platform}: {counts(summary)}{took}")
	if summary.not_run:
		lines.append(summary.not_run)
	return lines


def overall(
	summaries: Sequence[Summary], missing: Iterable[str], budgets: Mapping[str, Mapping[str, int]]
) -> list[str]:
	"""Return the closing lines of several runs.

	The last line has the format that CI parses: `N passed, M failed`.

	Args:
		summaries: one for each run.
		missing: platforms whose run broke; each counts as one failure.
		budgets: seconds for each suite of the quick tier, by platform.
	"""
	lines = []
	for summary in summaries:
		each = ", ".join(f"{result.total} {result.suite}" for result in summary.results)
		took = f" in {duration(summary.seconds)}" if summary.seconds else ""
		lines.append(f"{summary.platform}: {each or 'no tests'}; {counts(summary)}{took}")
		skipped: Counter[str] = Counter()
		for result in summary.results:
			skipped.update(result.reasons)
		lines += [f"  {_skips(number, reason)}" for reason, number in skipped.most_common()]
		lines += _failures(summary)
		lines += _exceeded(summary, budgets.get(summary.platform, {}))
	missing = list(missing)
	lines += [f"{name}: did not run to its end" for name in missing]
	passed = sum(summary.passed for summary in summaries)
	failed = sum(summary.failed for summary in summaries) + len(missing)
	return [*lines, f"{passed} passed, {failed} failed"]


def _failures(summary: Summary) -> list[str]:
	"""Name failed and unstable tests: CI shows the end of a long log only, and the runners' own reports are far above it."""
	named = [
		(f"{what} {result.suite}: {name}", message)
		for result in summary.results
		for what, tests in (
			("failed in", result.failures),
			("passed at a further attempt in", result.unstable),
		)
		for name, message in tests.items()
	]
	return [f"  {test}{message and f' — {message}'}" for test, message in named]


def _exceeded(summary: Summary, budget: Mapping[str, int]) -> list[str]:
	if summary.full:
		return []
	return [
		f"  {result.suite} took {duration(result.seconds)}; its budget is {duration(budget[result.suite])}"
		for result in summary.results
		if result.seconds > budget.get(result.suite, float("inf"))
	]


def _skips(number: int, reason: str) -> str:
	return f"{number} skipped: {reason}"


def counts(of: Result | Summary) -> str:
	skipped = f", {of.skipped} skipped" if of.skipped else ""
	return f"{of.passed} passed, {of.failed} failed{skipped}"


def duration(seconds: float) -> str:
	"""Format seconds as `42 s`, or from one minute on as `5:07 min`."""
	whole = round(seconds)
	return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02} min"
