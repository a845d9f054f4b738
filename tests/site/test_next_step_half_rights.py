"""Finishing and planning with permission on half of a chain: the other half stays hidden and unchanged (B3, R22)."""

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.followups import finishing
from tests.site.chain_checks import assert_consistent, chain_of
from tests.site.checks import stored
from tests.site.factories import interaction, partner_of
from tests.site.half_chain import RECORDER, assert_hidden, key, refused

SOON = {"next_in": 2, "next_unit": "Days"}


def state(*docs) -> list:
	fields = ["name", "status", "completed", "starts_on", "modified", "chain", "next_activity"]
	return [stored(doc, fields) for doc in docs]


@pytest.fixture
def untouched(half):
	"""Check after the test that the hidden half is unchanged."""
	before = state(half.mail, half.visit)
	yield
	frappe.set_user("Administrator")
	assert state(half.mail, half.visit) == before
	assert_consistent()


pytestmark = pytest.mark.usefixtures("untouched")


@pytest.mark.parametrize("which", ["mail", "visit"])
def test_an_unreadable_activity_cannot_be_finished_followed_up_converted_or_reopened(half, as_user, which):
	hidden = key(getattr(half, which))
	as_user(RECORDER)
	refused(api.complete, *hidden)
	refused(api.complete, *hidden, None, finishing.PLAN, SOON)
	refused(api.plan_next, *hidden, SOON)
	refused(api.convert, *hidden, "Phone Call")
	refused(api.proposal, *hidden)
	refused(api.reopen, *hidden)


def test_finishing_many_refuses_unreadable_activities_only(half, as_user):
	as_user(RECORDER)
	answer = api.complete_many("Interaction", [half.mail.name, half.call.name, "INT-0000-00000"])
	assert answer["done"] == [half.call.name]
	assert [entry["activity"] for entry in answer["refused"]] == [half.mail.name, "INT-0000-00000"]
	for entry in answer["refused"]:
		entry.pop("activity")
		assert entry["reason"]
	assert "secret" not in str(answer).lower()


def test_finishing_cannot_close_a_chain_with_a_hidden_plan(half, as_user):
	before = state(half.call)
	as_user(RECORDER)
	refused(api.complete, *key(half.call), None, finishing.CLOSE, None, None, "Enough")
	as_user("Administrator")
	assert state(half.call) == before
	assert frappe.db.get_value("Interaction Chain", half.chain, "status") == "Open"


def test_the_next_step_needs_a_readable_type(half, as_user):
	count = frappe.db.count("Interaction")
	as_user(RECORDER)
	refused(api.plan_next, *key(half.call), {"next_type": "E-mail", **SOON})
	as_user("Administrator")
	assert frappe.db.count("Interaction") == count
	as_user(RECORDER)
	answer = api.plan_next(*key(half.call), {"next_type": "Phone Call", **SOON})
	assert_hidden(half, answer)
	as_user("Administrator")
	assert chain_of(frappe.get_doc("Interaction", answer["next_activity"])) == half.chain


def test_converting_to_an_unreadable_type_is_refused(half, as_user):
	plan = interaction(partner_of(half.call), starts_on="2099-01-01 10:00:00", chain=half.chain)
	as_user(RECORDER)
	refused(api.convert, *key(plan), "E-mail")
	refused(api.convert, *key(plan), "Meeting")
	as_user("Administrator")
	assert stored(plan, "interaction_type") == "Phone Call"


def test_a_proposal_does_not_reveal_the_hidden_half(half, as_user):
	as_user(RECORDER)
	assert_hidden(half, api.proposal(*key(half.call), "Successful"))
