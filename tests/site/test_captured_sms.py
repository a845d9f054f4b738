"""SMS Log becomes one interaction with all its recipients (R28)."""

import frappe
import pytest

from tests.site.capturing import THEIRS, became, message
from tests.site.factories import contact, partner, record, user

OTHER, UNKNOWN = "+385 1 555 0101", "+385 1 555 0102"


@pytest.fixture(autouse=True)
def on(settings):
	if not frappe.db.exists("DocType", "SMS Log"):
		pytest.skip("needs SMS Log")
	settings(capture_sms=1)


@pytest.fixture
def caller():
	return contact(partner(), phone=THEIRS)


pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]


def test_a_message_becomes_an_interaction(caller, as_user):
	as_user(user("writes@example.com", "Interaction User", "System Manager").name)
	doc = became(message(THEIRS))
	assert (doc.party, doc.contact, doc.how_to_reach) == (caller.links[0].link_name, caller.name, THEIRS)
	assert (doc.interaction_type, doc.direction, doc.status) == ("SMS", "Outgoing", "Held")
	assert (doc.title, doc.responsible) == ("Your pump is ready.", "writes@example.com")
	assert doc.notes == "<p>Your pump is ready.<br>Pick it up today.</p>"
	assert not doc.participants


def test_the_first_number_with_a_partner_decides_and_all_are_participants(caller):
	ivo = contact(partner("Baltic Supplies"), first_name="Ivo", phone=OTHER)
	doc = became(message(UNKNOWN, OTHER, THEIRS))
	assert (doc.party, doc.contact, doc.how_to_reach) == (ivo.links[0].link_name, ivo.name, OTHER)
	rows = [(row.participant, row.full_name, row.phone, row.side) for row in doc.participants]
	assert rows == [
		(None, UNKNOWN, UNKNOWN, "Theirs"),
		(ivo.name, "Ivo Horvat", OTHER, "Theirs"),
		(None, THEIRS, THEIRS, "Theirs"),
	]


def test_an_excluded_recipient_is_left_out(caller):
	record("Capture Exclusion", pattern=OTHER)
	doc = became(message(OTHER, THEIRS))
	assert [row.phone for row in doc.participants] == [THEIRS]


def test_a_message_to_an_unknown_number_waits():
	item = became(message(UNKNOWN))
	assert (item.doctype, item.medium, item.address) == ("Captured Item", "SMS", UNKNOWN)


def test_nothing_is_captured_while_the_setting_is_off(caller, settings):
	settings(capture_sms=0)
	assert became(message(THEIRS)) is None


def test_a_message_that_reached_no_number_is_counted():
	made = message()
	assert became(made) is None
	assert frappe.db.exists("Capture Refusal", {"source": made.name, "reason": "no number"})
