"""Every activity has a chain from its first save; chains are joined, split and restored (R15, R16, B2)."""

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, splitting, undoing
from crm_interactions.exceptions import ChainClosedError, ChangedMeanwhileError, NeedsConfirmationError
from crm_interactions.patches import mark_next_steps
from tests.site.chain_checks import assert_consistent, chain_of, chain_value, row_of
from tests.site.checks import refused, stored
from tests.site.factories import change_record, contact, interaction, meeting, partner, product_record
from tests.site.half_chain import key

pytestmark = pytest.mark.records_only


@pytest.fixture
def first():
	of = partner()
	return interaction(of, contact=contact(of).name, title="First", starts_on="2026-01-05 10:00:00")


@pytest.fixture
def second(first):
	return interaction(contact=first.contact, title="Second", starts_on="2026-01-16 10:00:00")


def test_the_first_save_creates_a_numbered_chain(first, second, consistent):
	assert first.chain.startswith("CH-")
	assert first.chain != second.chain
	chain = frappe.get_doc("Interaction Chain", first.chain)
	assert (chain.title, chain.party, chain.status, chain.activity_count) == ("First", first.party, "Open", 1)
	assert stored(first, "chain") == first.chain


def test_each_kind_of_activity_has_a_chain():
	for doc in (interaction(), meeting(), product_record()):
		assert chain_of(doc) == doc.chain


def test_joining_moves_the_newer_chain_into_the_older_one(first, second, consistent):
	done = joining.join(key(first), key(second))
	assert (done["chain"], done["joined"]) == (first.chain, 1)
	assert chain_of(second) == stored(second, "chain") == first.chain
	assert chain_value(second, ["status", "merged_into", "activity_count"]) == ("Merged", first.chain, 0)


def test_undoing_a_join_restores_both_chains(first, second, consistent):
	done = joining.join(key(second), key(first))
	assert row_of(second).previous == row_of(first).name
	undoing.undo_entry(done["log"])
	assert chain_of(second) == second.chain
	assert row_of(second).previous is None
	assert chain_value(second, ["status", "merged_into"]) == ("Open", None)


def test_unlinking_with_followers_moves_later_activities_too(first, second, consistent):
	joining.join(key(second), key(first))
	third = interaction(contact=first.contact, chain=first.chain, starts_on="2026-02-01 10:00:00")
	assert row_of(third).previous == row_of(second).name
	done = splitting.unlink(*key(second), with_followers=True)
	assert done["moved"] == 2
	assert chain_of(third) == chain_of(second) == done["chain"]
	assert chain_of(first) == first.chain
	undoing.undo_entry(done["log"])
	assert chain_of(third) == chain_of(second) == first.chain
	assert row_of(second).previous == row_of(first).name


def test_joining_chains_of_two_partners_needs_confirmation(first, consistent):
	other = interaction(partner("Sever Supplies"))
	with pytest.raises(NeedsConfirmationError, match="across_partners"):
		joining.join(key(first), key(other))
	assert joining.join(key(first), key(other), across_partners=True)["joined"] == 1


def test_a_new_activity_cannot_enter_a_chain_of_another_partner(first):
	with pytest.raises(NeedsConfirmationError, match="link the activity afterwards"):
		interaction(partner("Sever Supplies"), chain=first.chain)


def test_a_chain_of_one_activity_follows_its_partner(first):
	change_record(first, party=partner("Right One").name, contact=None)
	assert chain_value(first, "party") == first.party


def test_a_save_cannot_change_the_chain(first, second, consistent):
	with pytest.raises(ChangedMeanwhileError, match="Link it"):
		change_record(first, chain=second.chain)
	change_record(first.reload(), title="Other topic")


def test_a_closed_chain_is_reopened_only_on_request(first, second, consistent):
	closing.close(first.chain, "Not interested")
	with pytest.raises(ChainClosedError):
		interaction(contact=first.contact, chain=first.chain, starts_on="2099-01-01 10:00:00")
	with pytest.raises(NeedsConfirmationError, match="reopen"):
		joining.join(key(second), key(first))
	done = joining.join(key(second), key(first), reopen=True)
	assert chain_value(first, "status") == "Open"
	undoing.undo_entry(done["log"])
	assert chain_value(first, ["status", "close_reason"]) == ("Closed", "Not interested")


def test_a_chain_with_activities_cannot_be_deleted(first):
	with refused(frappe.LinkExistsError, "holds activities. Unlink or delete them first"):
		frappe.delete_doc("Interaction Chain", first.chain)


def test_a_restored_activity_returns_to_its_chain(first, consistent):
	frappe.delete_doc("Interaction", first.name)
	left = chain_value(first, ["status", "responsible"])
	assert left == ("Closed", None), "an empty chain has no responsible user, so that the user can be deleted"
	assert_consistent()
	restore(frappe.db.get_value("Deleted Document", {"deleted_name": first.name}), alert=False)
	assert frappe.get_last_doc("Interaction", {"title": "First"}).chain == first.chain
	assert chain_value(first, ["status", "responsible"]) == ("Open", first.responsible)


def test_candidates_for_joining_have_the_same_partner(first, second):
	interaction(partner("Sever Supplies"))
	offered = api.candidates(*key(first))
	assert offered["partner_known"]
	assert [row["activity"] for row in offered["rows"]] == [second.name]


def test_a_call_without_a_partner_is_offered_all_activities(first, second, consistent):
	"""Newest first, in pages, and searchable by topic."""
	other = interaction(partner("Sever Supplies"), title="Second-hand pumps", starts_on="2098-01-01 10:00:00")
	call = interaction(title="Who was it?", direction="Incoming", party_type=None, party=None)
	offered = api.candidates(*key(call), length=1)
	assert not offered["partner_known"]
	assert [row["activity"] for row in offered["rows"]] == [other.name]
	assert offered["more"]
	assert [row["activity"] for row in api.candidates(*key(call), text="hand pump")["rows"]] == [other.name]
	offered_names = {row["activity"] for row in api.candidates(*key(call), length=100)["rows"]}
	assert offered_names >= {first.name, second.name}
	assert call.name not in offered_names
	assert api.candidates(*key(call), kinds=["Meeting"], text="hand pump")["rows"] == []
	joined = api.link(*key(call), *key(other))  # nothing to confirm: no partner differs
	assert frappe.db.get_value("Interaction Chain", joined["chain"], "party") == other.party


@pytest.mark.parametrize("start, length", [(-5, 1), (0, 0), (0, -1), (0, 10**9)])
def test_any_start_and_length_returns_a_page_of_candidates(first, second, start, length):
	assert len(api.candidates(*key(first), start=start, length=length)["rows"]) == 1


def test_an_update_of_the_app_marks_older_chains_with_a_next_step(first, consistent):
	planned = interaction(starts_on="2099-01-05 10:00:00", title="Visit")
	frappe.db.set_value("Interaction Chain", planned.chain, "has_next_step", 0, update_modified=False)
	mark_next_steps.execute()
	assert chain_value(planned, "has_next_step") == 1
	assert chain_value(first, "has_next_step") == 0
