"""Job databases: the sites of a bench share one Redis, but tests and benchmarks use separate databases in it."""

import pytest

from tests.unit.tools.conftest import QUEUE
from tools.services import BENCHMARK_JOBS, TEST_JOBS, Services


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
