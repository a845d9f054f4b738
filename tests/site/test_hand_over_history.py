"""A successor may read the history of the received chains, which keeps its responsible user (R26)."""

import frappe
import pytest

from crm_interactions.api import oversight as api
from crm_interactions.visibility import predicate, rebuilding
from tests.site.checks import chain_responsible, responsible
from tests.site.factories import change_record, interaction, meeting, product_record, user
from tests.site.handing_over import ENTRY, only_calls, plan
from tests.site.people import ANA, IVO, MIA, VERA
from tests.site.visible import expected, listed

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("manager")]


@pytest.fixture(autouse=True)
def own_and_team(settings):
	settings(visibility=predicate.OWN_AND_TEAM)


@pytest.fixture
def docs(as_user):
	"""Return four past activities of Ana in one chain that holds a colleague's activity too."""
	as_user(ANA)
	first = interaction(status="Held", responsible=ANA)
	later = [make(chain=first.chain, responsible=ANA, status="Held") for make in (meeting, interaction)]
	docs = [first, *later, product_record(chain=first.chain, responsible=ANA)]
	as_user("Administrator")
	others = interaction(chain=first.chain, responsible=MIA, status="Held")
	assert {doc.chain for doc in (*docs, others)} == {first.chain}
	as_user(VERA)
	return docs


def keys(docs) -> set[tuple[str, str]]:
	return {(doc.doctype, doc.name) for doc in docs}


def test_a_chain_without_a_next_step_is_handed_over_with_its_history(docs):
	others = frappe.get_doc("Interaction", {"chain": docs[0].chain, "responsible": MIA})
	result = api.hand_over(ANA, IVO)
	assert (result.done_count, result.left_count) == (1, 0)
	assert chain_responsible(docs[0]) == IVO
	assert listed(IVO) == keys(docs)
	assert {responsible(doc) for doc in docs} == {ANA}
	assert (others.doctype, others.name) not in listed(IVO)
	assert frappe.db.get_value("Interaction Hand Over", result.name, "shown_count") == len(docs)


def test_a_next_step_in_another_users_chain_is_handed_over_with_the_history(docs):
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	step = plan(chain=docs[0].chain)
	api.hand_over(ANA, IVO)
	assert chain_responsible(step) == MIA
	assert listed(IVO) == keys([*docs, step])


def test_only_the_history_of_the_handed_over_chains_is_shown(docs):
	elsewhere = interaction(status="Held", responsible=ANA)
	api.hand_over(ANA, IVO, chain=docs[0].chain)
	assert (elsewhere.doctype, elsewhere.name) not in listed(IVO)


def test_undoing_hides_the_history_again(docs):
	api.undo_hand_over(api.hand_over(ANA, IVO).name)
	assert chain_responsible(docs[0]) == ANA
	assert listed(IVO) == set()
	assert listed(ANA) == keys(docs)


def test_a_chain_kept_after_an_undo_keeps_its_history(docs):
	name = api.hand_over(ANA, IVO).name
	frappe.db.set_value("Interaction Chain", docs[0].chain, "responsible", MIA)
	assert api.undo_hand_over(name).kept_count == 1
	assert listed(IVO) == keys(docs)


def test_the_next_successor_sees_the_whole_history(docs):
	api.hand_over(ANA, IVO)
	zoe = user("zoe@example.com", "Interaction User").name
	api.hand_over(IVO, zoe)
	assert listed(zoe) == listed(IVO) == keys(docs)


def test_the_history_stays_visible_after_saves_renames_and_a_rebuild(docs):
	api.hand_over(ANA, IVO)
	frappe.set_user("Administrator")
	change_record(frappe.get_doc(docs[0].doctype, docs[0].name), responsible=MIA)
	frappe.rename_doc("User", IVO, "ivan@example.com", force=True)
	assert listed("ivan@example.com") == keys(docs)
	assert rebuilding.rebuild_audiences()["changed"] == 0
	assert listed("ivan@example.com") == keys(docs)


def test_a_hand_over_does_not_change_the_activities_that_other_users_see(docs):
	before = {name: listed(name) for name in (ANA, MIA, VERA)}
	api.hand_over(ANA, IVO)
	assert {name: listed(name) for name in (ANA, MIA, VERA)} == before
	assert listed(MIA) == expected(MIA)


def test_activities_hidden_from_the_requester_stay_hidden_from_the_successor(docs):
	only_calls(VERA)
	meetings = keys(doc for doc in docs if doc.doctype == "Meeting")
	api.hand_over(ANA, IVO)
	assert meetings and not listed(IVO) & meetings
	assert not frappe.db.exists(ENTRY, {"document_type": "Meeting"})
