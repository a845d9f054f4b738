"""`make test`: a new site on the platform, every suite on it, and closing lines that name what ran."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools import needs, ready, results, run, sites, suites, system, toolenv
from tools.lock import held
from tools.paths import CHECKOUT
from tools.results import Result, Summary
from tools.say import Unavailable, line
from tools.services import TEST_JOBS, Services
from tools.settings import Settings
from tools.suites import Suite
from tools.web import serving

SITE = "test.localhost"
CONFIG = {
	"allow_tests": True,
	"developer_mode": 0,
	"disable_scheduler": 1,
	"mute_emails": 1,
	"server_script_enabled": 0,
}


def main(settings: Settings) -> int:
	chosen = suites.with_tests(suites.chosen(settings.only), CHECKOUT)
	for empty in (suite for suite in suites.chosen(settings.only) if suite not in chosen):
		line(f"There are no tests in {empty.folder}.")
	summary = Summary(settings.platform.name)
	try:
		_run(settings, chosen, summary)
	except Unavailable as problem:
		_run_without_site(settings, chosen, summary, str(problem))
	return _close(settings, summary)


def _run(settings: Settings, chosen: list[Suite], summary: Summary) -> None:
	if not any(suite.needs_site for suite in chosen):
		_run_plain(settings, chosen, summary)
		return
	browser = any(suite.needs_web for suite in chosen)
	bench = ready.ready_bench(settings.platform, browser=browser, fresh=settings.fresh)
	with (
		ready.ready_services(bench) as services,
		held(bench.places.locks / "test", waiting="Waiting for another test run on this bench …"),
	):
		for suite, new_site in suites.plan(chosen):
			# The worker of one suite isn't to begin with what the tests of another left.
			services.jobs_apart(TEST_JOBS)
			if new_site:
				sites.make(services, SITE, CONFIG)
			with _further_sites(
				services, suites.workers(suite, settings.arguments, _processors())
			) as further:
				_run_in_bench(services, suite, settings, summary, [SITE, *further])
		if summary.ok:
			sites.drop(services, SITE)


def _processors() -> int:
	return len(os.sched_getaffinity(0))


@contextmanager
def _further_sites(services: Services, processes: int) -> Iterator[list[str]]:
	"""A site for each process but the first, which has the one that all suites share."""
	further = [f"{number}.{SITE}" for number in range(2, processes + 1)]
	for site in further:
		sites.make(services, site, CONFIG)
	yield further
	for site in further:
		sites.drop(services, site)


def _run_in_bench(
	services: Services, suite: Suite, settings: Settings, summary: Summary, on: list[str]
) -> None:
	bench = services.bench
	env = {**bench.env(), **_told(services), "CRM_SITES": " ".join(on)}
	cwd = bench.places.sites if suite.needs_site else CHECKOUT
	if not suite.needs_web:
		summary.results.append(_suite(suite, settings, bench.places.python, env, cwd, len(on)))
		return
	with serving(bench, SITE, settings.port or bench.platform.first_port + 80, host="127.0.0.1") as web:
		summary.results.append(
			_suite(suite, settings, bench.places.python, {**env, "CRM_BASE_URL": web.url}, cwd)
		)


def _told(services: Services) -> dict[str, str]:
	"""What the tests read about the place they run in."""
	bench = services.bench
	return {
		"CRM_SITE": SITE,
		"CRM_BENCH": str(bench.places.bench),
		"CRM_PLATFORM": bench.platform.name,
		"CRM_ADMIN_PASSWORD": sites.ADMIN_PASSWORD,
		"CRM_NEW_SITE_OPTIONS": shlex.join(sites.database_options(services)),
		"CHROMIUM": system.browser(),
	}


def _run_plain(settings: Settings, chosen: Iterable[Suite], summary: Summary) -> None:
	"""The suites that need no site, in the tool's own Python: no bench is needed or made."""
	system.provide([needs.NODE])
	ready.tools_ready()
	env = {**toolenv.child_env(), "PYTHONPATH": str(CHECKOUT)}
	for suite in chosen:
		if not suite.needs_site:
			summary.results.append(_suite(suite, settings, toolenv.tool("python"), env, CHECKOUT))


def _run_without_site(settings: Settings, chosen: list[Suite], summary: Summary, problem: str) -> None:
	line(problem)
	_run_plain(settings, chosen, summary)
	left_out = ", ".join(suite.name for suite in chosen if suite.needs_site)
	summary.not_run = f"The tests that need a site ({left_out}) did not run: {problem}"


def _suite(
	suite: Suite, settings: Settings, python: Path, env: Mapping[str, str], cwd: Path, processes: int = 1
) -> Result:
	line(f"\n── {suite.name} ──")
	with tempfile.TemporaryDirectory() as folder:
		report = Path(folder) / "report"
		if suite.is_python:
			command = suites.pytest_command(python, suite, CHECKOUT, report, settings.arguments, processes)
		else:
			command = suites.node_command(suite, CHECKOUT, report)
		code = run.shown(command, cwd=cwd, env=env)
		told = report.read_text() if report.exists() else ""
	if suite.is_python:
		return results.from_junit(suite.name, told, code, selecting=bool(settings.arguments))
	return results.from_tap(suite.name, told, code)


def _close(settings: Settings, summary: Summary) -> int:
	if settings.summary:
		Path(settings.summary).write_text(summary.to_json())
	line()
	for text in results.closing(summary):
		line(text)
	if summary.not_run and settings.require_site:
		return 1
	return 0 if summary.ok else 1
