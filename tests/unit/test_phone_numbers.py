"""Phone numbers and addresses are compared by their contact keys."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_interactions.parties.phone_match import (
	contact_key,
	have_same_end,
	lookup_digits,
	readings,
	same_number,
	split_numbers,
	to_e164,
)

# the same examples in every run
steady = settings(derandomize=True, deadline=None, max_examples=40)

REGIONS = ["RU", "HR", "SI", "PL", "DE", "US", "GB", None]


@pytest.mark.parametrize(
	("typed", "region", "expected"),
	[
		# several notations of the worked example's number
		("(495) 6329816", "RU", "+74956329816"),
		("8 (495) 632-98-16", "RU", "+74956329816"),
		("810 7 495 6329816", "RU", "+74956329816"),
		("+7 495 632-98-16", "HR", "+74956329816"),
		("tel:+74956329816", None, "+74956329816"),
		# with no-break space and hyphens, as copied from a web page
		(" +7\u00a0495\u2011632\u201198\u201116 ", None, "+74956329816"),
		# national and international numbers of the other sources' countries
		("01 2345 678", "HR", "+38512345678"),
		("00385 1 2345 678", "HR", "+38512345678"),
		("+385 91 234 5678", None, "+385912345678"),
		("01 234 56 78", "SI", "+38612345678"),
		("041 234 567", "SI", "+38641234567"),
		("22 123 45 67", "PL", "+48221234567"),
		("+48 (22) 123-45-67", "DE", "+48221234567"),
		# lower-case region, as in Frappe's countries
		("22 123 45 67", "pl", "+48221234567"),
		# letters on the keys
		("1-800-FLOWERS", "US", "+18003569377"),
	],
)
def test_a_number_is_converted_to_e164(typed, region, expected):
	assert to_e164(typed, region) == expected


EXTENDED = ["+7 495 632-98-16 ext. 12", "+7(495)6329816;ext=5", "+7 495 632-98-16 доб. 12"]


@pytest.mark.parametrize("typed", EXTENDED)
def test_an_extension_is_left_out(typed):
	assert to_e164(typed) == "+74956329816"


@pytest.mark.parametrize("typed", [None, "", "   ", "+", "+7", "call me", "reception", "12", "1" * 40])
@pytest.mark.parametrize("region", ["RU", "PL", None])
def test_an_invalid_number_has_no_e164_form(typed, region):
	assert to_e164(typed, region) is None


@pytest.mark.parametrize(
	("typed", "region"),
	[
		# emergency and service codes, which reach a different line in each country
		*(("112", "RU"), ("112", "HR"), ("112", "PL"), ("992", "PL")),
		("22 123 45 67 / 22 765 43 21", "PL"),
		# a national number without a known country
		*(("(495) 6329816", None), ("(495) 6329816", ""), ("(495) 6329816", "XX")),
		# an unknown country code
		("+999 123456789", None),
	],
)
def test_an_ambiguous_number_has_no_e164_form(typed, region):
	assert to_e164(typed, region) is None


@pytest.mark.parametrize(
	("typed", "expected"),
	[
		("Ana@Example.COM", "ana@example.com"),
		("\tana@example.com\n", "ana@example.com"),
		("(495) 6329816", "+74956329816"),
		*(("Ana <ana@example.com>", "ana@example.com"), ("Ana <Ana@example.com>;", "ana@example.com")),
		*(("@ana", "@ana"), ("@ home", None), ("", None), (None, None)),
	],
)
def test_the_contact_key_is_e164_or_a_lower_case_address(typed, expected):
	assert contact_key(typed, "RU") == expected


@pytest.mark.parametrize(
	("one", "other", "same"),
	[
		("(495) 6329816", "+7 495 632 98 16", True),
		("+7 495 632 98 16 ext. 1", "+7 495 632 98 16 ext. 2", True),
		("(495) 6329816", "(495) 6329817", False),
		# the same national digits in another country
		("(495) 6329816", "+1 495 632 9816", False),
		# texts that are no numbers
		*(("unknown", "unknown", False), (None, None, False)),
	],
)
def test_numbers_are_compared_by_their_e164_form(one, other, same):
	assert same_number(one, other, "RU") is same_number(other, one, "RU") is same


@pytest.mark.parametrize(
	("typed", "regions", "expected"),
	[
		# without plus, as a telephone exchange writes it
		*(("4917112345678", ["DE"], "+4917112345678"), ("49 171 12345678", ["DE"], "+4917112345678")),
		*(("385915550107", ["DE", "HR"], "+385915550107"), ("385915550107", ["HR"], "+385915550107")),
		*(("491711234567", ["HR"], "+491711234567"), ("491711234567", [], "+491711234567")),
		*(("00491711234567", ["US"], "+491711234567"), ("00 49 171 1234567", [], "+491711234567")),
		# national numbers that are valid with a plus, too
		*(("4155550100", ["US", "CH"], "+14155550100"), ("4956329816", ["RU", "DE"], "+74956329816")),
		("0385 915550107", ["DE", "HR"], "+49385915550107"),
		# national numbers of several countries
		*(("091 555 0107", ["HR", "DE"], "+385915550107"), ("091 555 0107", ["DE", "HR"], "+49915550107")),
		*(("022 123 45 67", ["PL", "CH"], "+41221234567"), ("(495) 632-98-16", ["HR", "RU"], "+74956329816")),
	],
)
def test_the_most_probable_country_is_chosen(typed, regions, expected):
	assert to_e164(typed, *regions) == expected


@pytest.mark.parametrize(
	("one", "other", "alike"),
	[
		*(
			("4567890", "+385 1 4567 890", True),
			("67 890", "01/4567-890", True),
			("67891", "01/4567-890", False),
		),
		*(("7890", "+385 1 4567 890", False), ("+385 1 4567 890", "4567890", True), ("", "4567890", False)),
		*(("567890", "+385 1 4567 890 #12", True), ("091 555 0107", "+385 91 555 0107", True)),
		("01 4567 890", "+49 1 4567 891", False),
		*(("001 234", "+385 98 7001 234", True), ("01234", "+385 98 7001 234", False)),
	],
)
@pytest.mark.parametrize("regions", [["HR"], ["DE", "HR"], []])
def test_five_trailing_digits_suffice_for_a_candidate(one, other, alike, regions):
	assert have_same_end(one, other, *regions) is have_same_end(other, one, *regions) is alike


DIGITS = st.text("0123456789+-() .ext;/", max_size=60)
ANY_TEXT = st.text(st.characters(codec="latin-1"), max_size=60) | DIGITS


@steady
@given(ANY_TEXT, st.sampled_from(REGIONS))
def test_any_text_has_a_valid_e164_form_or_none(typed, region):
	number, key = to_e164(typed, region), contact_key(typed, region)
	assert number is None or (number[0] == "+" and number[1:].isdigit() and len(number) <= 18)
	assert key is None or key == contact_key(f" {typed} ", region)


@steady
@given(st.sampled_from([code for code in REGIONS if code]), st.data())
def test_punctuation_makes_no_difference(region, data):
	national = str(phonenumbers.example_number(region).national_number)
	spaced = "".join(digit + data.draw(st.sampled_from(["", " ", "-", "."])) for digit in national)
	typed = f"+{phonenumbers.country_code_for_region(region)} {spaced}"
	assert to_e164(typed) == to_e164(national, region)


@steady
@given(st.text("0123456789", min_size=6, max_size=12), st.sampled_from(REGIONS))
def test_an_e164_form_is_the_same_in_every_region(digits, region):
	number = to_e164(digits, region)
	if number:
		assert {to_e164(number, other) for other in REGIONS} == {number}
		assert same_number(number, digits, region)


@pytest.mark.parametrize(
	("number", "regions", "digits"),
	[
		*(("+385 1 4567 890", [], "38514567890"), ("00385 (0)1 4567 890", [], "38514567890")),
		*(("+49 (0)171 12345678", [], "4917112345678"), ("0171/1234-5678", ["DE"], "17112345678")),
		*(("8 (495) 632-98-16", ["RU"], "4956329816"), ("8 (495) 632-98-16", [], "84956329816")),
		*(("1 212 555 0100", ["US"], "2125550100"), ("22 123 45 67 ext. 12", ["PL"], "221234567")),
		*(("4917112345678", ["DE"], "4917112345678"), ("67890", ["HR"], "67890")),
		*(("112", ["HR"], ""), ("at the fair", ["HR"], ""), (None, [], "")),
	],
)
def test_the_digits_of_a_look_up_end_every_notation(number, regions, digits):
	assert lookup_digits(number, *regions) == digits
	assert not digits or all(form.endswith(digits) for form in readings(number, *regions)[:1])


@pytest.mark.parametrize(
	("text", "numbers"),
	[
		("+385 1 4567 890; 098 7001 234", ["+385 1 4567 890", "098 7001 234"]),
		*(("01 4567 890, 01 4567 891", ["01 4567 890", "01 4567 891"]), ("01/4567-890", ["01/4567-890"])),
		("+385 1 4567 890 / 098 7001 234", ["+385 1 4567 890", "098 7001 234"]),
		*(("+385 1 4567 890\n", ["+385 1 4567 890"]), ("", []), (None, [])),
	],
)
def test_several_numbers_in_one_field_are_read(text, numbers):
	assert split_numbers(text) == numbers
