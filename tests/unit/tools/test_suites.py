"""The choice of suites and the commands of the runners."""

from pathlib import Path

import pytest

from tools import suites
from tools.suites import BUDGETS, SUITES

LINT_SECONDS = 60


def names(chosen):
	return [suite.name for suite in chosen]


ALL = ["unit", "javascript", "site", "browser", "permissions", "concurrency", "lifecycle"]


@pytest.mark.parametrize(
	("only", "skip", "expected"),
	[
		pytest.param("", "", ALL, id="all by default, lifecycle last"),
		pytest.param("unit", "", ["unit", "javascript"], id="unit includes javascript"),
		pytest.param("", "unit", ALL[2:], id="without skipped suites"),
		pytest.param("unit,site", "unit", ["site"], id="chosen and skipped"),
		pytest.param("browser, site", "", ["site", "browser"], id="in the fixed order"),
	],
)
def test_suites_are_chosen_by_only_and_skip(only, skip, expected):
	assert names(suites.chosen(only, skip)) == expected


@pytest.mark.parametrize(
	("only", "skip", "message"),
	[
		pytest.param("browser", "browser", "no suite", id="empty choice"),
		pytest.param("", "smoke", "Set SKIP to one of", id="unknown suite to skip"),
		pytest.param("smoke", "", ", ".join(ALL), id="unknown suite"),
	],
)
def test_an_invalid_choice_is_refused_with_the_known_names(only, skip, message):
	with pytest.raises(ValueError, match=message):
		suites.chosen(only, skip)


def test_suites_without_tests_are_left_out(tmp_path):
	for file in (tmp_path / "tests/site/conftest.py", tmp_path / "tests/unit/js/dates.test.mjs"):
		file.parent.mkdir(parents=True)
		file.touch()
	assert names(suites.with_tests(suites.SUITES, tmp_path)) == ["javascript"]


def test_new_sites_are_made_before_site_concurrency_and_lifecycle():
	steps = [*suites.plan(suites.SUITES)]
	assert names(suite for suite, _new in steps) == ALL
	assert names(suite for suite, new in steps if new) == ["site", "concurrency", "lifecycle"]
	assert [new for _, new in suites.plan(suites.chosen("unit,browser"))] == [False, False, True]


def test_several_processes_run_only_whole_parallel_suites(tmp_path):
	assert suites.workers(suites.SITE, [], 2) == 2
	assert suites.workers(suites.SITE, [], 64) == suites.MOST_WORKERS
	assert suites.workers(suites.SITE, ["-k", "chain"], 2) == 1
	assert suites.workers(suites.CONCURRENCY, [], 2) == 1
	command = suites.pytest_command(Path("python"), suites.SITE, tmp_path, tmp_path, [], 2)
	assert {"--numprocesses=2", "--dist=loadfile"} < {*command}


def test_pytest_receives_the_report_path_and_the_arguments(tmp_path):
	report = tmp_path / "report"
	command = suites.pytest_command(Path("/env/python"), suites.SITE, tmp_path, report, ["-k", "chain"])
	assert command[:3] == ["/env/python", "-m", "pytest"]
	assert f"--junit-xml={report}" in command
	assert command[-3:] == ["-k", "chain", str(tmp_path / "tests/site")]


def test_every_suite_has_a_budget():
	assert {*BUDGETS[suites.CHECKOUT_SUITES]} == {suite.name for suite in SUITES if not suite.needs_site}
	for platform in ("v16", "v15-erpnext"):
		assert {*BUDGETS[platform]} == {suite.name for suite in SUITES if suite.needs_site}


def test_budgets_stay_within_the_limits_of_the_checks():
	seconds = {name: sum(budget.values()) for name, budget in BUDGETS.items()}
	assert seconds["v16"] + seconds[suites.CHECKOUT_SUITES] <= 12 * 60, "make test on v16"
	assert sum(seconds.values()) <= 30 * 60 - LINT_SECONDS, ".ci/run"


def test_documentation_lists_the_budgets():
	text = (Path(__file__).parents[3] / "docs" / "running.md").read_text(encoding="utf-8")
	for suite in SUITES:
		cells = [str(budget.get(suite.name, "–")) for budget in BUDGETS.values()]
		assert f"| {' | '.join([suite.name, *cells])} |" in text
