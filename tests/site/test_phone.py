"""Phone numbers are stored as typed and matched in E.164, addresses in lower case."""

from contextlib import suppress

import frappe
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from crm_interactions.api.party import find
from crm_interactions.parties import countries
from tests.site.checks import stored
from tests.site.factories import change_record, contact, interaction, meeting, partner, record, user

pytestmark = pytest.mark.records_only
BETWEEN = st.text(alphabet=" -./()", max_size=2)


@pytest.fixture
def country():
	"""Return a function that sets the site's country, on a site without addresses."""

	def change(name: str):
		frappe.db.set_single_value("System Settings", "country", name)
		frappe.clear_document_cache("System Settings", "System Settings")

	frappe.cache.set_value(countries.KEY, [])
	yield change
	frappe.cache.delete_value(countries.KEY)


def found(text: str) -> list[str]:
	return [row["contact"] for row in find(text)]


def address(of, country: str):
	"""Return a new address of a partner, or without a partner if `of` is None."""
	values = {
		"address_title": country,
		"address_type": "Office",
		"address_line1": "1",
		"city": "1",
		"country": country,
	}
	links = [{"link_doctype": of.doctype, "link_name": of.name}] if of else []
	return record("Address", **values, links=links)


@pytest.mark.parametrize(
	"home, typed, key",
	[
		("Russian Federation", "(495) 6329816", "+74956329816"),
		*(("Croatia", "01/4567-890", "+38514567890"), ("Croatia", "+49 30 901820", "+4930901820")),
		("Poland", "22 123 45 67 ext. 12", "+48221234567"),
		*(("Slovenia", "Ana@Example.com", "ana@example.com"), ("Croatia", "at the fair", None)),
		*(("Croatia", "Ana@Example.com;", "ana@example.com"), ("Germany", "4917112345678", "+4917112345678")),
	],
)
def test_a_number_is_stored_as_typed_with_a_contact_key(country, home, typed, key):
	country(home)
	assert stored(interaction(how_to_reach=typed), ["how_to_reach", "contact_key"]) == (typed, key)


def test_a_national_number_without_a_country_has_no_contact_key(country):
	country("")
	assert interaction(how_to_reach="(495) 6329816").contact_key is None


@pytest.mark.parametrize(
	"asked", ["+385 1 4567 890", "00385 1 4567890", "01 4567-890", "014567890", "01/45.67.890"]
)
@pytest.mark.parametrize("kept", ["+385 1 4567 890", "01 4567-890", "(01) 45.67.890", "+385 1 4567 890 #12"])
def test_a_caller_is_found_by_any_notation_of_the_number(country, asked, kept):
	country("Croatia")
	ana = contact(partner(), phone=kept)
	contact(partner("Baltic Supplies"), first_name="Jonas", phone="+385 1 4567 891")
	assert found(asked) == [ana.name]


@budget(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(BETWEEN, min_size=8, max_size=8))
def test_punctuation_does_not_matter(country, caller, gaps):
	typed = "".join(digit + gap for digit, gap in zip("14567890", gaps, strict=True))
	assert found(f"+385 {typed}") == [caller]


@pytest.fixture
def caller(country):
	country("Croatia")
	return contact(partner(), phone="+385 1 4567 890").name


def test_the_answer_names_contact_and_partner(shop):
	contact(shop, phone="+385 1 4567 890")
	(row,) = find("+385 1 4567 890")
	assert (row["full_name"], row["party_name"]) == ("Ana Horvat", "Adriatic Trade")
	assert (row["party_type"], row["party"]) == (shop.doctype, shop.name)


def test_contact_without_partner_is_found_too():
	contact(None, phone="+385 1 4567 890")
	(row,) = find("+385 1 4567 890")
	assert (row["full_name"], row["party"]) == ("Ana Horvat", None)


@pytest.mark.parametrize("asked", ["091 555 0107", "+385 91 555 0107", "385915550107", "00385915550107"])
@pytest.mark.parametrize("kept", ["091 555 0107", "+385 91 555 0107", "385915550107"])
def test_a_number_of_the_partners_country_is_known(country, shop, asked, kept):
	country("Germany")
	address(shop, "Croatia")
	ana = contact(shop, phone=kept)
	assert interaction(shop, how_to_reach=asked).contact_key == "+385915550107"
	assert [(row["contact"], row["exact"]) for row in find(asked)] == [(ana.name, True)]


def test_the_country_of_the_contacts_own_address_counts(country):
	country("Germany")
	ana = contact(None, phone="091 555 0107", address=address(None, "Croatia").name)
	assert [(row["contact"], row["exact"]) for row in find("+385915550107")] == [(ana.name, True)]


def test_a_national_number_of_another_country_is_a_candidate_only(country):
	country("Germany")
	ana = contact(partner(), phone="+385 91 555 0107")
	assert [(row["contact"], row["exact"]) for row in find("091 555 0107")] == [(ana.name, False)]


def test_a_number_of_a_country_in_use_has_a_contact_key(country):
	country("Poland")
	assert interaction(how_to_reach="091 555 0107").contact_key != "+385915550107"
	address(None, "Croatia")
	frappe.cache.delete_value(countries.KEY)
	assert interaction(how_to_reach="091 555 0107").contact_key == "+385915550107"


@pytest.mark.parametrize("asked", ["67890", "567 890", "4567890", "0 4567-890"])
def test_trailing_digits_find_candidates(country, asked):
	country("Croatia")
	ana = contact(partner(), phone="+385 1 4567 890")
	contact(partner("Baltic Supplies"), first_name="Jonas", phone="+385 1 4567 891")
	assert [(row["contact"], row["exact"]) for row in find(asked)] == [(ana.name, False)]


def test_a_whole_number_hides_candidates(country):
	country("Croatia")
	contact(partner(), phone="+49 1 4567 890")
	jonas = contact(partner("Baltic Supplies"), first_name="Jonas", phone="01 4567 890")
	assert [(row["contact"], row["exact"]) for row in find("01 4567 890")] == [(jonas.name, True)]


MAIL = "jane.roe@example.com"
WRITTEN = [
	MAIL,
	f"{MAIL};",
	f"Jane Roe <{MAIL}>",
	f'"Roe, Jane" <{MAIL.upper()}>;',
	f"mailto:{MAIL}",
	f"x@example.com, {MAIL}",
]


@pytest.mark.parametrize("make", [interaction, meeting])
def test_an_address_with_a_name_is_stored_without_brackets(make):
	doc = make(how_to_reach=f"Jane Roe <{MAIL}>; +385 1 4567 890")
	for _save in range(2):
		assert stored(doc, ["how_to_reach", "contact_key"]) == (f"Jane Roe {MAIL}; +385 1 4567 890", MAIL)
		change_record(doc.reload(), title="Another topic")


@pytest.mark.parametrize("asked", WRITTEN)
@pytest.mark.parametrize("kept", [MAIL, f"Jane Roe <{MAIL}>"])
def test_an_address_is_found_as_mail_programs_write_it(asked, kept):
	jane = contact(partner(), email=MAIL)
	frappe.db.set_value("Contact Email", jane.email_ids[0].name, "email_id", kept)
	contact(partner("Baltic Supplies"), first_name="Jonas", email=f"e{MAIL}")
	assert [(row["contact"], row["exact"]) for row in find(asked)] == [(jane.name, True)]


@pytest.mark.parametrize("written", WRITTEN[:-1])
def test_each_email_field_keeps_the_address_only(written):
	"""Walk all e-mail fields of the app's document types and rows."""
	types = frappe.get_all("DocType", {"module": "CRM Interactions"}, pluck="name")
	fields = {
		(name, df.fieldname) for name in types for df in frappe.get_meta(name).fields if df.options == "Email"
	}
	assert fields == {("Partner", "email"), ("Interaction Participant", "email")}
	shop = record("Partner", partner_name="Mail Trade", email=written)
	doc = interaction(participants=[{"full_name": "Jane Roe", "email": written}])
	change_record(shop, email=written)
	assert {stored(shop, "email").lower(), stored(doc.participants[0], "email").lower()} == {MAIL}


@pytest.mark.parametrize("asked", ["ana@example.com", " ANA@EXAMPLE.COM "])
@pytest.mark.parametrize("kept", ["ana@example.com", "Ana@Example.com"])
def test_an_address_is_found_in_upper_or_lower_case(asked, kept):
	ana = contact(partner(), email=kept)
	contact(partner("Baltic Supplies"), first_name="Jonas", email="hanna@example.com")
	assert found(asked) == [ana.name]


def test_wildcards_in_an_address_are_taken_literally():
	contact(partner(), email="ana@example.com")
	assert found("%@example.com") == []
	assert found("a_a@example.com") == []


@pytest.mark.parametrize("asked", ["", "   ", "12", "at the fair", "+385 1 4567 899"])
def test_no_contact_is_found_for_unknown_or_invalid_text(country, asked):
	country("Croatia")
	contact(partner(), phone="+385 1 4567 890")
	assert found(asked) == []


def test_at_most_five_contacts_are_found(shop):
	for n in range(7):
		contact(shop, f"Ana {n}", phone="+385 1 4567 890")
	assert len(found("+385 1 4567 890")) == 5


def test_unreadable_contacts_are_not_found(as_user):
	contact(partner(), phone="+385 1 4567 890")
	user("stranger@example.com")
	for name in ("stranger@example.com", "Guest"):
		as_user(name)
		with suppress(frappe.PermissionError):
			assert found("+385 1 4567 890") == [], name
