"""Log Call finds contacts and partners by a number, an address or a part of a name, as far as the user may read them (R3)."""

import frappe
import pytest

from crm_interactions.api.call import find_people
from tests.site.factories import contact, log_in, partner, user

pytestmark = pytest.mark.records_only


@pytest.fixture
def known():
	of = partner("Zrcalo Ltd")
	return of, contact(of, "Nives", "Zorić", phone="+385 1 555 0456", email="nives@zrcalo.example")


@pytest.mark.parametrize("text", ["+385 1 555 0456", "NIVES@zrcalo.example", "Nives", "zori"])
def test_a_contact_is_found_with_its_partner(known, text):
	of, person = known
	found = [row for row in find_people(text) if row["contact"] == person.name]
	assert [(row["party_type"], row["party"], row["party_name"]) for row in found] == [
		(of.doctype, of.name, "Zrcalo Ltd")
	]
	assert found[0]["exact"] == (text[0] in "+N" and text != "Nives")


def test_a_partner_is_found_by_its_name_and_once(known):
	of, _person = known
	found = [row for row in find_people("zrcalo l") if row["party"] == of.name]
	assert [row["contact"] for row in found] == [None]


def test_no_text_finds_nobody(known):
	assert find_people("  ") == []


def test_a_user_finds_only_readable_ones(known):
	of, person = known
	other = contact(of, "Nives", "Hidden")
	reader = user("finds.people@example.com", "Interaction User", "Sales User").name
	permission = {"user": reader, "allow": "Contact", "for_value": person.name, "apply_to_all_doctypes": 0}
	frappe.get_doc({"doctype": "User Permission", **permission, "applicable_for": "Contact"}).insert()
	log_in(reader)
	found = {row["contact"] for row in find_people("Nives")}
	assert person.name in found
	assert other.name not in found


def test_it_takes_the_right_to_read_interactions():
	log_in("reads.nothing@example.com")
	with pytest.raises(frappe.PermissionError):
		find_people("Nives")
