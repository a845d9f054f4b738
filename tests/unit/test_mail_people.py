"""Sender and recipients are read from header fields as mail programs write them."""

from email import message_from_bytes, message_from_string, policy

import pytest

from crm_interactions.capture.people import LONGEST, Person, decode_text, people, without_tag

ANA, JOE = "ana@example.com", "joe@example.org"


def read(text: str, rules=policy.compat32) -> list[tuple[str, str, str]]:
	"""Return the people of a mail with these header lines."""
	return [
		(one.name, one.address, one.field) for one in people(message_from_string(f"{text}\n\n", policy=rules))
	]


@pytest.mark.parametrize(
	("value", "name"),
	[
		*((ANA, ""), (f"<{ANA}>", ""), (f"Ana Horvat <{ANA}>", "Ana Horvat"), ("<ANA@Example.com>", "")),
		*((f'"Horvat, Ana" <{ANA}>', "Horvat, Ana"), (f"Horvat, Ana <{ANA}>", "Horvat, Ana")),
		*((f"'Ana Horvat' <{ANA}>", "Ana Horvat"), (f"{ANA} (Ana Horvat)", "Ana Horvat")),
		*(
			(f"{ANA} <{ANA}>", ""),
			(f'"{ANA}" <{ANA}>', ""),
			(f'"Ana \\"Nana\\" Horvat" <{ANA}>', "Ana 'Nana' Horvat"),
		),
		(f"mailto:{ANA}", ""),
		(f"=?utf-8?Q?Ana_=C5=BDeljka?= <{ANA}>", "Ana Željka"),
		(f"=?windows-1250?B?jmVsamth?= <{ANA}>", "Željka"),
		(f"=?iso-8859-2?Q?=AEeljka?= <{ANA}>", "Željka"),
		(f"=?koi8-r?B?4c7OwQ==?= <{ANA}>", "Анна"),
		(f"=?windows-1251?B?wO3t4A==?= <{ANA}>", "Анна"),
		# two encoded words are one name (RFC 2047, 6.2), and an encoded comma doesn't end it
		(f"=?utf-8?Q?Ana?=\n =?utf-8?Q?_Horvat=2C_d=2Eo=2Eo=2E?= <{ANA}>", "Ana Horvat, d.o.o."),
		# against RFC 2047, but common
		(f'"=?utf-8?Q?Ana_=C5=BDeljka?=" <{ANA}>', "Ana Željka"),
		("=?utf-8?Q?Ana_=3Cana=40example=2Ecom=3E?=", "Ana"),
		(f"=?no-such-charset?Q?Ana?= <{ANA}>", "Ana"),
	],
)
def test_name_and_address_are_read(value, name):
	assert read(f"From: {value}") == [(name, ANA, "From")]


@pytest.mark.parametrize("separator", [", ", ",", "; ", ";", ",\n ", ", , "])
def test_lists_are_split(separator):
	assert read(f"To: Ana <{ANA}>{separator}{JOE}") == [("Ana", ANA, "To"), ("", JOE, "To")]


def test_each_address_comes_once_in_the_order_of_the_fields():
	text = f"Cc: {JOE}, Eve <eve@example.net>\nReply-To: {ANA}, team@example.com\nTo: Joe <{JOE.upper()}>\nFrom: {ANA}"
	assert read(text) == [
		("", ANA, "From"),
		("Joe", JOE, "To"),
		("Eve", "eve@example.net", "Cc"),
		("", "team@example.com", "Reply-To"),
	]


def test_repeated_fields_are_read():
	assert [one[1] for one in read(f"To: {ANA}\nTo: {JOE}")] == [ANA, JOE]


def test_groups_are_read():
	assert read(f"To: Sales: Ana <{ANA}>, {JOE};") == [("Sales: Ana", ANA, "To"), ("", JOE, "To")]


@pytest.mark.parametrize("rules", [policy.compat32, policy.default, policy.SMTP])
@pytest.mark.parametrize(
	"value",
	[
		*(
			"",
			"undisclosed-recipients:;",
			"Ana",
			"@",
			"<>",
			"<@>",
			"ana@",
			",;,",
			'"',
			"(",
			"=?utf-8?B?!!!?=",
			"=?x?Q?",
		),
		*('"' * 10_001, "<" * 10_000, "(" * 10_000, '\\"' * 10_000, "=?" * 10_000, "a," * LONGEST),
	],
	ids=lambda value: str(value)[:12],
)
def test_broken_fields_have_no_people(value, rules):
	assert read(f"From: {value}", rules) == []


def test_bytes_without_an_encoding_are_read():
	mail = message_from_bytes(b"From: \xc5\xbdeljka <ana@example.com>\nTo: \x8eeljka <joe@example.org>\n\n")
	assert people(mail) == [Person("Željka", ANA, "From"), Person("\ufffdeljka", JOE, "To")]


@pytest.mark.parametrize(
	("address", "bare"),
	[
		*(("ana+shop@example.com", ANA), (ANA, ANA), ("ana+a+b@example.com", ANA)),
		*(("+385915550107@example.net", "+385915550107@example.net"), ("ana+shop", "ana+shop"), ("", "")),
	],
)
def test_tags_are_removed(address, bare):
	assert without_tag(address) == bare


def test_subjects_are_decoded():
	assert decode_text("Re: =?iso-8859-2?Q?Ponuda_=BE?=\n =?utf-8?Q?ena?=") == "Re: Ponuda žena"
