"""The test suites: their folders, their sites and the commands that run them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# In `inside/plugins`, which is on the runner's PYTHONPATH.
PLUGIN = "report_details"


@dataclass(frozen=True)
class Suite:
	"""A folder of tests. A suite that needs a site runs in a bench, the others run anywhere."""

	name: str
	folder: str
	pattern: str
	needs_site: bool
	needs_web: bool = False
	needs_new_site: bool = False
	# Files may run in parallel processes, each with its own site.
	parallel: bool = False
	# Further attempts at a failed test of a whole run; the closing lines name the tests that needed one.
	retries: int = 0

	@property
	def is_python(self) -> bool:
		return self.pattern.endswith(".py")

	def files(self, checkout: Path) -> list[Path]:
		return sorted((checkout / self.folder).rglob(self.pattern))


UNIT = Suite("unit", "tests/unit", "test_*.py", needs_site=False)
JAVASCRIPT = Suite("javascript", "tests/unit/js", "*.test.mjs", needs_site=False)
SITE = Suite("site", "tests/site", "test_*.py", needs_site=True, parallel=True)
# In a few of a thousand tests, Chromium stops answering, or SQLite stays locked longer than a request waits.
BROWSER = Suite(
	"browser", "tests/browser", "test_*.py", needs_site=True, needs_web=True, parallel=True, retries=1
)
# Visibility and rights through requests, with real commits, on the browser suite's sites.
PERMISSIONS = Suite("permissions", "tests/permissions", "test_*.py", needs_site=True, parallel=True)
# Concurrent connections with real commits, whose records would disturb other suites.
CONCURRENCY = Suite("concurrency", "tests/concurrency", "test_*.py", needs_site=True, needs_new_site=True)
# Installs, migrates and uninstalls: starts with an empty site and leaves an unusable one.
LIFECYCLE = Suite("lifecycle", "tests/lifecycle", "test_*.py", needs_site=True, needs_new_site=True)
MOST_WORKERS = 4
SUITES = (UNIT, JAVASCRIPT, SITE, BROWSER, PERMISSIONS, CONCURRENCY, LIFECYCLE)
# The name of the suites that run once for each checkout, on no platform.
CHECKOUT_SUITES = "checkout"
# Seconds for a suite of the quick tier, including its sites and servers, on two cores with no other load.
# `.ci/run` reports slower suites; docs/running.md repeats the table.
BUDGETS = {
	CHECKOUT_SUITES: {"unit": 40, "javascript": 10},
	"v16": {"site": 240, "browser": 200, "permissions": 90, "concurrency": 70, "lifecycle": 70},
	"v15-erpnext": {"site": 320, "browser": 140, "permissions": 150, "concurrency": 90, "lifecycle": 150},
}


def chosen(only: str, skip: str = "", suites: Sequence[Suite] = SUITES) -> list[Suite]:
	"""Return the suites in `ONLY` (`unit`, `site,browser`, …), or all if it is empty, without the suites in `SKIP`.

	In both, `unit` includes the JavaScript suite.

	Raises: ValueError for an unknown name, or if no suite is left.
	"""
	wanted, unwanted = _named("ONLY", only, suites), _named("SKIP", skip, suites)
	left = [suite for suite in suites if suite.name not in unwanted and (not wanted or suite.name in wanted)]
	if not left:
		raise ValueError(f"ONLY={only} SKIP={skip} leaves no suite to run. Change one of them.")
	return left


def _named(variable: str, value: str, suites: Sequence[Suite]) -> set[str]:
	names = set(value.replace(",", " ").split())
	if unknown := names - {*known_names(suites)}:
		raise ValueError(
			f"There is no suite {', '.join(sorted(unknown))}. Set {variable} to one of {', '.join(known_names(suites))}."
		)
	return names | ({JAVASCRIPT.name} if UNIT.name in names else set())


def known_names(suites: Sequence[Suite] = SUITES) -> list[str]:
	return [suite.name for suite in suites]


def with_tests(suites: Iterable[Suite], checkout: Path) -> list[Suite]:
	return [suite for suite in suites if suite.files(checkout)]


def plan(chosen: Iterable[Suite]) -> list[tuple[Suite, bool]]:
	"""Pair each suite with True if it starts with a new site: the first one that needs a site, or with needs_new_site."""
	steps, made = [], False
	for suite in chosen:
		new = suite.needs_site and (suite.needs_new_site or not made)
		made = made or new
		steps.append((suite, new))
	return steps


def workers(suite: Suite, arguments: Sequence[str], processors: int) -> int:
	"""Return the number of processes: several only for a whole suite, since each one needs its own site."""
	return min(processors, MOST_WORKERS) if suite.parallel and not arguments else 1


def pytest_command(
	python: Path, suite: Suite, checkout: Path, report: Path, arguments: Sequence[str], processes: int = 1
) -> list[str]:
	command = [str(python), "-m", "pytest", f"--junit-xml={report}", "-p", PLUGIN]
	if processes > 1:
		# Whole files, so that module fixtures run once; in their own order, since the longest file comes early.
		command += [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"]
	if (checkout / "pyproject.toml").exists():
		command.append(f"--config-file={checkout / 'pyproject.toml'}")
	if suite.retries and not arguments:
		command.append(f"--reruns={suite.retries}")
	return [*command, *arguments, str(checkout / suite.folder)]


def node_command(suite: Suite, checkout: Path, report: Path) -> list[str]:
	"""Return the command of Node's test runner, with its output on the screen and a TAP report in `report`."""
	reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
	reporters += ["--test-reporter=tap", f"--test-reporter-destination={report}"]
	return ["node", "--test", *reporters, *map(str, suite.files(checkout))]
