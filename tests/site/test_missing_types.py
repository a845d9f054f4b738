"""Rows and settings that name a removed DocType are shown as far as possible, and logged once."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions import boot
from crm_interactions.api import calendar, chain, party
from crm_interactions.api import resource as resources
from crm_interactions.invitations import recipients
from crm_interactions.journal import registry
from crm_interactions.parties import partners
from crm_interactions.reminders import agenda, digest, mishaps, reminders
from crm_interactions.supervision import workload
from tests.site.factories import contact, interaction, meeting, partner, resource
from tests.site.people import ANA
from tests.site.post import mails, text
from tests.site.reminding import NOW, one_reader, recorded

pytestmark = pytest.mark.records_only
SEVEN = get_datetime("2100-06-01 07:00:00")
GONE = {"party_type": "No Such Type", "party": "Gone & Sons"}


surroundings = one_reader(ANA)


@pytest.fixture(autouse=True)
def no_sources_left():
	yield
	registry.clear_cache()


def orphan(doc):
	"""Set the partner of a document, its row and its chain to one of a removed DocType."""
	row = frappe.db.get_value("Activity Link", {"activity": doc.name})
	for pair in ((doc.doctype, doc.name), ("Interaction Chain", doc.chain), ("Activity Link", row)):
		frappe.db.set_value(*pair, {**GONE})  # a copy, because Frappe adds to it
	return doc


def planned(title: str, make=interaction, **fields):
	return make(title=title, starts_on="2100-06-01 10:00:00", responsible=ANA, status="Planned", **fields)


def add_removed_type_to_settings() -> None:
	"""Add the removed DocType to the settings as bare rows, because a save would refuse it."""
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.append("party_types", {"party_type": GONE["party_type"]}).db_insert()
	settings.append("subject_types", {"subject_type": GONE["party_type"]}).db_insert()
	source = {"document_type": GONE["party_type"], "date_field": "creation", "party_field": "customer"}
	settings.append("sources", source).db_insert()
	frappe.clear_document_cache(settings.doctype, settings.name)
	registry.clear_cache()


def logged(title: str) -> list:
	return frappe.get_all("Error Log", {"method": title}, pluck="reference_name")


def send(days: int) -> str:
	"""Send the digests of a day; return the text of the newest mail."""
	digest.send_due_digests(SEVEN + timedelta(days=days))
	found = [mail for mail in mails(ANA) if mail["Subject"].startswith("Your day")]
	assert len(found) == days + 1
	return text(found[-1]) if days else text(found[0])


def test_the_digest_shows_the_rows_and_logs_them_once():
	planned("As it should be")
	bad = orphan(planned("Whose partner has gone"))
	past = interaction(title="A chain of theirs", responsible=ANA, starts_on="2026-01-05 09:00:00")
	chain_owner = orphan(past)
	for days in range(2):
		digest_text = send(days)
		for shown in ("As it should be", "Whose partner has gone", "A chain of theirs", GONE["party"]):
			assert shown in digest_text
	assert [row.result for row in recorded(kind="Digest", user=ANA)] == ["Sent", "Sent"]
	assert sorted(logged(mishaps.PARTY_TYPE)) == sorted([bad.name, chain_owner.chain])


def test_a_row_that_cannot_be_shown_is_left_out_of_the_digest_and_logged_once(monkeypatch):
	planned("As it should be")
	bad = planned("Broken")
	usual = agenda._activity

	def broken(row, *args):
		if row.activity == bad.name:
			raise ValueError("whatever comes up")
		return usual(row, *args)

	monkeypatch.setattr(agenda, "_activity", broken)
	for days in range(2):
		digest_text = send(days)
		assert "As it should be" in digest_text and "Broken" not in digest_text
	assert logged(mishaps.ROW) == [bad.name]


def test_other_features_work_with_rows_and_settings_of_a_removed_type():
	"""Reminders, workload, panel, calendars, caller search, invitations, titles, boot and saves."""
	bad = orphan(planned("Whose partner has gone", resources=[{"resource": resource().name}]))
	booking = frappe.db.get_value("Activity Resource", {"parent": bad.name})
	invited = orphan(planned("A meeting", meeting))
	add_removed_type_to_settings()
	assert reminders.send_due_reminders(NOW)["Failed"] == 0
	assert any(row["planned"] for row in workload.of_team(SEVEN))
	assert chain.page(activity_type="Interaction", activity=bad.name)["rows"]
	window = "2100-06-01", "2100-06-02"
	assert bad.name in [event["name"] for event in calendar.get_events("Interaction", *window)]
	assert bad.name in [event["activity"] for event in resources.get_bookings(*window)]
	frappe.db.set_value("Activity Resource", booking, "parenttype", GONE["party_type"])
	assert [event["title"] for event in resources.get_bookings(*window)] == ["Booked"]
	ana = contact(partner("Sever & Sons"), phone="+385 1 999 8888").name
	assert [found["contact"] for found in party.find("+385 1 999 8888")] == [ana]
	assert recipients.languages(frappe.get_doc("Meeting", invited.name), ["x@example.com"])
	assert partners.get_title(*GONE.values()) == GONE["party"]
	bootinfo = frappe._dict(user={"can_create": []}, user_info={})
	boot.extend_bootinfo(bootinfo)
	assert GONE["party_type"] not in [kind["doctype"] for kind in bootinfo.crm_interactions["activity_types"]]
	assert interaction(title="Saved meanwhile").chain
	with pytest.raises(frappe.ValidationError, match="Partner Type"):
		frappe.get_doc("Interaction", bad.name).save()
