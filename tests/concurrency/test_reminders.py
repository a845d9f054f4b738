"""Reminders by several schedulers at once, and by workers that are killed (kill -9): each is recorded and sent once."""

import random
import time
from collections import Counter

import frappe
import pytest
from crew import PATIENCE
from factories import interaction, user
from frappe.utils import add_to_date, now_datetime
from post import account
from scenery import copy_row, fresh
from tier import choose

from crm_interactions.chains import summary
from crm_interactions.reminders import reminders

JOB = "crm_interactions.reminders.jobs.send_reminders"
REMINDER, READER = "Interaction Reminder", "reminded@example.com"
KILLS, AT_ONCE, DUE = choose(5, 20), 4, 60
# so many are due at least whenever a worker begins that is going to be killed
OUTSTANDING = 40
ONE = 0.3  # seconds; about what one takes, so that it is killed anywhere within one
CHANCE = random.Random(23)  # noqa: S311  moments, no secrets


@pytest.fixture(scope="module", autouse=True)
def reader(many_writers):
	"""Whoever is reminded, in the Desk and by mail."""
	fresh()
	user(READER, "Interaction User")
	frappe.db.set_value("Notification Settings", READER, "enable_email_notifications", 1)
	account()
	frappe.db.commit()


@pytest.fixture(autouse=True)
def swept(reader):
	"""What other tests have planned is told, so that only what a test makes is due."""
	fresh()
	reminders.send_due_reminders()


def due(length: int) -> set[str]:
	"""Plan so many calls that are late since a minute ago; all but the first are copied."""
	first = interaction(
		starts_on=add_to_date(now_datetime(), minutes=-1), responsible=READER, status="Planned"
	)
	names = [first.name, *(f"{first.name}-{number:04d}" for number in range(1, length))]
	copy_row("Interaction", {"name": first.name}, [{"name": name} for name in names[1:]])
	copy_row(
		"Activity Link",
		{"activity": first.name, "activity_type": "Interaction"},
		[{"name": frappe.generate_hash(length=12), "activity": name} for name in names[1:]],
	)
	summary.refresh_summary(first.chain)
	frappe.db.commit()
	return set(names)


def told(names: set[str]) -> dict[str, Counter]:
	"""Return how often each activity was recorded, notified of and mailed about."""
	fresh()
	found = {}
	for doctype, field in (
		(REMINDER, "activity"),
		("Notification Log", "document_name"),
		("Email Queue", "reference_name"),
	):
		rows = frappe.get_all(doctype, {field: ("in", sorted(names))}, pluck=field, limit_page_length=0)
		found[doctype] = Counter(rows)
	return found


def once_each(names: set[str]) -> None:
	for doctype, counted in told(names).items():
		assert counted.keys() == names, doctype
		assert set(counted.values()) == {1}, doctype
	assert {*frappe.get_all(REMINDER, {"activity": ("in", sorted(names))}, pluck="result")} == {"Sent"}


def test_several_schedulers_at_once(victim, outcomes):
	names = due(DUE)
	workers = [victim() for _ in range(AT_ONCE)]
	for worker in workers:
		worker.start(JOB, together=True)
	for worker in workers:
		worker.until_ready()
	for worker in workers:
		worker.go()
	for worker in workers:
		answer = worker.answer()
		outcomes[answer.outcome] += 1
		assert answer.ok, answer.told
		worker.close()
	reminders.send_due_reminders()  # where two were in each other's way, the next run does it
	once_each(names)


def test_killed_in_the_middle(victim, outcomes):
	names = due(OUTSTANDING)
	for _ in range(KILLS):
		before = _recorded(names)
		if len(names) - before < OUTSTANDING:
			names |= due(OUTSTANDING)
		worker = victim()
		worker.start(JOB)
		_wait_for(before + CHANCE.randint(1, OUTSTANDING // 4), names)
		time.sleep(CHANCE.uniform(0, ONE))
		worker.kill()
		_kept_together(names)
		outcomes["in the middle" if _recorded(names) < len(names) else "after"] += 1
	assert outcomes["in the middle"] == KILLS, "the moments missed the run"
	reminders.send_due_reminders()
	once_each(names)


def _recorded(names: set[str]) -> int:
	return len(told(names)[REMINDER])


def _wait_for(count: int, names: set[str]) -> None:
	until = time.monotonic() + PATIENCE
	while _recorded(names) < count:
		assert time.monotonic() < until, "nothing is recorded any more"


def _kept_together(names: set[str]) -> None:
	"""What is recorded was sent, and the other way round; whatever was begun when the worker died is gone."""
	found = told(names)
	assert found[REMINDER] == found["Notification Log"] == found["Email Queue"]
