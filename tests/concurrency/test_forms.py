"""A form opened before a propagation cannot write the old subject back."""

import frappe
import pytest

from tests.concurrency.crew import desk_save, link, put, record, set_subject
from tests.concurrency.scenery import chain_of, form, fresh, long_chain


@pytest.fixture
def opened(crew, subjects):
	"""Return a form opened before another user changed the chain's subject, and the new subject."""
	chain, members = long_chain(3)
	assert crew[1].do(set_subject(chain, subjects[0])).ok
	fresh()
	old = form(members[1])
	assert old["subject"] == subjects[0][1]
	assert crew[1].do(set_subject(chain, subjects[1])).ok
	fresh()
	return old, subjects[1]


def test_a_form_opened_before_a_propagation_cannot_be_saved(crew, opened, outcomes):
	old, subject = opened
	answer = crew[0].do(desk_save({**old, "notes": "Late"}))
	outcomes[answer.outcome] += 1
	assert answer.error == "TimestampMismatchError"
	_check(old, subject)


def test_a_stale_subject_is_not_written_back_with_a_fresh_timestamp(crew, opened, outcomes):
	"""A client sends all old fields with the current `modified`."""
	old, subject = opened
	forged = {**old, "modified": _modified(old)}
	for request in (desk_save(forged), put(("Interaction", old["name"]), **forged)):
		record([crew[0].do(request)], outcomes)
		_check(old, subject)


def test_a_single_field_can_be_saved_after_a_propagation(crew, opened):
	old, subject = opened
	assert crew[0].do(put(("Interaction", old["name"]), notes="Only this")).ok
	_check(old, subject)


def test_a_stale_chain_is_not_written_back_after_a_join(crew, opened, outcomes):
	"""A client sends the number of the merged chain with the current `modified`."""
	old, _ = opened
	chain, members = long_chain(2)
	answer = crew[1].do(link(("Interaction", old["name"]), members[0]))
	assert answer.ok, answer.messages
	fresh()
	stays = chain_of(members[0])
	stale = {**old, "chain": chain if stays != chain else old["chain"], "modified": _modified(old)}
	record([crew[0].do(desk_save(stale))], outcomes)
	fresh()
	assert frappe.db.get_value("Interaction", old["name"], "chain") == stays


def _modified(old: dict) -> str:
	return str(frappe.db.get_value("Interaction", old["name"], "modified"))


def _check(old: dict, subject) -> None:
	fresh()
	assert frappe.db.get_value("Interaction", old["name"], ["subject_type", "subject"]) == subject
