"""Helpers for tests of reminders and digests."""

import frappe
import pytest
from frappe.utils import get_datetime

from tests.site.factories import user
from tests.site.post import account, forget_account

NOW = get_datetime("2100-06-01 09:50:00")
REMINDER = "Interaction Reminder"


def one_reader(email: str):
	"""Return the fixture `surroundings`: an outgoing e-mail account, and one user who gets mails.

	It turns off the commit of each reminder, so that the test can roll back; `tests/concurrency` tests commits.
	"""

	@pytest.fixture(autouse=True, name="surroundings")
	def surroundings(monkeypatch):
		monkeypatch.setattr(frappe.db, "commit", lambda: None)
		account()
		reader(email)
		yield
		forget_account()

	return surroundings


def reader(email: str, *roles: str, **wishes):
	"""Return a user who gets mails; `wishes` are fields of the notification settings."""
	doc = user(email, *(roles or ("Interaction User",)))
	frappe.db.set_value("Notification Settings", email, {"enable_email_notifications": 1, **wishes})
	return doc


def change_user(name: str, **values) -> None:
	frappe.db.set_value("User", name, values)
	frappe.clear_document_cache("User", name)


def site_in(zone: str) -> None:
	"""Put the site and the user of the tests into a time zone."""
	frappe.db.set_single_value("System Settings", "time_zone", zone)
	change_user("Administrator", time_zone=zone)
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.cache.delete_value("time_zone")
	frappe.local.system_settings = None


def recorded(**where) -> list:
	fields = ["kind", "user", "activity_type", "activity", "due", "result", "sent_on"]
	# reminders of real users on the site are due in this century
	where.setdefault("due", (">", "2099-01-01"))
	return frappe.get_all(REMINDER, where, fields, order_by="creation asc, due asc")
