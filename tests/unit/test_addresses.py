"""Addresses are read from text as mail programs write them."""

import pytest

from crm_interactions.controllers.addresses import read_addresses

JANE, JOE = "jane.roe@example.com", "joe@example.com"


@pytest.mark.parametrize(
	"text",
	[
		*(JANE, f" {JANE}\n", f"{JANE};", f"{JANE},", f"{JANE}.", f"<{JANE}>", f"'{JANE}'", f"[{JANE}]"),
		*(f"Jane Roe <{JANE}>", f"Jane Roe <{JANE}>;", f"Jane Roe < {JANE} >", f"Jane Roe<{JANE}>, "),
		*(f'"Roe, Jane" <{JANE}>', f"Roe, Jane <{JANE}>", f"'{JANE}' <{JANE}>", f'"{JOE}" <{JANE}>'),
		*(f"{JANE} (Jane Roe)", f"Jane (at {JOE}) <{JANE}>", f"Jane@Home <{JANE}>"),
		*(f"mailto:{JANE}", f"mailto:{JANE}?subject=Offer", f"[mailto:{JANE}]", f"E-mail: {JANE}"),
		f"{JANE}; {JANE.upper()}",
	],
)
def test_the_address_is_read(text):
	assert read_addresses(text) == [JANE]


@pytest.mark.parametrize(
	"text",
	[
		*(f"{JANE}, {JOE}", f"{JANE};{JOE};", f"{JANE}\n{JOE}", f"{JANE} {JOE}"),
		*(f"Jane Roe <{JANE}>; Joe <{JOE}>", f'{JANE}, "Doe, Joe" <{JOE}>', f"To: Roe, Jane <{JANE}>; {JOE}"),
	],
)
def test_each_address_is_read_in_order(text):
	assert read_addresses(text) == [JANE, JOE]


@pytest.mark.parametrize(
	"text", [None, "", "  ", ";", "Jane Roe", "@", "jane@", "@jane", "+385 91 555 0107", "<>", "a@" * 500_000]
)
def test_other_text_has_no_address(text):
	assert read_addresses(text) == []


@pytest.mark.parametrize(
	"address", ["Ana+shop@Example.com", "o'brien@example.ie", "žana@primjer.hr", "ana@intranet"]
)
def test_an_address_is_kept_as_typed(address):
	assert read_addresses(address) == [address]
