"""A successor may read the history of the received chains, which keeps its responsible user (R26)."""

import frappe
import pytest

from crm_interactions.api import oversight as api
from crm_interactions.visibility import predicate, rebuilding
from tests.site.checks import chain_responsible, responsible
from tests.site.factories import change_record, interaction, meeting, product_record, user
from tests.site.handing_over import ENTRY, only_calls, plan
from tests.site.people import ANA, IVO, MIA, VERA
from tests.site.visible import ACTIVITIES, expected

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("manager")]


@pytest.fixture(autouse=True)
def own_and_team(settings):
	settings(visibility=predicate.OWN_AND_TEAM)


@pytest.fixture
def past(as_user):
	"""Return four past activities of Ana in one chain, and a colleague's activity in the same chain."""
	as_user(ANA)
	first = interaction(status="Held", responsible=ANA)
	later = [make(chain=first.chain, responsible=ANA, status="Held") for make in (meeting, interaction)]
	docs = [first, *later, product_record(chain=first.chain, responsible=ANA)]
	as_user("Administrator")
	others = interaction(chain=first.chain, responsible=MIA, status="Held")
	assert {doc.chain for doc in (*docs, others)} == {first.chain}
	as_user(VERA)
	return docs, others


def seen(by: str) -> set[tuple[str, str]]:
	before = frappe.session.user
	frappe.set_user(by)
	names = {doctype: frappe.get_list(doctype, pluck="name", limit_page_length=0) for doctype in ACTIVITIES}
	found = {(doctype, name) for doctype in ACTIVITIES for name in names[doctype]}
	frappe.set_user(before)
	return found


def keys(docs) -> set[tuple[str, str]]:
	return {(doc.doctype, doc.name) for doc in docs}


def test_a_chain_without_a_next_step_is_handed_over_with_its_history(past):
	docs, others = past
	result = api.hand_over(ANA, IVO)
	assert (result.done_count, result.left_count) == (1, 0)
	assert chain_responsible(docs[0]) == IVO
	assert seen(IVO) == keys(docs)
	assert {responsible(doc) for doc in docs} == {ANA}
	assert (others.doctype, others.name) not in seen(IVO)
	assert frappe.db.get_value("Interaction Hand Over", result.name, "shown_count") == len(docs)


def test_a_next_step_in_another_users_chain_is_handed_over_with_the_history(past):
	docs, _others = past
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	step = plan(chain=docs[0].chain)
	api.hand_over(ANA, IVO)
	assert chain_responsible(step) == MIA
	assert seen(IVO) == keys([*docs, step])


def test_only_the_history_of_the_handed_over_chains_is_shown(past):
	docs, _others = past
	elsewhere = interaction(status="Held", responsible=ANA)
	api.hand_over(ANA, IVO, chain=docs[0].chain)
	assert (elsewhere.doctype, elsewhere.name) not in seen(IVO)


def test_undoing_hides_the_history_again(past):
	docs, _others = past
	name = api.hand_over(ANA, IVO).name
	api.undo_hand_over(name)
	assert chain_responsible(docs[0]) == ANA
	assert seen(IVO) == set()
	assert seen(ANA) == keys(docs)


def test_a_chain_kept_after_an_undo_keeps_its_history(past):
	docs, _others = past
	name = api.hand_over(ANA, IVO).name
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	result = api.undo_hand_over(name)
	assert result.kept_count == 1
	assert seen(IVO) == keys(docs)


def test_the_next_successor_sees_the_whole_history(past):
	docs, _others = past
	api.hand_over(ANA, IVO)
	zoe = user("zoe@example.com", "Interaction User").name
	api.hand_over(IVO, zoe)
	assert seen(zoe) == seen(IVO) == keys(docs)


def test_the_history_stays_visible_after_saves_renames_and_a_rebuild(past):
	docs, _others = past
	api.hand_over(ANA, IVO)
	frappe.set_user("Administrator")
	change_record(frappe.get_doc(docs[0].doctype, docs[0].name), responsible=MIA)
	frappe.rename_doc("User", IVO, "ivan@example.com", force=True)
	assert seen("ivan@example.com") == keys(docs)
	assert rebuilding.rebuild_audiences()["changed"] == 0
	assert seen("ivan@example.com") == keys(docs)


def test_a_hand_over_does_not_change_the_activities_that_other_users_see(past):
	before = {name: seen(name) for name in (ANA, MIA, VERA)}
	api.hand_over(ANA, IVO)
	assert {name: seen(name) for name in (ANA, MIA, VERA)} == before
	assert seen(MIA) == expected(MIA)


def test_activities_hidden_from_the_requester_stay_hidden_from_the_successor(past):
	docs, _others = past
	only_calls(VERA)
	meetings = keys(doc for doc in docs if doc.doctype == "Meeting")
	api.hand_over(ANA, IVO)
	assert meetings and not seen(IVO) & meetings
	assert not frappe.db.exists(ENTRY, {"document_type": "Meeting"})
