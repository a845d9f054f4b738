"""Handing over in the background, and giving back what was handed over (R26)."""

import frappe
import handing_over
import pytest
from checks import refused
from factories import interaction, user
from frappe.model.dynamic_links import get_dynamic_link_map
from handing_over import (
	ANA,
	HAND_OVER,
	IVO,
	MIA,
	VERA,
	chain_responsible,
	entry_of,
	many,
	only_calls,
	plan,
	responsible,
	tasks,
	timeline,
)

from crm_interactions.api import oversight as api
from crm_interactions.handover import chunks, job, requests

pytestmark = pytest.mark.records_only
people = pytest.fixture(autouse=True)(handing_over.people)
in_one_transaction = pytest.fixture(handing_over.in_one_transaction)


def test_undo_gives_back_exactly_what_was_handed_over():
	held = interaction(responsible=ANA, plan_next=1, next_in=300, next_unit="Days", add_to_calendar=1)
	step = frappe.get_doc(held.next_activity_type, held.next_activity)
	other = plan(responsible=IVO)
	name = api.hand_over(ANA, IVO).name
	told = api.undo_hand_over(name)
	assert (told.status, told.undone_count, told.kept_count) == ("Undone", 3, 0)
	assert (responsible(step), chain_responsible(step), tasks(step)) == (ANA, ANA, [(ANA, "Open")])
	assert frappe.db.get_value("Event", step.event, "owner") == ANA
	assert responsible(other) == IVO
	assert timeline(step)[-1] == (VERA, f"took the hand-over from ana to ivo back ({name})")
	record = frappe.get_doc(HAND_OVER, name)
	assert (record.undone_by, record.running_key) == (VERA, None)


def test_what_changed_since_is_left_alone_and_told():
	changed, over, gone, same = plan(), plan(), plan(), plan()
	name = api.hand_over(ANA, IVO).name
	changed.reload().update({"responsible": MIA}).save()
	over.reload().update({"status": "Held", "starts_on": "2026-01-05 09:00:00"}).save()
	frappe.delete_doc("Interaction", gone.name)
	told = api.undo_hand_over(name)
	assert [responsible(doc) for doc in (changed, over, same)] == [MIA, IVO, ANA]
	# the chain of what was deleted is there, but nobody's
	assert (told.undone_count, told.kept_count) == (4, 4)
	assert entry_of(changed) == {"result": "Kept", "reason": "Somebody changed it since."}
	assert entry_of(over).reason == "It is over by now; who was responsible stays."
	assert entry_of(gone).reason == "It isn't there any more."


def test_undo_twice_is_refused():
	plan()
	name = api.hand_over(ANA, IVO).name
	api.undo_hand_over(name)
	with refused(frappe.ValidationError, "can't be undone now, because it is Undone"):
		api.undo_hand_over(name)


def test_an_activity_that_became_a_meeting_is_given_back_too():
	from crm_interactions.followups import converting

	get_dynamic_link_map()  # the platform remembers for long what links to what
	doc = plan(interaction_type="Planned", participants=[{"full_name": "Ivan Babić", "side": "Theirs"}])
	name = api.hand_over(ANA, IVO).name
	made = converting.convert(frappe.get_doc("Interaction", doc.name), "Meeting")
	assert responsible(made) == IVO
	api.undo_hand_over(name)
	assert responsible(made) == ANA


def test_more_than_a_handful_waits_for_a_worker_and_is_done_by_it(in_one_transaction):
	docs = many(requests.AT_ONCE)
	told = api.hand_over(ANA, IVO)
	assert (told.status, told.total, told.done_count) == ("Queued", 2 * requests.AT_ONCE, 0)
	assert {responsible(doc) for doc in docs} == {ANA}
	job.run_job(told.name)
	assert frappe.session.user == VERA
	record = frappe.get_doc(HAND_OVER, told.name)
	assert (record.status, record.done_count, record.left_count) == ("Done", 2 * requests.AT_ONCE, 0)
	assert {responsible(doc) for doc in docs} == {IVO}
	api.undo_hand_over(told.name)
	job.run_job(told.name)
	assert frappe.db.get_value(HAND_OVER, told.name, "status") == "Undone"
	assert {responsible(doc) for doc in docs} == {ANA}


def test_the_job_has_the_rights_of_who_asked_not_of_who_runs_it(in_one_transaction, as_user):
	docs, hidden = many(11), plan(interaction_type="E-mail")
	only_calls(VERA)
	told = api.hand_over(ANA, IVO)
	as_user("Administrator")
	job.run_job(told.name)
	assert {responsible(doc) for doc in docs} == {IVO}
	assert responsible(hidden) == ANA
	assert frappe.db.get_value("Interaction", docs[0].name, "modified_by") == VERA


def test_rights_that_were_taken_away_meanwhile_stop_it(in_one_transaction, as_user):
	docs = many(11)
	told = api.hand_over(ANA, IVO)
	as_user("Administrator")
	frappe.get_doc("User", VERA).remove_roles("Interaction Manager")
	job.run_job(told.name)
	record = frappe.get_doc(HAND_OVER, told.name)
	assert record.status == "Failed"
	assert "You may hand over only what" in record.problem
	assert {responsible(doc) for doc in docs} == {ANA}
	user(VERA, "Interaction Manager")
	as_user(VERA)
	assert api.continue_hand_over(told.name).status == "Queued"
	job.run_job(told.name)
	assert {responsible(doc) for doc in docs} == {IVO}


def test_what_arrives_while_it_runs_is_handed_over_too():
	many(11)
	name = api.hand_over(ANA, IVO).name
	walk = chunks.begin_walk(name)
	walk.step()
	late = plan(make=interaction, title="A late one")
	while walk.step():
		pass
	assert (responsible(late), chain_responsible(late)) == (IVO, IVO)
	record = frappe.get_doc(HAND_OVER, name)
	assert (record.done_count, record.total) == (24, 24)


def test_one_at_a_time_for_each_colleague(in_one_transaction):
	many(11), many(11, responsible=MIA)
	name = api.hand_over(ANA, IVO).name
	with refused(frappe.ValidationError, "ana.* has is being handed over already"):
		api.hand_over(ANA, MIA)
	api.hand_over(MIA, IVO)
	job.run_job(name)
	many(11)
	assert api.hand_over(ANA, MIA).status == "Queued"


def test_what_is_given_back_waits_its_turn(in_one_transaction):
	plan()
	name = api.hand_over(ANA, IVO).name
	many(11)
	api.hand_over(ANA, IVO)
	with refused(frappe.ValidationError, "ana.* has is being handed over already"):
		api.undo_hand_over(name)
	assert frappe.db.get_value(HAND_OVER, name, "status") == "Done"


def test_a_task_about_what_is_gone_is_passed_over():
	plan()
	for reference in (("Gone With Its App", "x"), ("Interaction", "INT-1999-00001")):
		task = frappe.get_doc({"doctype": "ToDo", "description": "Ask them", "allocated_to": ANA})
		task.insert(ignore_permissions=True)
		values = {"reference_type": reference[0], "reference_name": reference[1]}
		frappe.db.set_value("ToDo", task.name, values)
	assert api.preview_hand_over(ANA)["assignments"] == 0


def test_only_what_failed_goes_on():
	plan()
	name = api.hand_over(ANA, IVO).name
	with refused(frappe.ValidationError, "is Done; only what failed can go on"):
		api.continue_hand_over(name)


def test_the_scheduler_takes_up_what_a_dead_worker_left(monkeypatch):
	many(11)
	name = api.hand_over(ANA, IVO).name
	started = []
	monkeypatch.setattr(job, "queue_job", lambda name, anew=False: started.append((name, anew)))
	chunks.begin_walk(name).step()
	job.go_on()
	assert started == []
	frappe.db.set_value(HAND_OVER, name, "last_sign_on", "2026-01-01 00:00:00")
	job.go_on(), job.go_on()
	assert started == [(name, True)]


def test_how_far_it_is_stands_in_the_record(in_one_transaction):
	many(11)
	name = api.hand_over(ANA, IVO).name
	walk, seen = chunks.begin_walk(name), []
	while walk.step():
		seen.append(frappe.db.get_value(HAND_OVER, name, ["done_count", "total"]))
	assert (11, 22) in seen
	assert seen[-1] == (22, 22)
	assert [done for done, _total in seen] == sorted(done for done, _total in seen)
