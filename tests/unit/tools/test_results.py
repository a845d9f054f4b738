"""Counts out of the runners' reports, and the closing lines that CI reads."""

import re

from tools import results
from tools.results import Result, Summary

JUNIT = """<testsuites><testsuite name="pytest" errors="2" failures="1" skipped="1" tests="6">
<testcase classname="tests.a" name="test_one" />
<testcase classname="tests.a" name="test_two" />
<testcase classname="tests.a" name="test_skipped"><skipped /></testcase>
<testcase classname="tests.a" name="test_fails"><failure /></testcase>
<testcase classname="tests.a" name="test_fails"><error /></testcase>
<testcase classname="tests.a" name="test_cleans_up_badly"><error /></testcase>
</testsuite></testsuites>"""
GREEN = '<testsuites><testsuite><testcase classname="a" name="test_one" /></testsuite></testsuites>'
EMPTY = '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="0"/></testsuites>'
TAP = (
	"TAP version 13\n1..2\n# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n"
)


def test_errors_count_as_failures_and_each_test_once():
	assert results.from_junit("site", JUNIT, 1) == Result("site", passed=2, failed=2, skipped=1)


def test_no_test_is_a_failure_unless_arguments_select():
	assert results.from_junit("site", EMPTY, 5).broken == "no test ran"
	assert results.from_junit("site", EMPTY, 5, selecting=True).ok


def test_a_run_that_ended_badly_is_never_green():
	assert not results.from_junit("site", "", 4).ok
	assert not results.from_junit("site", GREEN, 3).ok
	assert results.from_junit("site", GREEN, 0).ok


def test_node_counts():
	assert results.from_tap("javascript", TAP, 1) == Result("javascript", passed=3, failed=1, skipped=1)
	assert not results.from_tap("javascript", "", 1).ok
	assert not results.from_tap("javascript", "# pass 3\n# fail 0\n", 7).ok


def test_a_run_without_any_test_is_not_in_order():
	assert not Summary("v16").ok
	assert not Summary("v16", [Result("site")]).ok
	assert Summary("v16", [Result("site", passed=1)]).ok
	assert not Summary("v16", [Result("site", passed=9), Result("browser", broken="no test ran")]).ok


def test_closing_lines_name_the_platform_and_each_suite():
	summary = Summary("v16", [Result("unit", 12), Result("site", 30, 1, 2)])
	assert results.closing(summary) == [
		"  unit        12 passed, 0 failed",
		"  site        30 passed, 1 failed, 2 skipped",
		"v16: 42 passed, 1 failed, 2 skipped",
	]


def test_what_did_not_run_is_the_last_line():
	summary = Summary("v16", [Result("unit", 12)], not_run="The tests that need a site (site) did not run: …")
	assert results.closing(summary)[-1] == summary.not_run


def test_a_summary_survives_its_file():
	summary = Summary("v16", [Result("site", 30, 1, 2, broken="x")], not_run="y")
	assert Summary.from_json(summary.to_json()) == summary


def test_overall_names_the_platforms_and_ends_with_the_line_that_is_counted():
	summaries = [
		Summary("v16", [Result("unit", 3), Result("site", 5, 1)]),
		Summary("v15-erpnext", [Result("unit", 3)]),
	]
	lines = results.overall(summaries, [])
	assert lines[0] == "v16: 3 unit, 6 site; 8 passed, 1 failed"
	assert lines[-1] == "11 passed, 1 failed"
	assert re.fullmatch(r"\d+ passed, \d+ failed", lines[-1])


def test_a_platform_that_broke_counts_as_failed():
	assert results.overall([Summary("v16", [Result("unit", 3)])], ["v15-erpnext"])[-2:] == [
		"v15-erpnext: did not run to its end",
		"3 passed, 1 failed",
	]


def test_a_broken_suite_counts_as_one_failure():
	assert (
		results.overall([Summary("v16", [Result("site", 3, broken="no test ran")])], [])[-1]
		== "3 passed, 1 failed"
	)
