"""Backfill captures documents stored before, once, in order, and counts without changes (B10)."""

import frappe
import pytest

from crm_interactions.api import capture as api
from crm_interactions.capture import backfill, capture, policy, refused
from tests.site.factories import contact, log_in, partner, record, user

ANA, MARTA = "ana@adria.example", "marta@example.com"


@pytest.fixture
def stored(settings, monkeypatch):
	"""Return Communications that were stored while capture was off: a mail, its answer, one unknown, one internal."""
	user(MARTA, "Interaction User")
	user("igor@example.com", "Interaction User")
	contact(partner("Adria Trgovina"), email=ANA)
	first = mail(MARTA, ANA)
	made = [first, mail(ANA, MARTA, in_reply_to=first.name), mail("tom@unknown.example", MARTA)]
	made.append(mail(MARTA, "igor@example.com"))
	settings(capture_mail=policy.KNOWN)
	# the test is rolled back
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	return made


def mail(sender: str, to: str, **fields):
	values = {"communication_type": "Communication", "communication_medium": "Email", "subject": "Prices"}
	sent = "Sent" if sender == MARTA else "Received"
	return record(
		"Communication", **values, sender=sender, recipients=to, content="x", sent_or_received=sent, **fields
	)


def test_a_count_changes_nothing(stored):
	assert backfill.run(dry_run=True) == {"Interaction": 2, "Captured Item": 1, refused.INTERNAL: 1}
	assert not frappe.db.count("Captured Item") and not frappe.db.count(refused.REFUSAL)
	assert not frappe.db.exists("Interaction", {"source_type": "Communication"})


def test_stored_mail_is_captured_once_and_threads_share_a_chain(stored, monkeypatch):
	monkeypatch.setattr(backfill, "BATCH", 2)
	assert backfill.run() == {"Interaction": 2, "Captured Item": 1, refused.INTERNAL: 1}
	assert backfill.run() == {}
	names = [capture("Communication", one.name)["name"] for one in stored[:2]]
	assert len({frappe.db.get_value("Interaction", name, "chain") for name in names}) == 1
	told = api.get_backfill()
	assert (told["done"], told["finished"], told["running"]) == (0, True, False)


def test_a_document_that_fails_does_not_stop_the_others(stored, monkeypatch):
	read = frappe.get_attr("crm_interactions.integrations.frappe.captured_mail.read")

	def fail(doc):
		return 1 / 0 if doc.name == stored[0].name else read(doc)

	monkeypatch.setattr("crm_interactions.integrations.frappe.captured_mail.read", fail)
	assert backfill.run()[refused.NOT_CAPTURED] == 1
	assert capture("Communication", stored[2].name)
	assert frappe.db.exists("Error Log", {"reference_name": stored[0].name})


def test_only_administrators_start_it_and_only_if_capture_is_on(settings):
	with pytest.raises(frappe.ValidationError, match="Capture is off"):
		api.backfill()
	settings(capture_calls=1)
	log_in(MARTA, "Interaction User")
	for method in (api.backfill, api.get_backfill):
		with pytest.raises(frappe.PermissionError):
			method()
