"""Counts from the runners' reports, and the closing lines that CI parses."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tools import closing, results, suites
from tools.commands.test import PLUGINS
from tools.results import Result, Summary

JUNIT = """<testsuites><testsuite name="pytest" errors="2" failures="1" skipped="1" tests="6">
<testcase classname="tests.a" name="test_one" />
<testcase classname="tests.a" name="test_two" />
<testcase classname="tests.a" name="test_skipped"><skipped /></testcase>
<testcase classname="tests.a" name="test_fails"><failure message="assert 1 == 2&#10; more" /></testcase>
<testcase classname="tests.a" name="test_fails"><error /></testcase>
<testcase classname="tests.a" name="test_cleans_up_badly"><error /></testcase>
</testsuite></testsuites>"""
GREEN = '<testsuites><testsuite><testcase classname="a" name="test_one" /></testsuite></testsuites>'
EMPTY = '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="0"/></testsuites>'
TIMED = """<testsuites><testsuite>
<testcase classname="tests.site.test_import" name="test_rows" time="8.0">
  <properties><property name="fixture seconds" value="3.0"/></properties></testcase>
<testcase classname="tests.site.test_chains.TestJoin" name="test_join" time="2.0">
  <properties><property name="fixture seconds" value="1.0"/></properties></testcase>
<testcase classname="tests.site.test_chains" name="test_quick" time="0.01" />
</testsuite></testsuites>"""
SKIPS = """<testsuites><testsuite>
<testcase classname="a" name="one"><skipped message="ERPNext isn't\n installed">/a.py:1: …</skipped></testcase>
<testcase classname="a" name="two"><skipped message="ERPNext isn't installed" /></testcase>
<testcase classname="a" name="three"><skipped message="" /></testcase>
</testsuite></testsuites>"""
TAP_TESTS = """TAP version 13
# Subtest: chains
    # Subtest: joined
    ok 1 - joined
      ---
      duration_ms: 250.5
      ...
    1..1
ok 1 - chains
  ---
  duration_ms: 260.1
  type: 'suite'
  ...
# Subtest: later
ok 2 - later # SKIP needs a newer Node
  ---
  duration_ms: 0.2
  ...
# pass 1
# fail 0
# skipped 1
"""
TAP = (
	"TAP version 13\n1..2\n# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n"
)


def junit(report: str, code: int = 0, **more) -> Result:
	return results.from_junit("site", report, code, **more)


def overall(*parts: Result, budget: dict | None = None, full: bool = False) -> list[str]:
	"""Return the closing lines of all platforms for these suites of v16."""
	return closing.overall([Summary("v16", [*parts], full=full)], [], {"v16": budget or {}})


def test_errors_count_as_failures_and_a_test_counts_once():
	found = junit(JUNIT, 1)
	assert (found.passed, found.failed, found.skipped) == (2, 2, 1)


def test_closing_lines_name_failed_tests_with_the_first_line_of_their_message():
	lines = overall(junit(JUNIT, 1), results.from_tap("javascript", "not ok 4 - joins\n# fail 1\n", 1))
	assert "  failed in site: tests.a::test_fails — assert 1 == 2" in lines
	assert "  failed in site: tests.a::test_cleans_up_badly" in lines
	assert "  failed in javascript: joins" in lines


def test_closing_lines_name_tests_that_passed_at_a_further_attempt():
	attempt = (
		'<properties><property name="failed attempt" value="TimeoutError: 30 s&#10;Call log" /></properties>'
	)
	report = GREEN.replace(' name="test_one" />', f' name="test_one">{attempt}</testcase>')
	found = junit(report)
	assert (found.passed, found.failed, found.ok) == (1, 0, True)
	assert "  passed at a further attempt in site: a::test_one — TimeoutError: 30 s" in overall(found)


def test_closing_lines_name_what_failed_at_each_attempt():
	attempts = "".join(
		f'<property name="failed attempt" value="{value}" />'
		for value in ("TimeoutError: 30 s", "assert 4 == 2")
	)
	failed = (
		f' name="test_one"><properties>{attempts}</properties><failure message="assert 4 == 2" /></testcase>'
	)
	found = junit(GREEN.replace(' name="test_one" />', failed), 1)
	assert "  failed in site: a::test_one — TimeoutError: 30 s; then assert 4 == 2" in overall(found)


def test_slowest_tests_have_short_names():
	slowest = {"test_import::test_rows": 8.0, "test_chains.TestJoin::test_join": 2.0}
	assert junit(TIMED).slowest == slowest


def test_at_most_ten_slowest_tests_are_listed():
	cases = "".join(f'<testcase classname="a" name="test_{n}" time="{n}" />' for n in range(1, 31))
	slowest = junit(f"<testsuite>{cases}</testsuite>").slowest
	assert list(slowest.values()) == [*range(30, 20, -1)]


def test_skipped_tests_are_grouped_by_reason():
	assert junit(SKIPS).reasons == {"ERPNext isn't installed": 2, "no reason given": 1}


def test_set_up_is_the_share_of_fixtures_and_preparation():
	result = junit(TIMED)
	assert result.set_up == pytest.approx(4 / 10.01)
	result.record_seconds(30, prepared=10)
	assert result.seconds == 30
	assert result.set_up == pytest.approx((10 + 20 * 4 / 10.01) / 30)


def test_the_plugin_reports_fixture_seconds(tmp_path):
	(tmp_path / "test_slow.py").write_text(
		"import time, pytest\n"
		"@pytest.fixture\ndef slow():\n\ttime.sleep(0.2)\n\tyield\n\ttime.sleep(0.2)\n"
		"def test_slow(slow):\n\ttime.sleep(0.05)\n"
	)
	here, report = replace(suites.UNIT, folder="."), tmp_path / "report"
	command = suites.pytest_command(Path(sys.executable), here, tmp_path, report, [])
	env = {**os.environ, "PYTHONPATH": str(PLUGINS)}
	subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)  # noqa: S603  this environment's pytest
	assert 0.5 < junit(report.read_text()).set_up < 1


def test_a_run_without_tests_is_broken_unless_arguments_select():
	assert junit(EMPTY, 5).broken == "no test ran"
	assert junit(EMPTY, 5, selecting=True).ok


def test_a_run_with_a_bad_exit_code_is_not_ok():
	assert not junit("", 4).ok
	assert not junit(GREEN, 3).ok
	assert junit(GREEN).ok


def test_counts_are_read_from_nodes_report():
	found = results.from_tap("javascript", TAP, 1)
	assert (found.passed, found.failed, found.skipped) == (3, 1, 1)
	assert not results.from_tap("javascript", "", 1).ok
	assert not results.from_tap("javascript", "# pass 3\n# fail 0\n", 7).ok


def test_seconds_and_reasons_are_read_from_nodes_report():
	found = results.from_tap("javascript", TAP_TESTS, 0)
	assert found.slowest == {"joined": 0.2505}
	assert found.reasons == {"needs a newer Node": 1}


def test_a_run_without_tests_is_not_ok():
	assert not Summary("v16").ok
	assert not Summary("v16", [Result("site")]).ok
	assert Summary("v16", [Result("site", passed=1)]).ok
	assert not Summary("v16", [Result("site", passed=9), Result("browser", broken="no test ran")]).ok


def test_closing_lines_name_the_platform_and_each_suite():
	site = Result("site", 30, 1, 2, reasons={"no ERPNext": 2}, slowest={"test_import::test_rows": 12.34})
	site.record_seconds(307, prepared=30.7)
	summary = Summary("v16", [Result("unit", 12), site], seconds=340)
	assert closing.closing(summary) == [
		"Slowest of site",
		"    12.3 s  test_import::test_rows",
		"  unit        12 passed, 0 failed",
		"  site        30 passed, 1 failed, 2 skipped in 5:07 min, 10% of it set-up",
		"                2 skipped: no ERPNext",
		"v16: 42 passed, 1 failed, 2 skipped in 5:40 min",
	]


def test_the_last_line_names_the_suites_that_did_not_run():
	summary = Summary("v16", [Result("unit", 12)], not_run="The tests that need a site (site) did not run: …")
	assert closing.closing(summary)[-1] == summary.not_run


def test_a_summary_can_be_written_and_read_back():
	site = Result("site", 30, 1, 2, "x", {"no ERPNext": 2}, {"test_import::test_rows": 12.3}, 300, 0.1)
	summary = Summary("v16", [site], not_run="y", full=True, seconds=340)
	assert Summary.from_json(summary.to_json()) == summary


def test_overall_names_the_platforms_and_ends_with_the_total():
	first = Summary("v16", [Result("unit", 3), Result("site", 5, 1)])
	lines = closing.overall([first, Summary("v15-erpnext", [Result("unit", 3)])], [], {})
	assert lines[0] == "v16: 3 unit, 6 site; 8 passed, 1 failed"
	assert lines[-1] == "11 passed, 1 failed"


def test_overall_groups_skips_of_all_suites_of_a_platform():
	site = Result("site", 5, skipped=2, reasons={"no ERPNext": 2})
	browser = Result("browser", 3, skipped=1, reasons={"no ERPNext": 1})
	assert "  3 skipped: no ERPNext" in overall(site, browser)


def test_an_exceeded_budget_is_reported_but_fails_no_run():
	parts = [Result("site", 5, seconds=301), Result("browser", 3, seconds=90)]
	lines = overall(*parts, budget={"site": 240, "browser": 90})
	assert [text for text in lines if "budget" in text] == ["  site took 5:01 min; its budget is 4:00 min"]
	assert lines[-1] == "8 passed, 0 failed"
	assert not any("budget" in text for text in overall(*parts, budget={"site": 240}, full=True))


def test_a_broken_platform_counts_as_one_failure():
	lines = closing.overall([Summary("v16", [Result("unit", 3)])], ["v15-erpnext"], {})
	assert lines[-2:] == ["v15-erpnext: did not run to its end", "3 passed, 1 failed"]


def test_a_broken_suite_counts_as_one_failure():
	assert overall(Result("site", 3, broken="no test ran"))[-1] == "3 passed, 1 failed"
