"""Which suites run, and how the runners are called."""

from pathlib import Path

import pytest

from tools import suites
from tools.suites import BUDGETS, SUITES

LINT_SECONDS = 60


def names(chosen):
	return [suite.name for suite in chosen]


def test_everything_by_default_and_what_destroys_the_site_last():
	assert names(suites.chosen("")) == [
		*("unit", "javascript", "site", "browser"),
		*("permissions", "concurrency", "lifecycle"),
	]


def test_unit_brings_the_javascript_with_it():
	assert names(suites.chosen("unit")) == ["unit", "javascript"]


def test_skipping_leaves_the_rest():
	assert names(suites.chosen("", "unit")) == ["site", "browser", "permissions", "concurrency", "lifecycle"]
	assert names(suites.chosen("unit,site", "unit")) == ["site"]


def test_nothing_left_is_refused():
	with pytest.raises(ValueError, match="no suite"):
		suites.chosen("browser", "browser")


def test_an_unknown_suite_to_skip_is_refused():
	with pytest.raises(ValueError, match="SKIP is one of"):
		suites.chosen("", "smoke")


def test_several_in_their_own_order():
	assert names(suites.chosen("browser, site")) == ["site", "browser"]


def test_an_unknown_suite_is_answered_with_those_there_are():
	with pytest.raises(
		ValueError, match="unit, javascript, site, browser, permissions, concurrency, lifecycle"
	):
		suites.chosen("smoke")


def test_only_folders_with_tests_in_them(tmp_path):
	(tmp_path / "tests" / "site").mkdir(parents=True)
	(tmp_path / "tests" / "site" / "conftest.py").touch()
	(tmp_path / "tests" / "unit" / "js").mkdir(parents=True)
	(tmp_path / "tests" / "unit" / "js" / "dates.test.mjs").touch()
	assert names(suites.with_tests(suites.SUITES, tmp_path)) == ["javascript"]


def test_a_new_site_before_the_first_that_needs_one_and_before_the_last():
	steps = [(suite.name, new) for suite, new in suites.plan(suites.SUITES)]
	assert steps == [
		("unit", False),
		("javascript", False),
		("site", True),
		("browser", False),
		("permissions", False),
		("concurrency", True),
		("lifecycle", True),
	]
	assert [new for _, new in suites.plan(suites.chosen("unit,browser"))] == [False, False, True]


def test_several_processes_share_a_whole_suite_of_parallel_files(tmp_path):
	assert suites.workers(suites.SITE, [], 2) == 2
	assert suites.workers(suites.SITE, [], 64) == suites.MOST_WORKERS
	assert suites.workers(suites.SITE, ["-k", "chain"], 2) == 1
	assert suites.workers(suites.CONCURRENCY, [], 2) == 1
	command = suites.pytest_command(Path("python"), suites.SITE, tmp_path, tmp_path, [], 2)
	assert {"--numprocesses=2", "--dist=loadfile"} < {*command}


def test_pytest_is_told_where_to_report(tmp_path):
	command = suites.pytest_command(
		Path("/env/python"), suites.SITE, tmp_path, tmp_path / "report", ["-k", "chain"]
	)
	assert command[:3] == ["/env/python", "-m", "pytest"]
	assert f"--junit-xml={tmp_path / 'report'}" in command
	assert command[-3:] == ["-k", "chain", str(tmp_path / "tests/site")]


def test_every_suite_has_a_budget():
	assert {*BUDGETS[suites.CHECKOUT_SUITES]} == {suite.name for suite in SUITES if not suite.needs_site}
	for platform in ("v16", "v15-erpnext"):
		assert {*BUDGETS[platform]} == {suite.name for suite in SUITES if suite.needs_site}


def test_budgets_add_up_to_what_the_checks_may_take():
	seconds = {name: sum(budget.values()) for name, budget in BUDGETS.items()}
	assert seconds["v16"] + seconds[suites.CHECKOUT_SUITES] <= 12 * 60, "make test on v16"
	assert sum(seconds.values()) <= 30 * 60 - LINT_SECONDS, ".ci/run"


def test_documentation_tells_the_budgets():
	text = (Path(__file__).parents[3] / "docs" / "running.md").read_text(encoding="utf-8")
	for suite in SUITES:
		cells = [str(budget.get(suite.name, "–")) for budget in BUDGETS.values()]
		assert f"| {' | '.join([suite.name, *cells])} |" in text
