"""Permission to hand over, allowed successors, and partial permission of requester or successor (R26)."""

import frappe
import pytest

from crm_interactions.api import oversight as api
from tests.site.checks import chain_responsible, refused, responsible, timeline
from tests.site.factories import user
from tests.site.handing_over import ENTRY, HAND_OVER, entry_of, only_calls, plan
from tests.site.people import ANA, IVO, MIA, VERA
from tests.site.supervising import make_leader

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("manager")]


@pytest.mark.parametrize(
	"requester, method, others",
	[(MIA, api.preview_hand_over, ()), (MIA, api.hand_over, (IVO,)), (ANA, api.hand_over, (IVO,))],
	ids=["a peer in the preview", "a peer", "the user"],
)
def test_neither_a_peer_nor_the_user_can_hand_over_activities(requester, method, others, as_user):
	plan()
	as_user(requester)
	with refused(frappe.PermissionError, "only the work of users who report to you"):
		method(ANA, *others)


def test_a_supervisor_can_hand_over_for_their_reports_only(as_user):
	make_leader(MIA, ANA)
	of_ana, of_vera = plan(), plan(responsible=VERA)
	as_user(MIA)
	api.hand_over(ANA, IVO)
	assert responsible(of_ana) == IVO
	with refused(frappe.PermissionError, "only the work of users who report to you"):
		api.hand_over(VERA, IVO)
	assert responsible(of_vera) == VERA


def test_the_search_offers_users_of_the_requester_and_enabled_successors(as_user):
	make_leader(MIA, ANA)

	def offered(successors: int) -> set[str]:
		found = api.people_query("User", "example.com", "name", 0, 100, {"successors": successors})
		return {row[0] for row in found}

	frappe.db.set_value("User", ANA, "enabled", 0)
	assert {ANA, IVO, MIA, VERA} <= offered(0)
	assert ANA not in offered(1)
	as_user(MIA)
	assert offered(0) == {ANA}
	assert {IVO, MIA, VERA} <= offered(1)


def test_the_successor_must_be_another_enabled_user_with_a_role():
	plan()
	user("nobody@example.com")
	frappe.db.set_value("User", IVO, "enabled", 0)
	for leaving, successor, message in (
		(ANA, ANA, "already has these activities"),
		(ANA, "nobody@example.com", "has none of the roles Interaction User"),
		(ANA, IVO, "isn't an enabled user"),
		(ANA, "unknown@example.com", "isn't an enabled user"),
		("unknown@example.com", VERA, "There is no user"),
	):
		with refused(frappe.ValidationError, message):
			api.hand_over(leaving, successor)


def test_a_hand_over_without_documents_is_refused():
	with refused(frappe.ValidationError, "ana.* has no such documents that you can see"):
		api.hand_over(ANA, IVO)


def test_activities_hidden_from_the_requester_are_neither_counted_nor_changed():
	seen, hidden = plan(), plan(interaction_type="E-mail")
	only_calls(VERA)
	assert api.preview_hand_over(ANA)["total"] == 2
	assert api.hand_over(ANA, IVO).total == 2
	assert (responsible(seen), responsible(hidden), chain_responsible(hidden)) == (IVO, ANA, ANA)
	assert not entry_of(hidden)


def test_activities_hidden_from_the_successor_are_left_and_reported():
	one, other = plan(), plan(interaction_type="E-mail")
	only_calls(IVO)
	result = api.hand_over(ANA, IVO)
	assert (responsible(one), responsible(other), chain_responsible(other)) == (IVO, ANA, ANA)
	assert (result.done_count, result.left_count) == (2, 2)
	assert entry_of(other) == {"result": "Left", "reason": "ivo can't read it."}
	assert timeline(other) == []


def test_an_invalid_activity_is_left_and_does_not_stop_the_others():
	broken, fine = plan(), plan()
	nobody = dict.fromkeys(("party_type", "party", "contact", "how_to_reach"))
	frappe.db.set_value("Interaction", broken.name, nobody)
	result = api.hand_over(ANA, IVO)
	assert (responsible(broken), responsible(fine)) == (ANA, IVO)
	assert result.left_count == 1
	assert "Choose the partner" in entry_of(broken).reason


def test_requester_and_successor_see_the_hand_over_and_only_the_requester_undoes_it(as_user):
	doc = plan()
	name = api.hand_over(ANA, IVO).name
	for who, record, its_entries in ((VERA, 1, 2), (IVO, 1, 0), (ANA, 0, 0), (MIA, 0, 0)):
		as_user(who)
		assert len(frappe.get_list(HAND_OVER, {"name": name})) == record, who
		assert len(frappe.get_list(ENTRY, {"hand_over": name})) == its_entries, who
		assert frappe.has_permission(HAND_OVER, "read", doc=name) == bool(record), who
	as_user(MIA)
	with refused(frappe.PermissionError, "There is no hand-over"):
		api.undo_hand_over(name)
	as_user(IVO)
	with refused(frappe.PermissionError, "only the work of users who report to you"):
		api.undo_hand_over(name)
	assert responsible(doc) == IVO


def test_no_user_can_write_hand_over_records(as_user):
	plan()
	name = api.hand_over(ANA, IVO).name
	for who in (IVO, VERA):
		as_user(who)
		for doctype in (HAND_OVER, ENTRY):
			assert not any(frappe.has_permission(doctype, right) for right in ("write", "create", "delete"))
	doc = frappe.get_doc(HAND_OVER, name)
	with pytest.raises(frappe.PermissionError):
		doc.save()
	with pytest.raises(frappe.PermissionError):
		doc.delete()
