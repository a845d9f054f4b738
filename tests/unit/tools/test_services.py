"""Job databases: the sites of a bench share one Redis, but tests and benchmarks use separate databases in it."""

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
	"""Return the list that records commands instead of running them."""
	ran = []
	monkeypatch.setattr(run, "logged", lambda command, log, **_: ran.append(command))
	return ran


@pytest.fixture
def bench(tmp_path, monkeypatch):
	# these tests may run with a separate job database themselves
	monkeypatch.delenv("FRAPPE_REDIS_QUEUE", raising=False)
	places = Places("v16", tmp_path)
	places.sites.mkdir(parents=True)
	(places.sites / "common_site_config.json").write_text(json.dumps({"redis_queue": QUEUE}))
	return Bench(PLATFORMS["v16"], places, {"apps": ["frappe"]})


def test_jobs_are_in_the_benchs_queue_by_default(bench):
	assert "FRAPPE_REDIS_QUEUE" not in bench.env()


@pytest.mark.parametrize("number", [TEST_JOBS, BENCHMARK_JOBS])
def test_a_job_database_is_used_by_the_benchs_commands(bench, commands, number):
	Services(bench).use_job_database(number)
	assert bench.env()["FRAPPE_REDIS_QUEUE"] == f"{QUEUE}/{number}"


def test_job_databases_are_distinct():
	default = 0
	assert len({default, TEST_JOBS, BENCHMARK_JOBS}) == 3


def test_only_the_chosen_job_database_is_emptied(bench, commands):
	Services(bench).use_job_database(TEST_JOBS)
	assert commands == [["redis-cli", "-p", "12345", "-n", str(TEST_JOBS), "flushdb"]]
