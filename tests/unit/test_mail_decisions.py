"""The decisions about mail give the results of the table for each of its mails (tests/data/mail)."""

from email import message_from_bytes
from email.message import Message

import pytest

from crm_interactions.capture import refusals
from crm_interactions.capture.bodies import calendar_of, text_of, unflow
from crm_interactions.capture.calendar_answer import read_answer
from crm_interactions.capture.new_part import new_part
from crm_interactions.capture.people import people
from crm_interactions.capture.subjects import subject_of
from tests.data import mail

MAILS = mail.table()["mails"]
# reasons that are in the header; the others need the site's records
OUR_LOOP = ["sales@pumps.example"]
IN_HEADER = {refusals.AUTOMATIC, refusals.BOUNCE, refusals.LIST, refusals.LOOP}


def selected(**wanted):
	"""Parametrize by the mails that have these keys."""
	chosen = [entry for entry in MAILS if all((key in entry) is has for key, has in wanted.items())]
	return pytest.mark.parametrize("entry", chosen, ids=lambda entry: entry["file"])


def parse(entry: dict) -> Message:
	return message_from_bytes(mail.read(entry["file"]))


def lines(text: str) -> list[str]:
	return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@selected()
def test_the_reason_is_that_of_the_header(entry):
	if entry.get("reason") == "answer to invitation":
		return  # read before the reason
	found = refusals.reason(parse(entry), own_ids=OUR_LOOP)
	expected = entry.get("reason")
	assert found == (expected if expected in IN_HEADER else None) or (expected == "own" and found)


@selected(new_text=True)
def test_the_new_part_is_without_quotes_and_signature(entry):
	text = text_of(parse(entry))
	assert lines(new_part(text, subject=entry["subject"])) == lines(entry["new_text"])


@selected(subject=True)
def test_the_subject_is_decoded(entry):
	assert subject_of(parse(entry)) == " ".join(entry["subject"].split())


@selected(participants=True)
def test_people_are_those_of_the_table(entry):
	found = [person.address for person in people(parse(entry)) if person.field != "Reply-To"]
	assert found == [address for address, _side, _link in entry["participants"]]


@selected(partstat=True)
def test_answers_are_those_of_the_table(entry):
	attendee, partstat, uid = entry["partstat"]
	answer = read_answer(calendar_of(parse(entry)), sender=entry["from"])
	assert (answer.attendee, answer.partstat, answer.uid) == (attendee, partstat, uid)
	assert answer.comment == entry.get("comment", "")


@pytest.mark.parametrize(
	("text", "joined"),
	[
		("a \nb\nc", "a b\nc"),
		("a\n\n b", "a\n\nb"),
		(">> a \n>> b\n> c", ">> a b\n> c"),
		("> a \nb", "> a \nb"),
		("a \n-- \nAna", "a \n-- \nAna"),
		("", ""),
	],
)
def test_flowed_lines_are_joined_within_a_depth_of_quotation(text, joined):
	assert unflow(text) == joined


def test_deleted_spaces_are_not_kept():
	assert unflow("a \nb", delete_space=True) == "ab"
