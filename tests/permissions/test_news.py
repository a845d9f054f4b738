"""What somebody is told without asking: reminders, the morning digest, the bell, his calendar. All planned activities are late."""

from datetime import timedelta

import frappe
import oracle
import post
import pytest
from conftest import connect
from doors_of_traces import news
from frappe.utils import now_datetime
from people import PEOPLE

from crm_interactions.reminders import digest, reminders

EACH_SETTING = pytest.mark.parametrize("visibility", oracle.SETTINGS)
WISHES = {"enable_email_notifications": 1}
# the platform sends nothing to the address that it gave him
NOT_WRITTEN_TO = "Administrator"


@pytest.fixture(scope="module")
def account(site, world):
	"""The site has an account to send from, and people want mails."""
	connect(site)
	post.account()
	for person in PEOPLE.values():
		frappe.db.set_value("Notification Settings", person.name, WISHES)
	doc = frappe.get_doc("CRM Interactions Settings")
	before = {field: doc.get(field) for field in ("send_digest", "digest_hour", "remind_late")}
	doc.update({"send_digest": 1, "digest_hour": 0, "remind_late": 1}).save()
	frappe.db.commit()
	frappe.destroy()
	yield
	connect(site)
	frappe.get_doc("CRM Interactions Settings").update(before).save()
	frappe.delete_doc("Email Account", "Office", force=True)
	frappe.db.commit()
	frappe.destroy()


@EACH_SETTING
def test_mails(visibility, site, world, account, setting, differences):
	setting(visibility)
	before = _mails(site)
	connect(site)
	frappe.flags.mute_emails = True
	# a digest is sent once a day
	now = now_datetime() + timedelta(days=oracle.SETTINGS.index(visibility))
	reminders.send_due_reminders(now)
	assert digest.send_due_digests(now)["Sent"]
	frappe.db.commit()
	frappe.destroy()
	after = _mails(site)
	for key, person in PEOPLE.items():
		text = "\n".join(after[key][len(before[key]) :])
		expected = {r.label for r in world.records if oracle.is_told_of(visibility, person, r)}
		told = {r.label for r in world.records if r.token in text}
		# a digest shows the first few of each part, and the number of the others
		closed = bool(told) or key == NOT_WRITTEN_TO
		differences.check(expected, told, key, "mails", may_be_less=closed)
	# of each activity that was once
	assert "Late:" in "\n".join(after["worker"])


@EACH_SETTING
def test_bell_and_calendar(visibility, world, ask, account, setting, differences):
	setting(visibility)
	heard = set()
	for person in PEOPLE.values():
		allowed = {r.label for r in world.records if oracle.sees(visibility, person, r)}
		for door, request in news().items():
			answer = ask(person.key, request)
			told = {r.label for r in world.records if answer.tells(r.token)}
			differences.check(allowed, told, person.key, door, may_be_less=True)
			heard |= {(person.key, door)} if told else set()
	assert heard >= {("worker", "bell"), ("worker", "events"), ("assignee", "bell"), ("reader", "bell")}


def _mails(site: str) -> dict[str, list[str]]:
	"""Return what each person was sent, oldest first."""
	connect(site)
	found = {}
	for key, person in PEOPLE.items():
		address = frappe.db.get_value("User", person.name, "email")
		found[key] = [f"{mail['Subject']}\n{post.text(mail)}" for mail in post.mails(address)]
	frappe.destroy()
	return found
