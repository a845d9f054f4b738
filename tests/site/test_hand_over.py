"""A hand-over moves a user's chains to a successor in one step, with the requester's permissions (R26)."""

import frappe
import pytest

from crm_interactions.api import oversight as api
from crm_interactions.chains import closing
from crm_interactions.handover import requests
from tests.site.checks import chain_responsible, responsible, tasks, timeline
from tests.site.factories import interaction, next_step_of, partner, product_record, resource
from tests.site.handing_over import HAND_OVER, assign, plan, with_step
from tests.site.kinds import CALL_AND_MEETING
from tests.site.people import ANA, IVO, MIA, VERA

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("manager")]


@CALL_AND_MEETING
def test_planned_activities_go_to_the_successor_with_their_chain(make):
	doc = plan(make=make)
	result = api.hand_over(ANA, IVO)
	assert (result.status, result.done_count, result.left_count) == ("Done", 2, 0)
	assert (responsible(doc), chain_responsible(doc)) == (IVO, IVO)
	assert frappe.db.get_value("Activity Link", {"activity": doc.name}, "responsible") == IVO


def test_past_and_completed_activities_keep_owner_and_responsible_user(as_user):
	as_user(ANA)
	held = interaction(responsible=ANA, starts_on="2026-01-05 09:00:00")
	done = interaction(responsible=ANA, completed=1)
	planned = plan()
	as_user(VERA)
	api.hand_over(ANA, IVO)
	assert (responsible(held), responsible(done)) == (ANA, ANA)
	assert responsible(planned) == IVO
	assert frappe.db.get_value("Interaction", planned.name, "owner") == ANA


def test_with_history_everything_but_completed_activities_is_handed_over():
	held = interaction(responsible=ANA, starts_on="2026-01-05 09:00:00")
	recorded, done = product_record(responsible=ANA), interaction(responsible=ANA, completed=1)
	closed = interaction(responsible=ANA)
	closing.close(closed.chain, "No interest")
	api.hand_over(ANA, IVO, open_only=False)
	assert [responsible(doc) for doc in (held, recorded, done)] == [IVO, IVO, ANA]
	assert chain_responsible(closed) == IVO


def test_activities_of_other_users_stay():
	of_mia = plan(responsible=MIA)
	plan()
	api.hand_over(ANA, IVO)
	assert (responsible(of_mia), chain_responsible(of_mia)) == (MIA, MIA)


def test_a_hand_over_can_be_limited_to_a_partner_chain_or_type():
	north, south = partner("North"), partner("South")
	one, other = plan(north), plan(south, interaction_type="E-mail")
	third = plan(south, chain=other.chain)
	assert api.preview_hand_over(ANA, north.doctype, north.name)["total"] == 2
	assert api.preview_hand_over(ANA, chain=other.chain)["activities"] == 2
	assert api.preview_hand_over(ANA, interaction_type="E-mail")["total"] == 1
	api.hand_over(ANA, IVO, interaction_type="E-mail")
	assert [responsible(doc) for doc in (one, other, third)] == [ANA, IVO, ANA]
	assert chain_responsible(other) == ANA, "a chain has no type"
	api.hand_over(ANA, IVO, chain=other.chain)
	assert [responsible(doc) for doc in (one, third)] == [ANA, IVO]
	assert (chain_responsible(one), chain_responsible(other)) == (ANA, IVO)
	api.hand_over(ANA, IVO, north.doctype, north.name)
	assert (responsible(one), chain_responsible(one)) == (IVO, IVO)


def test_the_preview_counts_the_documents_to_hand_over_and_changes_nothing():
	held = with_step()
	plan(resources=[{"resource": resource().name}], add_to_calendar=1, ends_on="2100-06-01 11:00:00")
	counts = api.preview_hand_over(ANA)
	once = ("activities", "next_steps", "assignments", "bookings", "calendar_entries")
	assert counts == dict.fromkeys(once, 1) | {"chains": 2, "reminders": 2, "total": 5, "not_allowed": 0}
	assert not frappe.db.exists(HAND_OVER, {"from_user": ANA})
	result = api.hand_over(ANA, IVO)
	assert (result.done_count, result.total) == (5, 5)
	stored = frappe.get_doc(HAND_OVER, result.name)
	assert [stored.get(field) for field in requests.COUNTED] == [counts[field] for field in requests.COUNTED]
	assert (stored.asked_by, stored.owner, held.responsible) == (VERA, VERA, ANA)


def test_assignment_and_calendar_event_are_handed_over_too():
	step = next_step_of(with_step(add_to_calendar=1))
	assert tasks(step) == [(ANA, "Open")]
	api.hand_over(ANA, IVO)
	assert tasks(step) == [(IVO, "Open")]
	step.reload()
	assert frappe.parse_json(step._assign) == [IVO]
	assert frappe.db.get_value("Event", step.event, "owner") == IVO


def test_an_assignment_on_another_users_activity_is_handed_over(as_user):
	"""A third user assigned it, so that the manager has no permission on the task itself."""
	doc = plan(responsible=MIA)
	as_user(MIA)
	assign(doc, ANA)
	as_user(VERA)
	result = api.hand_over(ANA, IVO)
	assert result.done_count == 1
	assert (tasks(doc), responsible(doc)) == ([(IVO, "Open")], MIA)
	assert timeline(doc) == [(VERA, f"handed the assignment over from ana to ivo ({result.name})")]


def test_user_names_are_escaped_in_the_timeline(monkeypatch):
	frappe.db.set_value("User", ANA, "first_name", "Ana <i>Horvat</i>")
	monkeypatch.setattr(frappe.local, "fullnames", {}, raising=False)
	doc = plan()
	api.hand_over(ANA, IVO)
	assert "Ana &lt;i&gt;Horvat" in timeline(doc)[-1][1]


def test_a_successor_with_the_same_assignment_has_it_only_once():
	doc = plan(responsible=MIA)
	assign(doc, ANA, IVO)
	result = api.hand_over(ANA, IVO)
	assert sorted(tasks(doc)) == [(ANA, "Cancelled"), (IVO, "Open")]
	api.undo_hand_over(result.name)
	assert sorted(tasks(doc)) == [(ANA, "Open"), (IVO, "Open")]


def test_a_private_task_hidden_from_the_manager_stays():
	own = frappe.get_doc({"doctype": "ToDo", "description": "Buy flowers", "allocated_to": ANA})
	own.insert(ignore_permissions=True)
	frappe.db.set_value("ToDo", own.name, "assigned_by", ANA)
	plan()
	result = api.hand_over(ANA, IVO)
	assert frappe.db.get_value("ToDo", own.name, "allocated_to") == ANA
	assert result.total == 2


def test_the_successor_is_notified_once_and_the_former_user_not_at_all():
	for _number in range(3):
		with_step()
	before = frappe.db.count("Notification Log", {"for_user": ("in", (ANA, IVO))})
	result = api.hand_over(ANA, IVO)
	found = frappe.get_all("Notification Log", {"for_user": IVO}, ["subject", "document_name"])
	assert [notification.document_name for notification in found] == [result.name]
	assert "activities 3, chains 3, assignments 3" in found[0].subject
	assert frappe.db.count("Notification Log", {"for_user": ("in", (ANA, IVO))}) == before + 1


def test_timeline_and_versions_record_the_hand_over(versions):
	doc = plan()
	name = api.hand_over(ANA, IVO).name
	sentence = (VERA, f"handed this over from ana to ivo ({name})")
	assert timeline(doc) == [sentence]
	assert timeline(frappe.get_doc("Interaction Chain", doc.chain)) == [sentence]
	found = frappe.get_all("Version", {"docname": doc.name, "owner": VERA}, pluck="data")
	assert any(["responsible", ANA, IVO] in frappe.parse_json(data)["changed"] for data in found)


def test_activities_of_a_disabled_user_can_be_handed_over():
	doc = plan()
	frappe.db.set_value("User", ANA, "enabled", 0)
	api.hand_over(ANA, IVO)
	assert responsible(doc) == IVO
