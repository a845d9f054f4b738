"""A backfill that is killed (kill -9) goes on where it stopped: the result is that of an uninterrupted one (B10)."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import frappe
import pytest

from crm_interactions.capture import backfill
from tests.concurrency.scenery import fresh
from tests.site.factories import contact, partner, record

KILLS = 10
THREADS, LENGTH = 10, 6
SETTINGS = "CRM Interactions Settings"
US = "clerk@example.com"
# seconds after the first batch may begin; a whole run takes longer
LATEST = 1.0
CHANCE = random.Random(5)  # noqa: S311  not for secrets
SCRIPT = """
import sys, frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
frappe.flags.mute_emails = True
from crm_interactions.capture import backfill
backfill.BATCH = 2
print("begins", flush=True)
backfill.run()
"""


@pytest.fixture
def stored(site) -> list[str]:
	"""Store mails of ten conversations while capture is off, then switch it on; return their names."""
	names = []
	for _ in range(THREADS):
		token = frappe.generate_hash(length=8)
		contact(partner(f"Backfill {token}"), token, email=f"{token}@example.net")
		before = None
		for number in range(LENGTH):
			before = mail(f"{token}@example.net", incoming=number % 2 == 0, in_reply_to=before)
			names.append(before)
	frappe.db.set_single_value(SETTINGS, "capture_mail", "Known Contacts")
	frappe.db.commit()
	frappe.clear_cache()
	yield names
	fresh()
	frappe.db.set_single_value(SETTINGS, "capture_mail", "Nothing")
	frappe.db.commit()
	frappe.clear_cache()


def mail(address: str, *, incoming: bool, in_reply_to: str | None) -> str:
	kind = {"communication_type": "Communication", "communication_medium": "Email", "subject": "Backfill"}
	sender, recipients = (address, US) if incoming else (US, address)
	about = {"sender": sender, "recipients": recipients, "in_reply_to": in_reply_to, "content": "x"}
	return record("Communication", **kind, **about, sent_or_received="Received" if incoming else "Sent").name


def run_and_kill() -> None:
	"""Start a backfill in a process of its own, and kill it at a random moment."""
	place = {"cwd": os.getcwd(), "env": {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}}
	command = [sys.executable, "-c", SCRIPT, frappe.local.site]
	with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **place) as process:  # noqa: S603  the script is this file's
		assert process.stdout.readline().strip() == "begins"
		time.sleep(CHANCE.uniform(0, LATEST))
		process.kill()


def captured(names: list[str]) -> list:
	of = {"source_type": "Communication", "source": ("in", names)}
	return frappe.get_all("Interaction", of, ["source", "chain"])


def test_a_killed_backfill_goes_on_and_captures_each_mail_once(stored, outcomes):
	for _ in range(KILLS):
		run_and_kill()
		fresh()
		outcomes["captured at a kill"] += len(captured(stored))
	backfill.run()
	fresh()
	rows = captured(stored)
	assert sorted(row.source for row in rows) == sorted(stored)
	assert len({row.chain for row in rows}) == THREADS
	assert backfill.run() == {}
