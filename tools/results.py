"""Counts of tests: read from the runners' reports, added up, and said in the closing lines. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from xml.etree import ElementTree

PYTEST_NO_TESTS = 5
# In the order in which one outranks another.
PASSED, SKIPPED, FAILED = "1 passed", "2 skipped", "3 failed"


@dataclass
class Result:
	"""What one suite came to. `broken` is a run that ended badly without a failed test to show for it."""

	suite: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	broken: str = ""

	@property
	def total(self) -> int:
		return self.passed + self.failed + self.skipped

	@property
	def ok(self) -> bool:
		return not self.failed and not self.broken


@dataclass
class Summary:
	"""What one run of `make test` came to."""

	platform: str
	results: list[Result] = field(default_factory=list)
	not_run: str = ""

	@property
	def passed(self) -> int:
		return sum(result.passed for result in self.results)

	@property
	def failed(self) -> int:
		"""Failed tests; a suite that broke without one counts as one."""
		return sum(result.failed or bool(result.broken) for result in self.results)

	@property
	def skipped(self) -> int:
		return sum(result.skipped for result in self.results)

	@property
	def ok(self) -> bool:
		return all(result.ok for result in self.results) and bool(self.passed + self.skipped)

	def to_json(self) -> str:
		return json.dumps(asdict(self))

	@classmethod
	def from_json(cls, text: str) -> Summary:
		told = json.loads(text)
		return cls(told["platform"], [Result(**result) for result in told["results"]], told["not_run"])


def from_junit(suite: str, report: str, exit_code: int, *, selecting: bool = False) -> Result:
	"""Reads pytest's report. With arguments that select (`-k …`) a suite may come out empty; otherwise that's wrong."""
	result = Result(suite)
	outcomes: dict[tuple[str | None, str | None], str] = {}
	if report:
		# A test that fails and then can't be cleaned up after is in the report twice; it counts once, as failed.
		for case in ElementTree.fromstring(report).iter("testcase"):  # noqa: S314  our own pytest wrote it
			name = (case.get("classname"), case.get("name"))
			outcomes[name] = max(outcomes.get(name, PASSED), _outcome(case))
	result.passed, result.skipped, result.failed = (
		list(outcomes.values()).count(outcome) for outcome in (PASSED, SKIPPED, FAILED)
	)
	if exit_code == PYTEST_NO_TESTS and selecting:
		return result
	if exit_code == PYTEST_NO_TESTS:
		result.broken = "no test ran"
	elif exit_code and not result.failed:
		result.broken = f"pytest ended with exit code {exit_code}"
	return result


def _outcome(case: ElementTree.Element) -> str:
	if case.find("failure") is not None or case.find("error") is not None:
		return FAILED
	return PASSED if case.find("skipped") is None else SKIPPED


def from_tap(suite: str, report: str, exit_code: int) -> Result:
	"""Reads the closing lines of Node's TAP report: `# pass 3`, `# fail 0`, …"""
	count = {name: int(number) for name, number in re.findall(r"^# (\w+) (\d+)$", report, re.MULTILINE)}
	failed = count.get("fail", 0) + count.get("cancelled", 0)
	result = Result(suite, count.get("pass", 0), failed, count.get("skipped", 0) + count.get("todo", 0))
	if not result.total:
		result.broken = "no test ran"
	elif exit_code and not failed:
		result.broken = f"node ended with exit code {exit_code}"
	return result


def closing(summary: Summary) -> list[str]:
	"""The last lines of a run: each suite's counts, the platform's sum, and what did not run."""
	lines = []
	for result in summary.results:
		broken = f" — {result.broken}" if result.broken else ""
		lines.append(f"  {result.suite:<11} {counts(result)}{broken}")
	lines.append(f"{summary.platform}: {counts(summary)}")
	if summary.not_run:
		lines.append(summary.not_run)
	return lines


def overall(summaries: Sequence[Summary], missing: Iterable[str]) -> list[str]:
	"""The last lines of several runs. The very last is in the form that CI readers count: `N passed, M failed`."""
	lines = []
	for summary in summaries:
		each = ", ".join(f"{result.total} {result.suite}" for result in summary.results)
		lines.append(f"{summary.platform}: {each or 'no tests'}; {counts(summary)}")
	missing = list(missing)
	lines += [f"{name}: did not run to its end" for name in missing]
	passed = sum(summary.passed for summary in summaries)
	failed = sum(summary.failed for summary in summaries) + len(missing)
	return [*lines, f"{passed} passed, {failed} failed"]


def counts(of: Result | Summary) -> str:
	skipped = f", {of.skipped} skipped" if of.skipped else ""
	return f"{of.passed} passed, {of.failed} failed{skipped}"
