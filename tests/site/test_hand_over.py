"""A colleague's chains go to a successor in one step, with the rights of whoever asks (R26)."""

import frappe
import handing_over
import pytest
from factories import interaction, meeting, partner, product_record, resource
from frappe.desk.form import assign_to
from handing_over import ANA, HAND_OVER, IVO, MIA, VERA, chain_responsible, plan, responsible, tasks, timeline

from crm_interactions.api import oversight as api
from crm_interactions.chains import closing
from crm_interactions.handover import requests

pytestmark = pytest.mark.records_only
people = pytest.fixture(autouse=True)(handing_over.people)


@pytest.mark.parametrize("make", [interaction, meeting])
def test_what_is_planned_goes_to_the_successor_with_its_chain(make):
	doc = plan(make=make)
	told = api.hand_over(ANA, IVO)
	assert (told.status, told.done_count, told.left_count) == ("Done", 2, 0)
	assert (responsible(doc), chain_responsible(doc)) == (IVO, IVO)
	row = frappe.db.get_value("Activity Link", {"activity": doc.name}, "responsible")
	assert row == IVO


def test_history_keeps_its_author_and_who_was_responsible(as_user):
	as_user(ANA)
	held = interaction(responsible=ANA, starts_on="2026-01-05 09:00:00")
	done = interaction(responsible=ANA, completed=1)
	planned = plan()
	as_user(VERA)
	api.hand_over(ANA, IVO)
	assert (responsible(held), responsible(done)) == (ANA, ANA)
	assert responsible(planned) == IVO
	assert frappe.db.get_value("Interaction", planned.name, "owner") == ANA


def test_with_history_all_but_what_is_completed_goes():
	held = interaction(responsible=ANA, starts_on="2026-01-05 09:00:00")
	record = product_record(responsible=ANA)
	done = interaction(responsible=ANA, completed=1)
	closed = interaction(responsible=ANA)
	closing.close(closed.chain, "No interest")
	api.hand_over(ANA, IVO, open_only=False)
	assert [responsible(doc) for doc in (held, record, done)] == [IVO, IVO, ANA]
	assert chain_responsible(closed) == IVO


def test_others_keep_theirs():
	of_mia = plan(responsible=MIA)
	plan()
	api.hand_over(ANA, IVO)
	assert (responsible(of_mia), chain_responsible(of_mia)) == (MIA, MIA)


def test_filters():
	north, south = partner("North"), partner("South")
	one, other = plan(north), plan(south, interaction_type="E-mail")
	third = plan(south, chain=other.chain)
	assert api.preview_hand_over(ANA, north.doctype, north.name)["total"] == 2
	assert api.preview_hand_over(ANA, chain=other.chain)["activities"] == 2
	assert api.preview_hand_over(ANA, interaction_type="E-mail")["total"] == 1
	api.hand_over(ANA, IVO, interaction_type="E-mail")
	assert [responsible(doc) for doc in (one, other, third)] == [ANA, IVO, ANA]
	assert chain_responsible(other) == ANA, "a chain is of no type"
	api.hand_over(ANA, IVO, chain=other.chain)
	assert [responsible(doc) for doc in (one, third)] == [ANA, IVO]
	assert (chain_responsible(one), chain_responsible(other)) == (ANA, IVO)
	api.hand_over(ANA, IVO, north.doctype, north.name)
	assert (responsible(one), chain_responsible(one)) == (IVO, IVO)


def test_preview_counts_what_is_handed_over_and_changes_nothing():
	held = interaction(responsible=ANA, plan_next=1, next_in=300, next_unit="Days")
	plan(resources=[{"resource": resource().name}], add_to_calendar=1, ends_on="2100-06-01 11:00:00")
	counts = api.preview_hand_over(ANA)
	assert counts == {
		"activities": 1,
		"next_steps": 1,
		"chains": 2,
		"assignments": 1,
		"reminders": 2,
		"bookings": 1,
		"calendar_entries": 1,
		"total": 5,
		"not_allowed": 0,
	}
	assert not frappe.db.exists(HAND_OVER, {"from_user": ANA})
	told = api.hand_over(ANA, IVO)
	assert (told.done_count, told.total) == (5, 5)
	record = frappe.get_doc(HAND_OVER, told.name)
	assert {field: record.get(field) for field in requests.COUNTED} == {
		field: counts[field] for field in requests.COUNTED
	}
	assert (record.asked_by, record.owner, held.responsible) == (VERA, VERA, ANA)


def test_the_assignment_and_the_calendar_follow():
	held = interaction(responsible=ANA, plan_next=1, next_in=300, next_unit="Days", add_to_calendar=1)
	step = frappe.get_doc(held.next_activity_type, held.next_activity)
	assert tasks(step) == [(ANA, "Open")]
	api.hand_over(ANA, IVO)
	assert tasks(step) == [(IVO, "Open")]
	step.reload()
	assert frappe.parse_json(step._assign) == [IVO]
	assert frappe.db.get_value("Event", step.event, "owner") == IVO


def test_an_assignment_on_anothers_activity_goes_too(as_user):
	"""It was made by a third user, so that the manager has no right to the task itself."""
	doc = plan(responsible=MIA)
	as_user(MIA)
	assign_to.add({"assign_to": [ANA], "doctype": doc.doctype, "name": doc.name}, ignore_permissions=True)
	as_user(VERA)
	told = api.hand_over(ANA, IVO)
	assert told.done_count == 1
	assert (tasks(doc), responsible(doc)) == ([(IVO, "Open")], MIA)
	assert timeline(doc) == [(VERA, f"handed the assignment over from ana to ivo ({told.name})")]


def test_names_are_text_in_the_timeline(monkeypatch):
	frappe.db.set_value("User", ANA, "first_name", "Ana <i>Horvat</i>")
	monkeypatch.setattr(frappe.local, "fullnames", {}, raising=False)
	doc = plan()
	api.hand_over(ANA, IVO)
	assert "Ana &lt;i&gt;Horvat" in timeline(doc)[-1][1]


def test_who_has_the_same_task_already_has_it_once():
	doc = plan(responsible=MIA)
	assign_to.add(
		{"assign_to": [ANA, IVO], "doctype": doc.doctype, "name": doc.name}, ignore_permissions=True
	)
	told = api.hand_over(ANA, IVO)
	assert sorted(tasks(doc)) == [(ANA, "Cancelled"), (IVO, "Open")]
	api.undo_hand_over(told.name)
	assert sorted(tasks(doc)) == [(ANA, "Open"), (IVO, "Open")]


def test_a_task_of_his_own_that_the_manager_may_not_see_stays():
	own = frappe.get_doc({"doctype": "ToDo", "description": "Buy flowers", "allocated_to": ANA})
	own.insert(ignore_permissions=True)
	frappe.db.set_value("ToDo", own.name, "assigned_by", ANA)
	plan()
	told = api.hand_over(ANA, IVO)
	assert frappe.db.get_value("ToDo", own.name, "allocated_to") == ANA
	assert told.total == 2


def test_the_successor_is_told_once_and_the_former_one_not_at_all():
	for _number in range(3):
		interaction(responsible=ANA, plan_next=1, next_in=300, next_unit="Days")
	before = frappe.db.count("Notification Log", {"for_user": ("in", (ANA, IVO))})
	told = api.hand_over(ANA, IVO)
	found = frappe.get_all("Notification Log", {"for_user": IVO}, ["subject", "document_name"])
	assert [notification.document_name for notification in found] == [told.name]
	assert "activities 3, chains 3, assignments 3" in found[0].subject
	assert frappe.db.count("Notification Log", {"for_user": ("in", (ANA, IVO))}) == before + 1


def test_it_stands_in_the_timeline_and_in_the_versions(versions):
	doc = plan()
	name = api.hand_over(ANA, IVO).name
	sentence = (VERA, f"handed this over from ana to ivo ({name})")
	assert timeline(doc) == [sentence]
	assert timeline(frappe.get_doc("Interaction Chain", doc.chain)) == [sentence]
	found = frappe.get_all("Version", {"docname": doc.name}, ["owner", "data"])
	assert any(
		["responsible", ANA, IVO] in frappe.parse_json(version.data)["changed"] and version.owner == VERA
		for version in found
	)


def test_a_colleague_who_left_hands_over_too():
	doc = plan()
	frappe.db.set_value("User", ANA, "enabled", 0)
	api.hand_over(ANA, IVO)
	assert responsible(doc) == IVO
