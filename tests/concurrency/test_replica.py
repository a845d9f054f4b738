"""Reports read from a replica where the site has one, and leave the primary alone (R27)."""

import json
import os
import shutil
import sys
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, now_datetime

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from tests.concurrency.replication import Pair, dump_database, make_site, run
from tests.site.factories import interaction, meeting
from tests.site.tier import FULL

SITE = "replicated.localhost"


@pytest.fixture(scope="module")
def done(site, tmp_path_factory) -> dict:
	"""Return what primary and replica did for each report, by its name."""
	if frappe.db.db_type != "mariadb":
		pytest.skip("needs MariaDB's replication")
	if not FULL:
		pytest.skip("two servers take too long for the quick tier")
	chain = _make_records()
	folder = tmp_path_factory.mktemp("replication")
	config, dump = {**frappe.conf}, folder / "dump.sql"
	dump_database(config, dump)
	own = json.loads(Path(frappe.get_site_path("site_config.json")).read_text())
	pair = Pair(folder)
	try:
		place = make_site(SITE, pair.copy(own, dump), config.get("encryption_key"))
		arguments = (SITE, pair.primary.socket, pair.replica.socket, chain)
		read = run(
			[sys.executable, "-W", "ignore", "-m", "tests.concurrency.reader", *map(str, arguments)],
			check=False,
			env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
		)
		assert read.returncode == 0, read.stderr
		yield json.loads(read.stdout.splitlines()[-1])
		shutil.rmtree(place)
	finally:
		pair.stop()


def _make_records() -> str:
	"""Make a won chain, and an open one without a next step, with costs; return the first."""
	now = now_datetime()
	won = interaction(starts_on=str(add_days(now, -30)), direction="Incoming")
	interaction(chain=won.chain, starts_on=str(add_days(now, -20)), direction="Outgoing")
	closing.close(won.chain, ended=Result("Won"))
	meeting(starts_on=str(add_days(now, -10)), status="Held", expected_cost=100, expected_cost_currency="EUR")
	frappe.db.commit()
	return won.chain


def test_every_report_reads_its_rows_from_the_replica(done):
	reports = done.keys() - {"nothing", "in the background"}
	assert len(reports) >= 10
	for name in reports:
		assert done[name]["replica"]["selects"] > 0, name
		assert done[name]["replica"]["tables"], name
		assert done[name]["primary"]["tables"] == [], name


def test_a_report_costs_the_primary_no_more_than_a_request_for_nothing(done):
	least = done["nothing"]["primary"]["selects"]
	assert done["nothing"]["replica"] == {"selects": 0, "tables": []}
	selects = {name: of["primary"]["selects"] for name, of in done.items() if name != "in the background"}
	assert selects == dict.fromkeys(selects, least)


def test_the_reports_have_rows(done):
	empty = {name for name, of in done.items() if not of["rows"]}
	assert empty <= {"nothing", "What Comes Before Progress", "Team Activities"}


def test_a_report_in_the_background_reads_from_the_replica(done):
	found = done["in the background"]
	assert found["replica"]["tables"] and found["primary"]["tables"] == []
