"""Numbers and addresses of contacts and partners follow their records, and one query finds them."""

import frappe
import pytest

from crm_interactions.api.party import find
from crm_interactions.parties import key_index
from tests.site.factories import change_record, contact, interaction, log_in, record, user

pytestmark = pytest.mark.records_only
NUMBER = "+385 1 4567 890"


def keys(doc) -> set[str]:
	of = {"record_type": doc.doctype, "record": doc.name}
	return set(frappe.get_all(key_index.KEY, of, pluck="written"))


@pytest.fixture
def shop():
	"""Return a partner with an own number and address."""
	return record("Partner", partner_name="Adriatic Own", phone=NUMBER, email="Office@Adriatic.example")


@pytest.fixture(autouse=True)
def partner_types(settings):
	settings(party_types=[{"party_type": "Partner"}])


def test_keys_follow_their_record(shop):
	assert keys(shop) == {NUMBER, "Office@Adriatic.example"}
	change_record(shop, phone="+385 1 4567 891", email=None)
	assert keys(shop) == {"+385 1 4567 891"}
	renamed = frappe.rename_doc("Partner", shop.name, "Adriatic Renamed")
	assert keys(frappe.get_doc("Partner", renamed)) == {"+385 1 4567 891"} and not keys(shop)
	frappe.delete_doc("Partner", renamed)
	assert not frappe.db.exists(key_index.KEY, {"record": renamed})


def test_a_merged_record_leaves_no_keys(shop):
	other = record("Partner", partner_name="Adriatic Twin", phone="+385 1 4567 899")
	frappe.rename_doc("Partner", other.name, shop.name, merge=True)
	assert not keys(other)
	assert keys(shop) == {NUMBER, "Office@Adriatic.example"}


def test_a_save_without_a_change_of_numbers_sends_no_further_query(shop, monkeypatch):
	monkeypatch.setattr(key_index, "remove", lambda *_: pytest.fail("keys were written"))
	change_record(shop, website="https://adriatic.example")


def test_keys_are_rebuilt_from_stored_records(shop):
	ana = contact(shop, phone="+385 98 7001 234", email="ana@adriatic.example")
	expected = {doc.name: keys(doc) for doc in (shop, ana)}
	assert expected[ana.name] == {"+385 98 7001 234", "ana@adriatic.example"}
	frappe.db.delete(key_index.KEY)
	key_index.catch_up()
	key_index.catch_up()
	assert {doc.name: keys(doc) for doc in (shop, ana)} == expected
	assert frappe.db.count(key_index.KEY, {"record": ana.name}) == len(expected[ana.name])


def test_a_new_partner_type_is_found_by_its_numbers(settings):
	caller = change_record(user("caller@example.com"), mobile_no=NUMBER)
	assert not keys(caller)
	settings(party_types=[{"party_type": "Partner"}, {"party_type": "User"}])
	assert NUMBER in keys(caller)


@pytest.mark.parametrize("text", ["01 4567 890", "00385 1 4567890", "567890", "office@adriatic.example"])
def test_a_partner_is_found_by_its_own_number_and_address(shop, text):
	frappe.db.set_single_value("System Settings", "country", "Croatia")
	frappe.clear_document_cache("System Settings", "System Settings")
	(row,) = find(text)
	assert (row["contact"], row["party"], row["party_name"]) == (None, shop.name, "Adriatic Own")
	assert row["exact"] is (text != "567890")


def test_a_partner_whose_contact_has_the_same_number_is_offered_once(shop):
	ana = contact(shop, phone=NUMBER)
	assert [(row["contact"], row["party"]) for row in find(NUMBER)] == [(ana.name, shop.name)]


def test_an_unreadable_partner_is_not_found(settings):
	settings(party_types=[{"party_type": "Partner"}, {"party_type": "User"}])
	secret = change_record(user("secret@example.com"), mobile_no="+385 1 4567 777")
	assert secret.name in {row["party"] for row in find("+385 1 4567 777")}
	log_in("recorder@example.com", "Interaction User")
	assert not [row for row in find("+385 1 4567 777") if row["party"]]


def test_earlier_calls_from_an_unknown_number_propose_their_partner():
	quiet = record("Partner", partner_name="Silent Works")
	interaction(quiet, how_to_reach="+385 1 4000 111")
	(row,) = find("00385 1 4000111")
	assert (row["contact"], row["party"], row["exact"]) == (None, quiet.name, False)
	assert not find("+385 1 4000 112")


@pytest.mark.parametrize("text", ["+385 1 4567 890", "67890", "office@adriatic.example"])
def test_a_look_up_is_one_query(shop, monkeypatch, text):
	sent, send = [], frappe.db.sql
	key_index.find_by_end("+385 1 4567 000")  # metadata is in the cache from now on
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **given: sent.append(args[0]) or send(*args, **given))
	found = key_index.find_by_addresses([text]) if "@" in text else key_index.find_by_end(text)
	assert [row.record for row in found] == [shop.name] and len(sent) == 1
