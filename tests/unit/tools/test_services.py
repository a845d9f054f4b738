"""Whose jobs are whose: the sites of a bench share one Redis, but tests and benchmarks no queue with anybody."""

import json

import pytest

from tools import run
from tools.bench import Bench
from tools.paths import Places
from tools.platforms import PLATFORMS
from tools.services import BENCHMARK_JOBS, TEST_JOBS, Services

QUEUE = "redis://127.0.0.1:12345"


@pytest.fixture
def commands(monkeypatch):
	"""What was run, instead of running it."""
	ran = []
	monkeypatch.setattr(run, "logged", lambda command, log, **_: ran.append(command))
	return ran


@pytest.fixture
def bench(tmp_path, monkeypatch):
	# these tests themselves may run with jobs apart
	monkeypatch.delenv("FRAPPE_REDIS_QUEUE", raising=False)
	places = Places("v16", tmp_path)
	places.sites.mkdir(parents=True)
	(places.sites / "common_site_config.json").write_text(json.dumps({"redis_queue": QUEUE}))
	return Bench(PLATFORMS["v16"], places, {"apps": ["frappe"]})


def test_jobs_are_in_the_benchs_queue_unless_said_otherwise(bench):
	assert "FRAPPE_REDIS_QUEUE" not in bench.env()


@pytest.mark.parametrize("number", [TEST_JOBS, BENCHMARK_JOBS])
def test_jobs_apart_are_in_a_database_of_their_own(bench, commands, number):
	Services(bench).jobs_apart(number)
	assert bench.env()["FRAPPE_REDIS_QUEUE"] == f"{QUEUE}/{number}"


def test_no_two_share_one():
	everybody_elses = 0
	assert len({everybody_elses, TEST_JOBS, BENCHMARK_JOBS}) == 3


def test_what_an_earlier_run_left_is_gone_and_nothing_else(bench, commands):
	Services(bench).jobs_apart(TEST_JOBS)
	assert commands == [["redis-cli", "-p", "12345", "-n", str(TEST_JOBS), "flushdb"]]
