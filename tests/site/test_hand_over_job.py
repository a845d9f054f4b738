"""Hand-overs in the background, and undoing them (R26)."""

import frappe
import pytest
from frappe.model.dynamic_links import get_dynamic_link_map

from crm_interactions.api import oversight as api
from crm_interactions.handover import chunks, job, requests
from tests.site.checks import chain_responsible, refused, responsible, tasks, timeline
from tests.site.factories import change_record, next_step_of, user
from tests.site.handing_over import HAND_OVER, entry_of, many, only_calls, plan, with_step
from tests.site.people import ANA, IVO, MIA, VERA

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("manager")]


def test_undo_returns_exactly_the_handed_over_documents():
	step, other = next_step_of(with_step(add_to_calendar=1)), plan(responsible=IVO)
	name = api.hand_over(ANA, IVO).name
	result = api.undo_hand_over(name)
	assert (result.status, result.undone_count, result.kept_count) == ("Undone", 3, 0)
	assert (responsible(step), chain_responsible(step), tasks(step)) == (ANA, ANA, [(ANA, "Open")])
	assert frappe.db.get_value("Event", step.event, "owner") == ANA
	assert responsible(other) == IVO
	assert timeline(step)[-1] == (VERA, f"undid the hand-over from ana to ivo ({name})")
	assert frappe.db.get_value(HAND_OVER, name, ["undone_by", "running_key"]) == (VERA, None)


def test_undo_keeps_documents_changed_since_and_reports_them():
	changed, over, gone, same = plan(), plan(), plan(), plan()
	name = api.hand_over(ANA, IVO).name
	change_record(changed.reload(), responsible=MIA)
	change_record(over.reload(), status="Held", starts_on="2026-01-05 09:00:00")
	frappe.delete_doc("Interaction", gone.name)
	result = api.undo_hand_over(name)
	assert [responsible(doc) for doc in (changed, over, same)] == [MIA, IVO, ANA]
	# the chain of the deleted activity remains without a responsible user
	assert (result.undone_count, result.kept_count) == (4, 4)
	assert entry_of(changed) == {"result": "Kept", "reason": "It was changed after the hand-over."}
	assert entry_of(over).reason == "It is no longer open, so its responsible user stays."
	assert entry_of(gone).reason == "It no longer exists."


def test_undo_twice_is_refused():
	plan()
	name = api.hand_over(ANA, IVO).name
	api.undo_hand_over(name)
	with refused(frappe.ValidationError, "is Undone and can't be undone"):
		api.undo_hand_over(name)


def test_undo_returns_an_activity_that_was_converted_to_a_meeting():
	from crm_interactions.followups import converting

	get_dynamic_link_map()  # Frappe caches the map of dynamic links
	doc = plan(interaction_type="Planned", participants=[{"full_name": "Ivan Babić", "side": "Theirs"}])
	name = api.hand_over(ANA, IVO).name
	made = converting.convert(frappe.get_doc("Interaction", doc.name), "Meeting")
	assert responsible(made) == IVO
	api.undo_hand_over(name)
	assert responsible(made) == ANA


def test_a_large_hand_over_runs_in_a_background_job(in_one_transaction):
	docs = many(requests.AT_ONCE)
	result = api.hand_over(ANA, IVO)
	assert (result.status, result.total, result.done_count) == ("Queued", 2 * requests.AT_ONCE, 0)
	assert {responsible(doc) for doc in docs} == {ANA}
	job.run_job(result.name)
	assert frappe.session.user == VERA
	counts = frappe.db.get_value(HAND_OVER, result.name, ["status", "done_count", "left_count"])
	assert counts == ("Done", 2 * requests.AT_ONCE, 0)
	assert {responsible(doc) for doc in docs} == {IVO}
	api.undo_hand_over(result.name)
	job.run_job(result.name)
	assert frappe.db.get_value(HAND_OVER, result.name, "status") == "Undone"
	assert {responsible(doc) for doc in docs} == {ANA}


def test_the_job_has_the_permissions_of_the_requester(in_one_transaction, as_user):
	docs, hidden = many(11), plan(interaction_type="E-mail")
	only_calls(VERA)
	result = api.hand_over(ANA, IVO)
	as_user("Administrator")
	job.run_job(result.name)
	assert {responsible(doc) for doc in docs} == {IVO}
	assert responsible(hidden) == ANA
	assert frappe.db.get_value("Interaction", docs[0].name, "modified_by") == VERA


def test_the_job_fails_if_the_requester_has_lost_the_permission(in_one_transaction, as_user):
	docs = many(11)
	result = api.hand_over(ANA, IVO)
	as_user("Administrator")
	frappe.get_doc("User", VERA).remove_roles("Interaction Manager")
	job.run_job(result.name)
	status, problem = frappe.db.get_value(HAND_OVER, result.name, ["status", "problem"])
	assert status == "Failed"
	assert "You can hand over only the work" in problem
	assert {responsible(doc) for doc in docs} == {ANA}
	user(VERA, "Interaction Manager")
	as_user(VERA)
	assert api.continue_hand_over(result.name).status == "Queued"
	job.run_job(result.name)
	assert {responsible(doc) for doc in docs} == {IVO}


def test_activities_planned_during_the_job_are_handed_over_too():
	many(11)
	name = api.hand_over(ANA, IVO).name
	walk = chunks.begin_walk(name)
	walk.step()
	late = plan(title="A late one")
	while walk.step():
		pass
	assert (responsible(late), chain_responsible(late)) == (IVO, IVO)
	assert frappe.db.get_value(HAND_OVER, name, ["done_count", "total"]) == (24, 24)


def test_each_user_has_one_running_hand_over_at_a_time(in_one_transaction):
	many(11), many(11, responsible=MIA)
	name = api.hand_over(ANA, IVO).name
	with refused(frappe.ValidationError, "Another hand-over of .*ana.* is already running"):
		api.hand_over(ANA, MIA)
	api.hand_over(MIA, IVO)
	job.run_job(name)
	many(11)
	assert api.hand_over(ANA, MIA).status == "Queued"


def test_undo_is_refused_while_another_hand_over_of_the_user_is_running(in_one_transaction):
	plan()
	name = api.hand_over(ANA, IVO).name
	many(11)
	api.hand_over(ANA, IVO)
	with refused(frappe.ValidationError, "Another hand-over of .*ana.* is already running"):
		api.undo_hand_over(name)
	assert frappe.db.get_value(HAND_OVER, name, "status") == "Done"


def test_a_task_about_a_missing_document_is_skipped():
	plan()
	for doctype, name in (("Gone With Its App", "x"), ("Interaction", "INT-1999-00001")):
		task = frappe.get_doc({"doctype": "ToDo", "description": "Ask them", "allocated_to": ANA})
		task.insert(ignore_permissions=True)
		frappe.db.set_value("ToDo", task.name, {"reference_type": doctype, "reference_name": name})
	assert api.preview_hand_over(ANA)["assignments"] == 0


def test_only_a_failed_hand_over_can_be_resumed():
	plan()
	name = api.hand_over(ANA, IVO).name
	with refused(frappe.ValidationError, "is Done. Only a failed hand-over can be resumed"):
		api.continue_hand_over(name)


def test_the_scheduler_restarts_the_job_of_a_dead_worker_once(monkeypatch):
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


def test_the_record_shows_the_progress_of_the_job(in_one_transaction):
	many(11)
	name = api.hand_over(ANA, IVO).name
	walk, seen = chunks.begin_walk(name), []
	while walk.step():
		seen.append(frappe.db.get_value(HAND_OVER, name, ["done_count", "total"]))
	assert (11, 22) in seen
	assert seen[-1] == (22, 22)
	assert [done for done, _total in seen] == sorted(done for done, _total in seen)
