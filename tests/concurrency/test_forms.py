"""A form opened before a propagation cannot write the old subject back."""

import frappe
import pytest

from tests.concurrency.crew import desk_save, link, put, set_subject
from tests.concurrency.scenery import chain_of, fresh, long_chain


@pytest.fixture
def opened(crew, subjects):
	"""Return a form opened before another user changed the chain's subject, and the new subject."""
	chain, members = long_chain(3)
	assert crew[1].do(set_subject(chain, subjects[0])).ok
	fresh()
	form = frappe.get_doc(*members[1]).as_dict(convert_dates_to_str=True)
	assert form["subject"] == subjects[0][1]
	assert crew[1].do(set_subject(chain, subjects[1])).ok
	fresh()
	return form, subjects[1]


def test_a_form_opened_before_a_propagation_cannot_be_saved(crew, opened, outcomes):
	form, subject = opened
	answer = crew[0].do(desk_save({**form, "notes": "Late"}))
	outcomes[answer.outcome] += 1
	assert answer.error == "TimestampMismatchError"
	_check(form, subject)


def test_a_stale_subject_is_not_written_back_with_a_fresh_timestamp(crew, opened, outcomes):
	"""A client sends all old fields with the current `modified`."""
	form, subject = opened
	forged = {**form, "modified": str(frappe.db.get_value("Interaction", form["name"], "modified"))}
	for request in (desk_save(forged), put(("Interaction", form["name"]), **forged)):
		answer = crew[0].do(request)
		outcomes[answer.outcome] += 1
		answer.require()
		fresh()
		_check(form, subject)


def test_a_single_field_can_be_saved_after_a_propagation(crew, opened):
	form, subject = opened
	assert crew[0].do(put(("Interaction", form["name"]), notes="Only this")).ok
	_check(form, subject)


def test_a_stale_chain_is_not_written_back_after_a_join(crew, opened, outcomes):
	"""A client sends the number of the merged chain with the current `modified`."""
	form, _ = opened
	chain, members = long_chain(2)
	answer = crew[1].do(link(("Interaction", form["name"]), members[0]))
	assert answer.ok, answer.messages
	fresh()
	stays = chain_of(members[0])
	stale = {**form, "chain": chain if stays != chain else form["chain"]}
	stale["modified"] = str(frappe.db.get_value("Interaction", form["name"], "modified"))
	saved = crew[0].do(desk_save(stale))
	outcomes[saved.outcome] += 1
	saved.require()
	fresh()
	assert frappe.db.get_value("Interaction", form["name"], "chain") == stays


def _check(form: dict, subject) -> None:
	fresh()
	assert frappe.db.get_value("Interaction", form["name"], ["subject_type", "subject"]) == subject
