"""Helpers for tests of reminders and digests."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import get_datetime

from tests.site.factories import user
from tests.site.post import account, forget_account

NOW = get_datetime("2100-06-01 09:50:00")
REMINDER = "Interaction Reminder"


def stay_in_one_transaction(monkeypatch) -> None:
	"""Turn off the commit of each reminder, so that the test can roll back; `tests/concurrency` tests commits."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


@contextmanager
def one_reader(monkeypatch, email: str) -> Iterator[None]:
	"""Run the block in one transaction, with an outgoing e-mail account and one user who gets mails."""
	stay_in_one_transaction(monkeypatch)
	account()
	reader(email)
	yield
	forget_account()


def reader(email: str, *roles: str, **wishes):
	"""Return a user who gets mails; `wishes` are fields of the notification settings."""
	doc = user(email, *(roles or ("Interaction User",)))
	frappe.db.set_value("Notification Settings", email, {"enable_email_notifications": 1, **wishes})
	return doc


def change_user(name: str, **values) -> None:
	frappe.db.set_value("User", name, values)
	frappe.clear_document_cache("User", name)


def site_in(zone: str) -> None:
	frappe.db.set_single_value("System Settings", "time_zone", zone)
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.cache.delete_value("time_zone")
	frappe.local.system_settings = None


def recorded(**where) -> list:
	fields = ["kind", "user", "activity_type", "activity", "due", "result", "sent_on"]
	# reminders of real users on the site are due in this century
	where.setdefault("due", (">", "2099-01-01"))
	return frappe.get_all(REMINDER, where, fields, order_by="creation asc, due asc")
