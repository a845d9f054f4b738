"""Read test results from the runners' reports and add them up. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from xml.etree import ElementTree

PYTEST_NO_TESTS = 5
# Sorted by rank: the last outcome of a test's reports counts.
PASSED, SKIPPED, FAILED = "1 passed", "2 skipped", "3 failed"
SLOWEST = 10
# Seconds; faster tests are not listed as slow.
WORTH_SHOWING = 0.1
LONGEST_MESSAGE = 300
FAILED_ATTEMPT = "properties/property[@name='failed attempt']"
NODE_TEST = re.compile(
	r"^ *ok \d+ - (?P<name>.*?)(?: # SKIP ?(?P<reason>.*))?\n +---\n +duration_ms: (?P<ms>[\d.]+)\n(?! +type: 'suite')",
	re.MULTILINE,
)


@dataclass
class Result:
	"""The result of one suite.

	Attributes:
		broken: the reason why a run failed without a failed test; otherwise empty.
		reasons: number of skipped tests by reason.
		failures: first line of the message of each failed test by name, after those of earlier attempts.
		unstable: the same of each test that passed at a further attempt.
		slowest: seconds of the slowest tests by name.
		seconds: duration of the suite, including its sites and servers.
		set_up: share of those seconds spent on sites, servers and fixtures, from 0 to 1.
	"""

	suite: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	broken: str = ""
	reasons: dict[str, int] = field(default_factory=dict)
	failures: dict[str, str] = field(default_factory=dict)
	unstable: dict[str, str] = field(default_factory=dict)
	slowest: dict[str, float] = field(default_factory=dict)
	seconds: float = 0
	set_up: float = 0

	@property
	def total(self) -> int:
		return self.passed + self.failed + self.skipped

	@property
	def ok(self) -> bool:
		return not self.failed and not self.broken

	def record_seconds(self, seconds: float, prepared: float = 0) -> None:
		"""Set the duration; widen `set_up` from the fixtures' share of the tests to a share of the whole suite.

		Args:
			seconds: duration of the whole suite.
			prepared: the part of it spent on sites and servers.
		"""
		self.seconds = seconds
		if seconds:
			self.set_up = (prepared + (seconds - prepared) * self.set_up) / seconds


@dataclass
class Summary:
	"""The results of one run of `make test`."""

	platform: str
	results: list[Result] = field(default_factory=list)
	not_run: str = ""
	full: bool = False
	seconds: float = 0

	@property
	def passed(self) -> int:
		return sum(result.passed for result in self.results)

	@property
	def failed(self) -> int:
		"""Number of failed tests; a broken suite without a failed test counts as one."""
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
		values = json.loads(text)
		return cls(**{**values, "results": [Result(**result) for result in values["results"]]})


def from_junit(suite: str, report: str, exit_code: int, *, selecting: bool = False) -> Result:
	"""Read pytest's JUnit report. A run without tests is broken unless `selecting`, that is with arguments such as -k."""
	result = Result(suite)
	cases: dict[tuple[str, str], list[ElementTree.Element]] = {}
	if report:
		# A test whose teardown fails too is in the report twice; it counts once.
		for case in ElementTree.fromstring(report).iter("testcase"):  # noqa: S314  written by the tool's own pytest
			cases.setdefault((case.get("classname", ""), case.get("name", "")), []).append(case)
	outcomes = {name: max(map(_outcome, parts)) for name, parts in cases.items()}
	result.passed, result.skipped, result.failed = (
		list(outcomes.values()).count(outcome) for outcome in (PASSED, SKIPPED, FAILED)
	)
	result.reasons = _counted(
		_reason(parts[-1]) for name, parts in cases.items() if outcomes[name] == SKIPPED
	)
	result.failures = {
		_shown(*name): _message(parts) for name, parts in cases.items() if outcomes[name] == FAILED
	}
	result.unstable = {
		_shown(*name): _first_line(attempt.get("value", ""))
		for name, parts in cases.items()
		if outcomes[name] == PASSED and (attempt := parts[-1].find(FAILED_ATTEMPT)) is not None
	}
	seconds = {name: max(float(part.get("time", 0)) for part in parts) for name, parts in cases.items()}
	result.slowest = _slowest({_shown(*name): spent for name, spent in seconds.items()})
	if tests := sum(seconds.values()):
		result.set_up = min(1, sum(map(_in_fixtures, (parts[-1] for parts in cases.values()))) / tests)
	if exit_code == PYTEST_NO_TESTS and selecting:
		return result
	if exit_code == PYTEST_NO_TESTS:
		result.broken = "no test ran"
	elif exit_code and not result.failed:
		result.broken = f"pytest ended with exit code {exit_code}"
	return result


def _shown(classname: str, name: str) -> str:
	"""Shorten `tests.site.test_import` and `test_rows` to `test_import::test_rows`."""
	return f"{re.sub('^.*?(?=test_)', '', classname)}::{name}"


def _outcome(case: ElementTree.Element) -> str:
	if case.find("failure") is not None or case.find("error") is not None:
		return FAILED
	return PASSED if case.find("skipped") is None else SKIPPED


def _message(parts: Iterable[ElementTree.Element]) -> str:
	"""Return the first lines of the failed attempts, or of the first failure or error if the report has no attempts."""
	parts = list(parts)
	if attempts := [_first_line(one.get("value", "")) for one in parts[-1].findall(FAILED_ATTEMPT)]:
		return "; then ".join(dict.fromkeys(attempts))
	found = (part.find(kind) for part in parts for kind in ("failure", "error"))
	return _first_line(next((one.get("message", "") for one in found if one is not None), ""))


def _first_line(message: str) -> str:
	return message.strip().partition("\n")[0][:LONGEST_MESSAGE]


def _reason(case: ElementTree.Element) -> str:
	skipped = case.find("skipped")
	return "" if skipped is None else " ".join(skipped.get("message", "").split())


def _in_fixtures(case: ElementTree.Element) -> float:
	"""Return the fixture seconds that `inside/plugins/report_details.py` added to the report, or 0."""
	noted = case.find("properties/property[@name='fixture seconds']")
	return float(noted.get("value", 0)) if noted is not None else 0


def from_tap(suite: str, report: str, exit_code: int) -> Result:
	"""Read Node's TAP report: counts from its closing lines (`# pass 3`, `# fail 0`, …), seconds from its tests."""
	count = {name: int(number) for name, number in re.findall(r"^# (\w+) (\d+)$", report, re.MULTILINE)}
	failed = count.get("fail", 0) + count.get("cancelled", 0)
	result = Result(suite, count.get("pass", 0), failed, count.get("skipped", 0) + count.get("todo", 0))
	tests = list(NODE_TEST.finditer(report))
	result.reasons = _counted(test["reason"] for test in tests if test["reason"] is not None)
	result.failures = dict.fromkeys(re.findall(r"^ *not ok \d+ - (.*)$", report, re.MULTILINE), "")
	result.slowest = _slowest({test["name"]: float(test["ms"]) / 1000 for test in tests})
	if not result.total:
		result.broken = "no test ran"
	elif exit_code and not failed:
		result.broken = f"node ended with exit code {exit_code}"
	return result


def _counted(reasons: Iterable[str]) -> dict[str, int]:
	return dict(Counter(reason or "no reason given" for reason in reasons).most_common())


def _slowest(seconds: Mapping[str, float]) -> dict[str, float]:
	slowest = sorted(seconds, key=lambda name: -seconds[name])[:SLOWEST]
	return {name: seconds[name] for name in slowest if seconds[name] >= WORTH_SHOWING}
