"""`make test`: run the suites on new sites of the platform, and print closing lines with each suite's results."""

import os
import shlex
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tools import closing, needs, ready, results, run, sites, suites, system, toolenv
from tools.lock import held
from tools.paths import CHECKOUT
from tools.results import Result, Summary
from tools.say import Unavailable, line
from tools.services import TEST_JOBS, Services
from tools.settings import Settings
from tools.suites import Suite
from tools.web import serving

SITE = "test.localhost"
PLUGINS = CHECKOUT / "tools" / "inside" / "plugins"
CONFIG = {
	"allow_tests": True,
	"developer_mode": 0,
	"disable_scheduler": 1,
	"mute_emails": 1,
	"server_script_enabled": 0,
}


def main(settings: Settings) -> int:
	started = time.monotonic()
	wanted = suites.chosen(settings.only, settings.skip)
	chosen = suites.with_tests(wanted, CHECKOUT)
	for empty in (suite for suite in wanted if suite not in chosen):
		line(f"No tests in {empty.folder}.")
	on_sites = any(suite.needs_site for suite in chosen)
	name = settings.platform.name if on_sites else suites.CHECKOUT_SUITES
	summary = Summary(name, full=settings.full)
	try:
		(_run if on_sites else _run_plain)(settings, chosen, summary)
	except Unavailable as problem:
		_run_without_site(settings, chosen, summary, str(problem))
	summary.seconds = time.monotonic() - started
	return _close(settings, summary)


def _run(settings: Settings, chosen: list[Suite], summary: Summary) -> None:
	browser = any(suite.needs_web for suite in chosen)
	mail = suites.CONCURRENCY in chosen
	bench = ready.ready_bench(settings.platform, browser=browser, mail=mail, fresh=settings.fresh)
	with (
		ready.ready_services(bench) as services,
		held(bench.places.locks / "test", waiting="Waiting for another test run on this bench …"),
	):
		made: list[str] = []
		for suite, new_site in suites.plan(chosen):
			if new_site:
				_drop(services, made)
			summary.results.append(_run_in_bench(services, suite, settings, made))
		if summary.ok:
			_drop(services, made)


def _run_in_bench(services: Services, suite: Suite, settings: Settings, made: list[str]) -> Result:
	"""Run a suite on the sites `made` by earlier suites; add the sites that are missing."""
	started = time.monotonic()
	bench = services.bench
	# Empties the queue: a suite's worker must not run the jobs of an earlier suite.
	services.use_job_database(TEST_JOBS)
	processes = suites.workers(suite, settings.arguments, len(os.sched_getaffinity(0)))
	env = {**bench.env(), **_bench_env(services), **_common_env(settings)}
	with ExitStack() as servers:
		if suite.needs_site:
			_make(services, made, processes)
			env["CRM_SITES"] = " ".join(made[:processes])
		if suite.needs_web:
			first_port = settings.port or bench.platform.first_port + 80
			webs = [
				servers.enter_context(serving(bench, site, first_port + number, host="127.0.0.1"))
				for number, site in enumerate(made[:processes])
			]
			env["CRM_BASE_URLS"] = " ".join(web.url for web in webs)
			env["CRM_BASE_URL"] = webs[0].url
			env["AXE"] = str(toolenv.axe())
		prepared = time.monotonic() - started
		cwd = bench.places.sites if suite.needs_site else CHECKOUT
		result = _suite(suite, settings, bench.places.python, env, cwd, processes)
	result.record_seconds(time.monotonic() - started, prepared)
	return result


def _make(services: Services, made: list[str], processes: int) -> None:
	"""Add the missing sites to `made`: one for each process."""
	for number in range(len(made) + 1, processes + 1):
		site = SITE if number == 1 else f"{number}.{SITE}"
		sites.make(services, site, CONFIG)
		made.append(site)


def _drop(services: Services, made: list[str]) -> None:
	while made:
		sites.drop(services, made.pop())


def _bench_env(services: Services) -> dict[str, str]:
	"""Return the variables that tell tests their site, bench, platform and browser."""
	bench = services.bench
	return {
		"CRM_SITE": SITE,
		"CRM_BENCH": str(bench.places.bench),
		"CRM_PLATFORM": bench.platform.name,
		"CRM_ADMIN_PASSWORD": sites.ADMIN_PASSWORD,
		"CRM_NEW_SITE_OPTIONS": shlex.join(sites.database_options(services)),
		"CHROMIUM": system.browser(),
	}


def _common_env(settings: Settings) -> dict[str, str]:
	return {"PYTHONPATH": str(PLUGINS), "CRM_FULL": "1" if settings.full else ""}


def _run_plain(settings: Settings, chosen: Iterable[Suite], summary: Summary) -> None:
	"""Run the suites that need no site in the tool's own Python, without a bench."""
	system.provide([needs.NODE])
	ready.tools_ready()
	env = {**toolenv.child_env(), **_common_env(settings), "PYTHONPATH": f"{CHECKOUT}:{PLUGINS}"}
	for suite in chosen:
		if not suite.needs_site:
			started = time.monotonic()
			result = _suite(suite, settings, toolenv.tool("python"), env, CHECKOUT)
			result.record_seconds(time.monotonic() - started)
			summary.results.append(result)


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
		text = report.read_text() if report.exists() else ""
	if suite.is_python:
		return results.from_junit(suite.name, text, code, selecting=bool(settings.arguments))
	return results.from_tap(suite.name, text, code)


def _close(settings: Settings, summary: Summary) -> int:
	if settings.summary:
		Path(settings.summary).write_text(summary.to_json())
	line()
	for text in closing.closing(summary):
		line(text)
	if summary.not_run and settings.require_site:
		return 1
	return 0 if summary.ok else 1
