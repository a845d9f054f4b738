"""The test suites: what there is, what of it runs where, and with which command. Decides, doesn't act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# In `inside/plugins`, which the runner's PYTHONPATH names.
PLUGIN = "fixture_seconds"


@dataclass(frozen=True)
class Suite:
	"""A folder of tests. Those that need a site run in a bench; the others anywhere."""

	name: str
	folder: str
	pattern: str
	needs_site: bool
	needs_web: bool = False
	needs_new_site: bool = False
	# Its files may run side by side, each process on a site of its own.
	parallel: bool = False

	@property
	def is_python(self) -> bool:
		return self.pattern.endswith(".py")

	def files(self, checkout: Path) -> list[Path]:
		return sorted((checkout / self.folder).rglob(self.pattern))


UNIT = Suite("unit", "tests/unit", "test_*.py", needs_site=False)
JAVASCRIPT = Suite("javascript", "tests/unit/js", "*.test.mjs", needs_site=False)
SITE = Suite("site", "tests/site", "test_*.py", needs_site=True, parallel=True)
BROWSER = Suite("browser", "tests/browser", "test_*.py", needs_site=True, needs_web=True, parallel=True)
# Who sees what, as requests: real commits, on the site that the browser left.
PERMISSIONS = Suite("permissions", "tests/permissions", "test_*.py", needs_site=True, parallel=True)
# Many connections at once, with real commits: what they leave behind would be in the way of others.
CONCURRENCY = Suite("concurrency", "tests/concurrency", "test_*.py", needs_site=True, needs_new_site=True)
# Installs, migrates and uninstalls: it wants a site on which nothing was recorded, and leaves one of no use to others.
LIFECYCLE = Suite("lifecycle", "tests/lifecycle", "test_*.py", needs_site=True, needs_new_site=True)
MOST_WORKERS = 4
SUITES = (UNIT, JAVASCRIPT, SITE, BROWSER, PERMISSIONS, CONCURRENCY, LIFECYCLE)
# What runs once for each checkout, whatever the platform.
CHECKOUT_SUITES = "checkout"
# Seconds that a suite of the quick tier may take on two cores with nothing else running, its sites and servers among
# them. `.ci/run` says what takes longer; the table in docs/running.md is this one.
BUDGETS = {
	CHECKOUT_SUITES: {"unit": 40, "javascript": 10},
	"v16": {"site": 240, "browser": 200, "permissions": 90, "concurrency": 70, "lifecycle": 70},
	"v15-erpnext": {"site": 320, "browser": 140, "permissions": 150, "concurrency": 90, "lifecycle": 150},
}


def chosen(only: str, skip: str = "", suites: Sequence[Suite] = SUITES) -> list[Suite]:
	"""Return the suites that `ONLY` names (`unit`, `site,browser`, …), all if it is empty, without those that `SKIP` names.

	In either, `unit` includes JavaScript's.

	Raises: ValueError for an unknown name, or if no suite is left.
	"""
	wanted, unwanted = _named("ONLY", only, suites), _named("SKIP", skip, suites)
	left = [suite for suite in suites if suite.name not in unwanted and (not wanted or suite.name in wanted)]
	if not left:
		raise ValueError(f"ONLY={only} SKIP={skip} leaves no suite to run.")
	return left


def _named(variable: str, value: str, suites: Sequence[Suite]) -> set[str]:
	names = set(value.replace(",", " ").split())
	if unknown := names - {*known_names(suites)}:
		raise ValueError(
			f"There is no suite {', '.join(sorted(unknown))}. {variable} is one of {', '.join(known_names(suites))}."
		)
	return names | ({JAVASCRIPT.name} if UNIT.name in names else set())


def known_names(suites: Sequence[Suite] = SUITES) -> list[str]:
	return [suite.name for suite in suites]


def with_tests(suites: Iterable[Suite], checkout: Path) -> list[Suite]:
	return [suite for suite in suites if suite.files(checkout)]


def plan(chosen: Iterable[Suite]) -> list[tuple[Suite, bool]]:
	"""Each suite with whether a new site has to be made before it: before the first that needs one, and by wish."""
	steps, made = [], False
	for suite in chosen:
		new = suite.needs_site and (suite.needs_new_site or not made)
		made = made or new
		steps.append((suite, new))
	return steps


def workers(suite: Suite, arguments: Sequence[str], processors: int) -> int:
	"""How many processes run a suite: several only where all of it runs, since each wants a site made for it."""
	return min(processors, MOST_WORKERS) if suite.parallel and not arguments else 1


def pytest_command(
	python: Path, suite: Suite, checkout: Path, report: Path, arguments: Sequence[str], processes: int = 1
) -> list[str]:
	command = [str(python), "-m", "pytest", f"--junit-xml={report}", "-p", PLUGIN]
	if processes > 1:
		# A file stays whole: what its tests share is made once. In their own order, since the longest comes early.
		command += [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"]
	if (checkout / "pyproject.toml").exists():
		command.append(f"--config-file={checkout / 'pyproject.toml'}")
	return [*command, *arguments, str(checkout / suite.folder)]


def node_command(suite: Suite, checkout: Path, report: Path) -> list[str]:
	"""Node's own runner, told to show what it does and to write its counts to a file as well."""
	reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
	reporters += ["--test-reporter=tap", f"--test-reporter-destination={report}"]
	return ["node", "--test", *reporters, *map(str, suite.files(checkout))]
