"""Reopening needs a permission of its own and leaves a trace (R9)."""

import frappe
import pytest
from frappe.permissions import add_permission, update_permission_property
from frappe.utils import now_datetime

from crm_interactions.api import activity as api
from crm_interactions.exceptions import CompletedError
from tests.site.checks import refused, timeline
from tests.site.factories import change_record, interaction, user
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
RECORDER, CHIEF = "recorder@example.com", "chief@example.com"


@pytest.fixture
def people():
	user(RECORDER, "Interaction User", first_name="Rita")
	user(CHIEF, "Interaction Manager", first_name="Karl")


@CALL_AND_MEETING
def test_completing_records_user_status_and_outcome(make, people, as_user):
	doc = make()
	as_user(RECORDER)
	answer = api.complete(doc.doctype, doc.name, outcome="Successful")
	assert (answer["name"], answer["status"], answer["completed_by"]) == (doc.name, "Held", RECORDER)
	assert frappe.db.get_value(doc.doctype, doc.name, ["completed", "outcome"]) == (1, "Successful")


def test_completing_without_an_outcome_keeps_the_existing_one():
	doc = interaction(outcome="Offer Sent")
	api.complete("Interaction", doc.name)
	assert frappe.db.get_value("Interaction", doc.name, "outcome") == "Offer Sent"


@CALL_AND_MEETING
def test_a_second_completion_is_refused_and_keeps_the_first(make, people, as_user):
	doc = make()
	as_user(RECORDER)
	api.complete(doc.doctype, doc.name)
	as_user(CHIEF)
	with refused(CompletedError, "was already completed by .*Rita.* Reload to see it"):
		api.complete(doc.doctype, doc.name, outcome="No Answer")
	assert frappe.db.get_value(doc.doctype, doc.name, "completed_by") == RECORDER


@CALL_AND_MEETING
def test_a_manager_can_reopen_and_leaves_a_trace(make, people, as_user, versions):
	doc = make(completed=1)
	as_user(CHIEF)
	answer = api.reopen(doc.doctype, doc.name, reason="The <b>price</b> was wrong")
	assert (answer["name"], answer["reopened_by"]) == (doc.name, CHIEF)
	doc.reload()
	assert (doc.completed, doc.completed_by, doc.completed_on) == (0, None, None)
	assert (doc.reopened_by, doc.reopen_reason) == (CHIEF, "The &lt;b>price&lt;/b> was wrong")
	assert abs((now_datetime() - doc.reopened_on).total_seconds()) < 60
	assert timeline(doc) == [(CHIEF, "reopened this. Reason: The &lt;b&gt;price&lt;/b&gt; was wrong")]
	assert {"completed", "reopened_by"} <= _changed_according_to_the_version(doc)


def test_the_trace_stays_after_the_next_completion(people, as_user):
	doc = interaction(completed=1)
	as_user(CHIEF)
	api.reopen("Interaction", doc.name, reason="Price")
	change_record(doc.reload(), title="Price of two pumps")
	api.complete("Interaction", doc.name)
	doc.reload()
	assert (doc.completed_by, doc.reopened_by, doc.reopen_reason) == (CHIEF, CHIEF, "Price")
	with refused(CompletedError, "is completed"):
		change_record(doc, title="Once more")


@CALL_AND_MEETING
def test_a_user_without_the_permission_cannot_reopen(make, people, as_user):
	doc = make(completed=1)
	as_user(RECORDER)
	with refused(frappe.PermissionError, "You may not reopen .* Ask a user with the role"):
		api.reopen(doc.doctype, doc.name)
	own = frappe.get_doc(doc.doctype, doc.name)
	with refused(frappe.PermissionError, "You may not reopen"):
		change_record(own, completed=0)


def test_clearing_the_checkbox_reopens_with_the_same_trace(people, as_user):
	doc = interaction(completed=1)
	as_user(CHIEF)
	doc = change_record(frappe.get_doc("Interaction", doc.name), completed=0).reload()
	assert (doc.completed_by, doc.reopened_by) == (None, CHIEF)
	assert timeline(doc) == [(CHIEF, "reopened this")]


def test_the_reviewer_cannot_be_forged_while_reopening(people, as_user):
	name = interaction(completed=1).name
	as_user(CHIEF)
	doc = frappe.get_doc("Interaction", name)
	doc.update({"completed": 0, "reviewed": 1, "reviewed_by": RECORDER, "reviewed_on": "2020-01-01"})
	doc.save().reload()
	assert doc.reviewed_by == CHIEF
	assert doc.reviewed_on.year > 2020


@CALL_AND_MEETING
def test_an_open_activity_cannot_be_reopened(make):
	doc = make()
	with refused(frappe.ValidationError, "isn't completed and can't be reopened"):
		api.reopen(doc.doctype, doc.name)


@pytest.mark.changes_metadata
def test_an_administrator_can_grant_the_permission_to_a_role(people, as_user):
	doc = interaction(completed=1)
	add_permission("Interaction", "Interaction User", 2)
	update_permission_property("Interaction", "Interaction User", 2, "write", 1)
	frappe.clear_cache(doctype="Interaction")
	as_user(RECORDER)
	assert api.reopen("Interaction", doc.name)["reopened_by"] == RECORDER


@pytest.mark.changes_metadata
def test_an_administrator_can_withdraw_the_permission_from_a_role(people, as_user):
	doc = interaction(completed=1)
	update_permission_property("Interaction", "Interaction Manager", 2, "write", 0)
	frappe.clear_cache(doctype="Interaction")
	as_user(CHIEF)
	with refused(frappe.PermissionError, "You may not reopen"):
		api.reopen("Interaction", doc.name)


def _changed_according_to_the_version(doc) -> set[str]:
	data = frappe.get_all("Version", {"ref_doctype": doc.doctype, "docname": doc.name}, pluck="data")
	return {change[0] for text in data for change in frappe.parse_json(text).get("changed", [])}
