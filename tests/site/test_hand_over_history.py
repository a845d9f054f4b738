"""A successor sees the chains that are his now, from their beginning; the history keeps its author (R26)."""

import frappe
import handing_over
import pytest
from factories import interaction, meeting, product_record, user
from handing_over import ANA, ENTRY, IVO, MIA, VERA, chain_responsible, plan, responsible
from visible import expected

from crm_interactions.api import oversight as api
from crm_interactions.visibility import predicate, rebuilding

pytestmark = pytest.mark.records_only
ACTIVITIES = ("Interaction", "Meeting", "Product Record")


@pytest.fixture(autouse=True)
def people(as_user, settings):
	settings(visibility=predicate.OWN_AND_TEAM)
	handing_over.people(as_user)


@pytest.fixture
def past(as_user):
	"""Three things of Ana's in one chain, over by now, and what a colleague did in it."""
	as_user(ANA)
	first = interaction(status="Held", responsible=ANA)
	later = [
		make(chain=first.chain, responsible=ANA, **fields)
		for make, fields in ((meeting, {"status": "Held"}), (interaction, {"status": "Held"}))
	]
	record = product_record(chain=first.chain, responsible=ANA)
	as_user("Administrator")
	others = interaction(chain=first.chain, responsible=MIA, status="Held")
	assert {doc.chain for doc in (*later, record, others)} == {first.chain}
	as_user(VERA)
	return [first, *later, record], others


def seen(by: str) -> set[tuple[str, str]]:
	before = frappe.session.user
	frappe.set_user(by)
	found = {
		(doctype, name)
		for doctype in ACTIVITIES
		for name in frappe.get_list(doctype, pluck="name", limit_page_length=0)
	}
	frappe.set_user(before)
	return found


def keys(docs) -> set[tuple[str, str]]:
	return {(doc.doctype, doc.name) for doc in docs}


def test_a_chain_without_a_next_step_goes_with_its_history(past):
	docs, others = past
	told = api.hand_over(ANA, IVO)
	assert (told.done_count, told.left_count) == (1, 0)
	assert chain_responsible(docs[0]) == IVO
	assert seen(IVO) == keys(docs)
	assert {responsible(doc) for doc in docs} == {ANA}
	assert (others.doctype, others.name) not in seen(IVO)
	assert frappe.db.get_value("Interaction Hand Over", told.name, "shown_count") == len(docs)


def test_a_step_in_the_chain_of_somebody_else_goes_with_what_came_before(past):
	docs, _others = past
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	step = plan(chain=docs[0].chain)
	api.hand_over(ANA, IVO)
	assert chain_responsible(step) == MIA
	assert seen(IVO) == keys([*docs, step])


def test_only_in_the_chains_that_are_handed_over(past):
	docs, _others = past
	elsewhere = interaction(status="Held", responsible=ANA)
	api.hand_over(ANA, IVO, chain=docs[0].chain)
	assert (elsewhere.doctype, elsewhere.name) not in seen(IVO)


def test_undoing_hides_it_again(past):
	docs, _others = past
	name = api.hand_over(ANA, IVO).name
	api.undo_hand_over(name)
	assert chain_responsible(docs[0]) == ANA
	assert seen(IVO) == set()
	assert seen(ANA) == keys(docs)


def test_what_the_successor_keeps_keeps_its_history(past):
	docs, _others = past
	name = api.hand_over(ANA, IVO).name
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	told = api.undo_hand_over(name)
	assert told.kept_count == 1
	assert seen(IVO) == keys(docs)


def test_the_next_successor_gets_all_of_it(past):
	docs, _others = past
	api.hand_over(ANA, IVO)
	zoe = user("zoe@example.com", "Interaction User").name
	api.hand_over(IVO, zoe)
	assert seen(zoe) == seen(IVO) == keys(docs)


def test_it_goes_on_being_seen_whatever_is_saved_renamed_or_computed_anew(past):
	docs, _others = past
	api.hand_over(ANA, IVO)
	frappe.set_user("Administrator")
	doc = frappe.get_doc(docs[0].doctype, docs[0].name)
	doc.responsible = MIA
	doc.save()
	frappe.rename_doc("User", IVO, "ivan@example.com", force=True)
	assert seen("ivan@example.com") == keys(docs)
	assert rebuilding.rebuild_audiences()["changed"] == 0
	assert seen("ivan@example.com") == keys(docs)


def test_others_see_what_they_saw(past):
	before = {name: seen(name) for name in (ANA, MIA, VERA)}
	api.hand_over(ANA, IVO)
	assert {name: seen(name) for name in (ANA, MIA, VERA)} == before
	assert seen(MIA) == expected(MIA)


def test_what_whoever_asks_may_not_read_is_not_shown(past):
	docs, _others = past
	handing_over.only_calls(VERA)
	meetings = keys(doc for doc in docs if doc.doctype == "Meeting")
	api.hand_over(ANA, IVO)
	assert meetings and not seen(IVO) & meetings
	assert not frappe.db.exists(ENTRY, {"document_type": "Meeting"})
