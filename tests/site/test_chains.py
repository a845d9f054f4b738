"""Every activity has a chain from its first save; chains are joined, split and restored (R15, R16, B2)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, splitting, undoing
from crm_interactions.exceptions import ChainClosedError, ChangedMeanwhileError, NeedsConfirmationError
from tests.site.chain_checks import assert_consistent, chain_of, row_of
from tests.site.checks import refused
from tests.site.factories import contact, interaction, meeting, partner, product_record, some_partner

pytestmark = pytest.mark.records_only


def key(doc) -> tuple[str, str]:
	return doc.doctype, doc.name


@pytest.fixture
def two():
	customer = partner()
	person = contact(customer)
	first = interaction(customer, contact=person.name, title="First", starts_on="2026-01-05 10:00:00")
	second = interaction(customer, contact=person.name, title="Second", starts_on="2026-01-16 10:00:00")
	return first, second


def test_the_first_save_creates_a_numbered_chain(two):
	first, second = two
	assert first.chain.startswith("CH-")
	assert first.chain != second.chain
	chain = frappe.get_doc("Interaction Chain", first.chain)
	assert (chain.title, chain.party, chain.status, chain.activity_count) == ("First", first.party, "Open", 1)
	assert frappe.db.get_value("Interaction", first.name, "chain") == first.chain
	assert_consistent()


def test_each_kind_of_activity_has_a_chain():
	for doc in (interaction(), meeting(), product_record()):
		assert chain_of(doc) == doc.chain


def test_joining_moves_the_newer_chain_into_the_older_one(two):
	first, second = two
	done = joining.join(key(first), key(second))
	assert done["chain"] == first.chain
	assert done["joined"] == 1
	assert chain_of(second) == first.chain
	assert frappe.db.get_value("Interaction", second.name, "chain") == first.chain
	merged = frappe.get_doc("Interaction Chain", second.chain)
	assert (merged.status, merged.merged_into, merged.activity_count) == ("Merged", first.chain, 0)
	assert_consistent()


def test_undoing_a_join_restores_both_chains(two):
	first, second = two
	done = joining.join(key(second), key(first))
	assert row_of(second).previous == row_of(first).name
	undoing.undo_entry(done["log"])
	assert chain_of(second) == second.chain
	assert row_of(second).previous is None
	assert frappe.db.get_value("Interaction Chain", second.chain, ["status", "merged_into"]) == ("Open", None)
	assert_consistent()


def test_unlinking_with_followers_moves_later_activities_too(two):
	first, second = two
	joining.join(key(second), key(first))
	third = interaction(
		some_partner(), contact=first.contact, chain=first.chain, starts_on="2026-02-01 10:00:00"
	)
	assert row_of(third).previous == row_of(second).name
	done = splitting.unlink(*key(second), with_followers=True)
	assert done["moved"] == 2
	assert chain_of(third) == chain_of(second) == done["chain"]
	assert chain_of(first) == first.chain
	undoing.undo_entry(done["log"])
	assert chain_of(third) == chain_of(second) == first.chain
	assert row_of(second).previous == row_of(first).name
	assert_consistent()


def test_joining_chains_of_two_partners_needs_confirmation(two):
	other = interaction(partner("Somebody Else"))
	with pytest.raises(NeedsConfirmationError, match="across_partners"):
		joining.join(key(two[0]), key(other))
	assert joining.join(key(two[0]), key(other), across_partners=True)["joined"] == 1
	assert_consistent()


def test_a_new_activity_cannot_enter_a_chain_of_another_partner(two):
	with pytest.raises(NeedsConfirmationError, match="link the activity afterwards"):
		interaction(partner("Somebody Else"), chain=two[0].chain)


def test_a_chain_of_one_activity_follows_its_partner(two):
	first = two[0]
	first.update({"party": partner("Right One").name, "contact": None})
	first.save()
	assert frappe.db.get_value("Interaction Chain", first.chain, "party") == first.party


def test_a_save_cannot_change_the_chain(two):
	first, second = two
	first.chain = second.chain
	with pytest.raises(ChangedMeanwhileError, match="Link it"):
		first.save()
	first.reload()
	first.title = "Other topic"
	first.save()
	assert_consistent()


def test_a_closed_chain_is_reopened_only_on_request(two):
	first, second = two
	closing.close(first.chain, "Not interested")
	with pytest.raises(ChainClosedError):
		interaction(some_partner(), contact=first.contact, chain=first.chain, starts_on="2099-01-01 10:00:00")
	with pytest.raises(NeedsConfirmationError, match="reopen"):
		joining.join(key(second), key(first))
	done = joining.join(key(second), key(first), reopen=True)
	assert frappe.db.get_value("Interaction Chain", first.chain, "status") == "Open"
	undoing.undo_entry(done["log"])
	assert frappe.db.get_value("Interaction Chain", first.chain, ["status", "close_reason"]) == (
		"Closed",
		"Not interested",
	)
	assert_consistent()


def test_a_chain_with_activities_cannot_be_deleted(two):
	with refused(frappe.LinkExistsError, "holds activities. Unlink or delete them first"):
		frappe.delete_doc("Interaction Chain", two[0].chain)


def test_a_restored_activity_returns_to_its_chain(two):
	first, _second = two
	frappe.delete_doc("Interaction", first.name)
	left = frappe.db.get_value("Interaction Chain", first.chain, ["status", "responsible"])
	assert left == ("Closed", None), "an empty chain has no responsible user, so that the user can be deleted"
	assert_consistent()
	from frappe.core.doctype.deleted_document.deleted_document import restore

	restore(frappe.db.get_value("Deleted Document", {"deleted_name": first.name}), alert=False)
	restored = frappe.get_last_doc("Interaction", {"title": "First"})
	assert restored.chain == first.chain
	opened = frappe.db.get_value("Interaction Chain", first.chain, ["status", "responsible"])
	assert opened == ("Open", first.responsible)
	assert_consistent()


def test_candidates_for_joining_have_the_same_partner(two):
	first, second = two
	interaction(partner("Somebody Else"))
	offered = api.candidates(*key(first))
	assert offered["partner_known"]
	assert [row["activity"] for row in offered["rows"]] == [second.name]


def test_a_call_without_a_partner_is_offered_all_activities(two):
	"""Newest first, in pages, and searchable by topic."""
	other = interaction(partner("Somebody Else"), title="Second-hand pumps", starts_on="2098-01-01 10:00:00")
	call = interaction(title="Who was it?", direction="Incoming", party_type=None, party=None)
	offered = api.candidates(*key(call), length=1)
	assert not offered["partner_known"]
	assert [row["activity"] for row in offered["rows"]] == [other.name]
	assert offered["more"]
	found = api.candidates(*key(call), text="hand pump")
	assert [row["activity"] for row in found["rows"]] == [other.name]
	offered_names = {row["activity"] for row in api.candidates(*key(call), length=100)["rows"]}
	assert offered_names >= {two[0].name, two[1].name}
	assert call.name not in offered_names
	assert api.candidates(*key(call), kinds=["Meeting"], text="hand pump")["rows"] == []
	joined = api.link(*key(call), *key(other))  # nothing to confirm: no partner differs
	assert frappe.db.get_value("Interaction Chain", joined["chain"], "party") == other.party
	assert_consistent()


@pytest.mark.parametrize("start, length", [(-5, 1), (0, 0), (0, -1), (0, 10**9)])
def test_any_start_and_length_returns_a_page_of_candidates(two, start, length):
	assert len(api.candidates(*key(two[0]), start=start, length=length)["rows"]) == 1
