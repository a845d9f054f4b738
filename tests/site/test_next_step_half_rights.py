"""Finishing and planning with rights to half of a chain: the other half isn't told of and isn't changed (B3, R22)."""

import frappe
import pytest
from chain_checks import assert_consistent, chain_of
from factories import interaction
from half_chain import RECORDER, key, refused, tells_nothing

from crm_interactions.api import activity as api
from crm_interactions.followups import finishing
from crm_interactions.journal import registry

SOON = {"next_in": 2, "next_unit": "Days"}
HIDDEN_TYPE = {"next_type": "E-mail", **SOON}


@pytest.fixture(autouse=True)
def forgotten():
	yield
	registry.clear_cache()


def state(*docs) -> list:
	fields = ["name", "status", "completed", "starts_on", "modified", "chain", "next_activity"]
	return [frappe.db.get_value(doc.doctype, doc.name, fields, as_dict=True) for doc in docs]


@pytest.fixture
def untouched(half):
	"""What may not be read is, at the end, as it was."""
	before = state(half.mail, half.visit)
	yield
	frappe.set_user("Administrator")
	assert state(half.mail, half.visit) == before
	assert_consistent()


pytestmark = pytest.mark.usefixtures("untouched")


@pytest.mark.parametrize("which", ["mail", "visit"])
def test_what_may_not_be_read_is_neither_finished_nor_planned_on_nor_turned(half, as_user, which):
	hidden = key(getattr(half, which))
	as_user(RECORDER)
	refused(api.complete, *hidden)
	refused(api.complete, *hidden, None, finishing.PLAN, SOON)
	refused(api.plan_next, *hidden, SOON)
	refused(api.convert, *hidden, "Phone Call")
	refused(api.proposal, *hidden)
	refused(api.reopen, *hidden)


def test_of_many_those_are_finished_that_may_be(half, as_user):
	as_user(RECORDER)
	answer = api.complete_many("Interaction", [half.mail.name, half.call.name, "INT-0000-00000"])
	assert answer["done"] == [half.call.name]
	assert [told["activity"] for told in answer["refused"]] == [half.mail.name, "INT-0000-00000"]
	for told in answer["refused"]:
		told.pop("activity")
		assert told["reason"]
	assert "secret" not in str(answer).lower()


def test_a_chain_with_a_plan_that_may_not_be_cancelled_is_not_closed_in_passing(half, as_user):
	before = state(half.call)
	as_user(RECORDER)
	refused(api.complete, *key(half.call), None, finishing.CLOSE, None, None, "Enough")
	as_user("Administrator")
	assert state(half.call) == before
	assert frappe.db.get_value("Interaction Chain", half.chain, "status") == "Open"


def test_the_next_step_is_of_a_kind_that_may_be_seen(half, as_user):
	count = frappe.db.count("Interaction")
	as_user(RECORDER)
	refused(api.plan_next, *key(half.call), HIDDEN_TYPE)
	as_user("Administrator")
	assert frappe.db.count("Interaction") == count
	as_user(RECORDER)
	answer = api.plan_next(*key(half.call), {"next_type": "Phone Call", **SOON})
	tells_nothing(half, answer)
	as_user("Administrator")
	assert chain_of(frappe.get_doc("Interaction", answer["next_activity"])) == half.chain


def test_turning_into_what_may_not_be_seen(half, as_user):
	shop = frappe.get_doc(half.call.party_type, half.call.party)
	plan = interaction(shop, starts_on="2099-01-01 10:00:00", chain=half.chain)
	as_user(RECORDER)
	refused(api.convert, *key(plan), "E-mail")
	refused(api.convert, *key(plan), "Meeting")
	as_user("Administrator")
	assert frappe.db.get_value("Interaction", plan.name, "interaction_type") == "Phone Call"


def test_a_proposal_tells_of_the_activity_alone(half, as_user):
	as_user(RECORDER)
	tells_nothing(half, api.proposal(*key(half.call), "Successful"))
