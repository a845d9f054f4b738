"""Reminders from several schedulers at once and from killed workers (kill -9): each is recorded and sent once."""

import random
import time
from collections import Counter

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from crm_interactions.reminders import reminders
from tests.concurrency.crew import run_at_once, wait_for
from tests.concurrency.scenery import fresh, long_chain
from tests.site.factories import user
from tests.site.post import account
from tests.site.tier import choose

JOB = "crm_interactions.reminders.jobs.send_reminders"
REMINDER, READER = "Interaction Reminder", "reminded@example.com"
KILLS, AT_ONCE, DUE = choose(5, 20), 4, 60
# the least number of due reminders before each kill
OUTSTANDING = 40
ONE = 0.3  # seconds, about the time of one reminder, so that a kill may come at any point of it
CHANCE = random.Random(23)  # noqa: S311  not for secrets


@pytest.fixture(scope="module", autouse=True)
def reader(many_writers):
	"""Make the user who is reminded in the Desk and by e-mail."""
	fresh()
	user(READER, "Interaction User")
	frappe.db.set_value("Notification Settings", READER, "enable_email_notifications", 1)
	account()
	frappe.db.commit()


@pytest.fixture(autouse=True)
def nothing_due(reader):
	"""Send the reminders of other tests' activities, so that only a test's own are due."""
	fresh()
	reminders.send_due_reminders()


def due(length: int) -> set[str]:
	"""Return the names of planned calls that became late a minute ago."""
	late = add_to_date(now_datetime(), minutes=-1)
	_, members = long_chain(length, starts_on=late, responsible=READER, status="Planned")
	return {name for _, name in members}


def counts(names: set[str]) -> dict[str, Counter]:
	"""Return the numbers of reminders, notifications and e-mails of each activity, by their DocType."""
	fresh()
	found = {}
	fields = {REMINDER: "activity", "Notification Log": "document_name", "Email Queue": "reference_name"}
	for doctype, field in fields.items():
		rows = frappe.get_all(doctype, {field: ("in", sorted(names))}, pluck=field, limit_page_length=0)
		found[doctype] = Counter(rows)
	return found


def assert_once_each(names: set[str]) -> None:
	for doctype, counted in counts(names).items():
		assert counted.keys() == names, doctype
		assert set(counted.values()) == {1}, doctype
	assert {*frappe.get_all(REMINDER, {"activity": ("in", sorted(names))}, pluck="result")} == {"Sent"}


def test_several_schedulers_send_each_reminder_once(victim, outcomes):
	names = due(DUE)
	for answer in run_at_once([victim() for _ in range(AT_ONCE)], JOB):
		outcomes[answer.outcome] += 1
		assert answer.ok, answer.messages
	reminders.send_due_reminders()  # sends those that two schedulers blocked for each other
	assert_once_each(names)


def test_killed_workers_send_each_reminder_once(victim, outcomes):
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
		_assert_complete(names)
		outcomes["in the middle" if _recorded(names) < len(names) else "after"] += 1
	assert outcomes["in the middle"] == KILLS, "the moments missed the run"
	reminders.send_due_reminders()
	assert_once_each(names)


def _recorded(names: set[str]) -> int:
	return len(counts(names)[REMINDER])


def _wait_for(count: int, names: set[str]) -> None:
	wait_for(lambda: _recorded(names) >= count)


def _assert_complete(names: set[str]) -> None:
	"""Assert that reminders, notifications and e-mails match: a killed transaction leaves none of them."""
	found = counts(names)
	assert found[REMINDER] == found["Notification Log"] == found["Email Queue"]
