"""Each mail of the table (tests/data/mail) gives its result when Frappe receives it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.capture import capture, refused
from crm_interactions.capture.html_text import text_of_mail
from crm_interactions.platform.stored_text import as_typed
from tests.data import mail
from tests.site import mailbox

pytestmark = pytest.mark.records_only
MAILS = mail.table()["mails"]


def outcome(communication, seen: set[str]) -> tuple[str, str | None]:
	"""Return the result and the reason of a received mail, given the Communications of the mails before it."""
	if communication is None:
		return "not captured", "own"
	source = {"source_type": "Communication", "source": communication.name}
	reasons = frappe.get_all(refused.REFUSAL, source, pluck="reason")
	record = capture("Communication", communication.name)
	# Frappe 16 returns the stored Communication, Frappe 15 makes another one for another account
	other = record and frappe.db.get_value(record["doctype"], record["name"], "source") != communication.name
	if communication.name in seen or other:
		return "not captured", refused.DUPLICATE if refused.DUPLICATE in reasons else None
	seen.add(communication.name)
	return (record["doctype"], None) if record else ("not captured", *reasons)


def lines(text: str) -> list[str]:
	return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


@pytest.fixture
def received():
	"""Receive all mails of the table in its order; return Communication by file."""
	mailbox.build_world()
	found = {}
	for entry in MAILS:
		found[entry["file"]] = mailbox.deliver(mail.read(entry["file"]), to=mailbox.receiver_of(entry))[0]
	return found


def test_all_mails_give_the_results_of_the_table(received):
	"""One test, since the mails answer each other; the message lists each difference."""
	wrong, seen = [], set()
	for entry in MAILS:
		expected = (entry["result"], entry.get("reason"))
		if (found := outcome(received[entry["file"]], seen)) != expected:
			wrong.append(f"{entry['file']}: {found}, not {expected}")
			continue
		if entry["result"] != "not captured":
			wrong += differences(entry, received[entry["file"]], received)
	assert not wrong, "\n".join(wrong)


def differences(entry: dict, communication, received) -> list[str]:
	record = capture("Communication", communication.name)
	doc = frappe.get_doc(record["doctype"], record["name"])
	found, expected = (described(doc), wanted(entry))
	if parent := entry.get("in_thread_of"):
		other = capture("Communication", received[parent].name)
		expected["chain"] = frappe.db.get_value("Interaction", other["name"], "chain")
		found["chain"] = doc.get("chain")
	return [
		f"{entry['file']}: {key} is {found[key]!r}, not {value!r}"
		for key, value in expected.items()
		if found[key] != value
	]


def described(doc) -> dict:
	is_item = doc.doctype == "Captured Item"
	about = {
		"direction": doc.direction,
		"title": as_typed(doc.title),
		"party": doc.party,
		"contact": doc.contact and frappe.db.get_value("Contact", doc.contact, "email_id"),
		"text": lines(text_of_mail(doc.notes)),
		"sent": str(doc.received_on if is_item else doc.starts_on),
	}
	if not is_item:
		about["participants"] = [[row.email, row.side, link_of(row)] for row in doc.participants]
	return about


def link_of(row) -> str | None:
	if row.participant_type == "Contact":
		return frappe.db.get_value("Contact", row.participant, "email_id")
	return row.participant


def wanted(entry: dict) -> dict:
	about = {
		"direction": entry["direction"],
		"party": entry["party"],
		"contact": entry["contact"],
		"text": lines(entry["new_text"]),
	}
	if entry["subject"]:
		about["title"] = entry["subject"][:140]
	if entry["sent"]:
		about["sent"] = site_time(entry["sent"])
	if entry["result"] == "Interaction":
		about["participants"] = entry["participants"]
	return about


def site_time(sent: str) -> str:
	zone = ZoneInfo(frappe.utils.get_system_timezone())
	return str(get_datetime(datetime.fromisoformat(sent).astimezone(zone).replace(tzinfo=None, second=0)))
