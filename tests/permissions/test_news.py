"""Reminders, digests, notifications and the calendar show only visible records. All planned activities are late."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from crm_interactions.reminders import digest, reminders
from tests.permissions import oracle
from tests.permissions.conftest import EACH_SETTING, connected
from tests.permissions.doors_of_traces import news
from tests.permissions.people import PEOPLE
from tests.site import post

# Frappe sends no e-mail to its placeholder address
NOT_WRITTEN_TO = "Administrator"


@pytest.fixture(scope="module")
def account(site, world):
	"""Add an outgoing e-mail account, and turn on e-mails, digest and reminders for all people."""
	with connected(site):
		post.account()
		for person in PEOPLE.values():
			frappe.db.set_value("Notification Settings", person.name, "enable_email_notifications", 1)
		doc = frappe.get_doc("CRM Interactions Settings")
		before = {field: doc.get(field) for field in ("send_digest", "digest_hour", "remind_late")}
		doc.update({"send_digest": 1, "digest_hour": 0, "remind_late": 1}).save()
	yield
	with connected(site):
		frappe.get_doc("CRM Interactions Settings").update(before).save()
		frappe.delete_doc("Email Account", "Office", force=True)


@EACH_SETTING
def test_reminders_and_digests_have_only_visible_records(visibility, site, world, account, differences):
	before = _mails(site)
	with connected(site):
		frappe.flags.mute_emails = True
		# a digest is sent once a day, so each setting gets its own day
		now = now_datetime() + timedelta(days=oracle.SETTINGS.index(visibility))
		reminders.send_due_reminders(now)
		assert digest.send_due_digests(now)["Sent"]
	after = _mails(site)
	for key, person in PEOPLE.items():
		text = "\n".join(after[key][len(before[key]) :])
		expected = {r.label for r in world.records if oracle.is_notified_of(visibility, person, r)}
		shown = {r.label for r in world.records if r.token in text}
		# a digest lists only the first records of each part
		closed = bool(shown) or key == NOT_WRITTEN_TO
		differences.check(expected, shown, key, "mails", may_be_less=closed)
	# the subject of a reminder
	assert "Late:" in "\n".join(after["worker"])


@EACH_SETTING
def test_notifications_and_calendar_show_only_visible_records(visibility, world, ask, account, differences):
	heard = set()
	for person in PEOPLE.values():
		allowed = oracle.readable(visibility, person, world.records)
		for door, request in news().items():
			shown = ask(person.key, request).labels(world.records)
			differences.check(allowed, shown, person.key, door, may_be_less=True)
			heard |= {(person.key, door)} if shown else set()
	assert heard >= {("worker", "bell"), ("worker", "events"), ("assignee", "bell"), ("reader", "bell")}


def _mails(site: str) -> dict[str, list[str]]:
	"""Return subject and text of each person's e-mails, oldest first."""
	found = {}
	with connected(site):
		for key, person in PEOPLE.items():
			address = frappe.db.get_value("User", person.name, "email")
			found[key] = [f"{mail['Subject']}\n{post.text(mail)}" for mail in post.mails(address)]
	return found
