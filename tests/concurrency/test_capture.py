"""The same mail through several workers at once becomes one interaction (R28)."""

import frappe
import pytest

from crm_interactions.capture.exchange import key_of
from tests.concurrency.crew import at_once, method
from tests.concurrency.scenery import fresh
from tests.site.factories import contact, partner

ROUNDS, WORKERS = 10, 4


@pytest.fixture
def capturing():
	"""Capture mail, which the other tests of the site don't expect, until the test ends."""
	frappe.db.set_single_value("CRM Interactions Settings", "capture_mail", "Known Contacts")
	frappe.db.commit()
	frappe.clear_cache()
	yield
	fresh()
	frappe.db.set_single_value("CRM Interactions Settings", "capture_mail", "Nothing")
	frappe.db.commit()
	frappe.clear_cache()


@pytest.mark.usefixtures("many_writers", "capturing")
def test_one_mail_at_several_workers_is_one_interaction(crew, outcomes):
	for _ in range(ROUNDS):
		token = frappe.generate_hash(length=10)
		address = f"{token}@example.net"
		contact(partner(f"Mail {token}"), token, email=address)
		frappe.db.commit()
		mail = {
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Received",
			"subject": token,
			"content": "Please call me.",
			"sender": address,
			"recipients": "clerk@example.com",
			"message_id": f"{token}@mail.example.net",
		}
		answers = at_once(crew[:WORKERS], [method("frappe.client.insert", doc=mail)] * WORKERS)
		fresh()
		stored = frappe.db.count("Communication", {"message_id": mail["message_id"]})
		outcomes["stored"] += stored
		assert stored, [answer.messages for answer in answers]
		assert frappe.db.count("Interaction", {"source_key": key_of("mail", mail["message_id"])}) == 1
		assert not frappe.db.count("Captured Item", {"address": address})
