"""Permission on half of a chain: the other half stays hidden, and changes follow the chain's own rules."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, splitting, undoing
from tests.site.chain_checks import chain_of
from tests.site.checks import stored
from tests.site.factories import interaction, partner_of, record
from tests.site.half_chain import RECORDER, SECRET, assert_hidden, key, refused
from tests.site.other_apps import need, opportunity


def chains_of(half) -> set[str]:
	return {chain_of(doc) for doc in (half.call, half.mail, half.visit)}


def subjects_of(half) -> set[str]:
	return {stored(doc, "subject") for doc in (half.call, half.mail, half.visit)}


def test_the_recorder_may_read_half_of_the_chain(half, as_user):
	as_user(RECORDER)
	seen = {
		name: frappe.has_permission(doc.doctype, "read", doc=doc.name)
		for name, doc in vars(half).items()
		if name != "chain"
	}
	assert seen == {"call": True, "mail": False, "visit": False, "other": True}


def test_a_preview_counts_readable_activities_only(half, as_user):
	as_user(RECORDER)
	plan = api.preview(*key(half.call), *key(half.other))
	assert (plan["from"]["name"], plan["from"]["activity_count"]) == (half.chain, 1)
	assert (plan["into"]["name"], plan["into"]["activity_count"]) == (half.other.chain, 1)
	assert_hidden(half, plan)
	refused(api.preview, *key(half.call), *key(half.mail))
	refused(api.preview, *key(half.mail), *key(half.call))
	as_user("Administrator")
	assert api.preview(*key(half.call), *key(half.other))["from"]["activity_count"] == 3


def test_linking_moves_the_whole_chain_and_counts_readable_activities_only(half, as_user, consistent):
	"""Chains are joined as wholes (R16), including their hidden half."""
	as_user(RECORDER)
	done = api.link(*key(half.call), *key(half.other))
	assert (done["chain"], done["joined"]) == (half.other.chain, 1)
	assert api.link(*key(half.call), *key(half.other))["joined"] == 0
	assert_hidden(half, done)
	refused(api.link, *key(half.call), *key(half.mail))
	refused(api.link, *key(half.mail), *key(half.call))
	assert chains_of(half) == {half.other.chain}


def test_unlinking_moves_hidden_followers_and_counts_readable_activities_only(half, as_user, consistent):
	joining.join(key(half.call), key(interaction(partner_of(half.call), starts_on="2026-02-01 10:00:00")))
	as_user(RECORDER)
	for doc in (half.mail, half.visit):
		refused(api.unlink, *key(doc))
	done = api.unlink(*key(half.call), with_followers=1)
	assert done["moved"] == 1
	assert_hidden(half, done)
	assert chains_of(half) == {done["chain"]}


def test_unlinking_one_activity_does_not_change_the_hidden_half(half, as_user, consistent):
	untouched = [stored(doc, "modified") for doc in (half.mail, half.visit)]
	as_user(RECORDER)
	done = api.unlink(*key(half.call))
	assert done["moved"] == 1
	assert_hidden(half, done)
	refused(api.page, half.chain)
	assert {chain_of(doc) for doc in (half.mail, half.visit)} == {half.chain}
	assert [stored(doc, "modified") for doc in (half.mail, half.visit)] == untouched


def test_undoing_a_split_needs_read_permission_on_both_chains(half, as_user, consistent):
	"""A user without access to the split-off chain cannot bring it back."""
	parted = splitting.unlink(*key(half.mail))
	as_user(RECORDER)
	with pytest.raises(frappe.PermissionError):
		api.undo(parted["log"])
	assert_hidden(half)
	as_user("Administrator")
	assert chain_of(half.mail) == parted["chain"]
	undoing.undo_entry(parted["log"])
	as_user(RECORDER)
	mine = api.unlink(*key(half.call))
	refused(api.undo, mine["log"])  # the recorder may read nothing of the old chain any more


def test_undoing_a_join_moves_the_hidden_half_back_too(half, as_user, consistent):
	as_user(RECORDER)
	assert_hidden(half, api.undo(api.link(*key(half.other), *key(half.call))["log"]))
	assert chains_of(half) == {half.chain}
	assert chain_of(half.other) == half.other.chain


def test_a_subject_of_the_whole_chain_is_set_in_the_hidden_half_too(half, as_user, consistent):
	"""Each copy of the subject equals the chain's, readable or not (R20)."""
	subject = record("Note", title="Deal", public=1).name
	as_user(RECORDER)
	assert_hidden(half, api.set_subject(half.chain, "Note", subject))
	assert subjects_of(half) == {subject}


def test_a_subject_from_an_activity_onwards_splits_the_chain_by_its_dates(half, as_user, consistent):
	first = interaction(partner_of(half.call), starts_on="2026-02-01 10:00:00")
	joining.join(key(half.call), key(first))
	subject = record("Note", title="Deal", public=1).name
	as_user(RECORDER)
	for reach in ("onwards", "this"):
		refused(api.set_subject, None, "Note", subject, reach, *key(half.mail))
	done = api.set_subject(None, "Note", subject, "onwards", *key(half.call))
	assert_hidden(half, done)
	assert chains_of(half) == {done["chain"]}
	assert not stored(first, "subject")


def test_a_subject_of_a_part_needs_permission_on_the_activitys_own_chain(half, as_user):
	"""A readable chain in the request does not replace it."""
	as_user(RECORDER)
	refused(api.set_subject, half.other.chain, None, None, "this", *key(half.mail))
	for arguments in ((None, None, None, "onwards"), ()):
		with pytest.raises(frappe.ValidationError, match="The activity is missing"):
			api.set_subject(*arguments)


def test_an_unreadable_subject_is_refused(half, as_user):
	private = record("Note", title="Private", public=0).name
	as_user(RECORDER)
	refused(api.set_subject, half.chain, "Note", private)
	assert not frappe.db.get_value("Interaction Chain", half.chain, "subject")


def test_a_document_created_from_a_chain_gets_readable_participants_only(half, as_user, consistent):
	"""The new document would reveal hidden participants to its readers."""
	as_user(RECORDER)
	assert api.participants(half.chain) == []
	done = api.create_subject(half.chain, "Note")
	assert_hidden(half, done, frappe.get_doc("Note", done["name"]).as_dict())
	assert subjects_of(half) == {done["name"]}


def test_a_deal_shows_no_participant_that_its_creator_may_not_read(half, as_user):
	need("erpnext")
	as_user(RECORDER)
	named = opportunity(partner_of(half.call), interaction_chain=half.chain)
	made = frappe.get_doc("Opportunity", api.create_subject(half.chain, "Opportunity")["name"])
	assert_hidden(half, named.as_dict(), made.as_dict())
	as_user("Administrator")
	complete = frappe.get_doc("Opportunity", api.create_subject(half.chain, "Opportunity")["name"])
	assert f"{SECRET} Guest" in {row.full_name for row in complete.interaction_participants}


def test_a_chain_is_reopened_as_a_whole_and_only_with_a_readable_activity(half, as_user, consistent):
	closing.close(half.chain, "Enough")
	as_user(RECORDER)
	assert_hidden(half, api.reopen(half.chain))
	assert frappe.db.get_value("Interaction Chain", half.chain, "status") == "Open"
	splitting.unlink(*key(half.call))
	closing.close(half.chain, "Enough")
	refused(api.reopen, half.chain)


def test_closing_a_chain_cancels_no_plan_without_write_permission(half, as_user):
	as_user(RECORDER)
	with pytest.raises(frappe.PermissionError, match="without cancelling"):
		api.close(half.chain, "Enough", cancel_planned=1)
	assert_hidden(half)
	assert stored(half.mail, "status") == "Planned"


def test_only_readable_activities_are_candidates_for_joining(half, as_user):
	joining.join(key(half.mail), key(half.visit))
	parted = splitting.unlink(*key(half.mail))
	as_user(RECORDER)
	offered = api.candidates(*key(half.other))
	assert [row["activity"] for row in offered["rows"]] == [half.call.name]
	assert_hidden(half, offered)
	for text in (SECRET, half.mail.name, parted["chain"]):
		assert api.candidates(*key(half.other), text=text)["rows"] == []
	refused(api.candidates, *key(half.mail))


def test_only_readable_activities_are_listed_as_members(half, as_user):
	as_user(RECORDER)
	assert api.members(half.chain, "Interaction") == [half.call.name]
	for doctype in ("Meeting", "User", "No Such Thing"):
		assert api.members(half.chain, doctype) == []
	splitting.unlink(*key(half.call))
	refused(api.members, half.chain, "Interaction")
