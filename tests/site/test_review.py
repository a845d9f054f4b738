"""Review and control in bulk, with a supervisor's permission, and reviews that end on a date (R12)."""

import frappe
import pytest
from frappe.permissions import add_permission, update_permission_property
from frappe.utils import add_days, nowdate

from crm_interactions.api import activity as api
from crm_interactions.followups import converting
from crm_interactions.supervision import bulk_review
from tests.site.checks import comments, refused, stored
from tests.site.factories import change_record, interaction, meeting, user
from tests.site.kinds import CALL_AND_MEETING
from tests.site.supervising import make_leader

CHIEF, RECORDER, LEADER = "chief@example.com", "recorder@example.com", "leader@example.com"


@pytest.fixture(autouse=True)
def people():
	user(CHIEF, "Interaction Manager"), user(RECORDER, "Interaction User")


def named(*docs) -> list[dict]:
	return [{"activity_type": doc.doctype, "activity": doc.name} for doc in docs]


def flags(doc) -> tuple:
	values = stored(doc, ["reviewed", "reviewed_by", "under_control", "control_on", "review_again_on"])
	return tuple(str(value) if hasattr(value, "year") else value for value in values)


def row(doc) -> tuple:
	return frappe.db.get_value("Activity Link", {"activity": doc.name}, ["reviewed", "under_control"])


def test_reviews_can_be_set_and_withdrawn_in_bulk(as_user):
	docs = [interaction(), interaction(completed=1), meeting()]
	as_user(CHIEF)
	assert api.review(named(*docs)) == {"done": [doc.name for doc in docs], "refused": []}
	assert {(*flags(doc)[:2], *row(doc)) for doc in docs} == {(1, CHIEF, 1, 0)}
	api.review(frappe.as_json(named(*docs)), reviewed=0)
	assert {flags(doc)[:2] for doc in docs} == {(0, None)}


def test_control_can_be_set_and_withdrawn_in_bulk_with_a_date(as_user):
	docs = [interaction(), meeting(completed=1)]
	as_user(CHIEF)
	api.control(named(*docs), control_on="2100-12-01")
	assert {flags(doc)[2:4] for doc in docs} == {(1, "2100-12-01")}
	assert row(docs[0]) == (0, 1)
	api.control(named(*docs), under_control=0)
	assert {flags(doc)[2:4] for doc in docs} == {(0, None)}


def test_a_refused_activity_does_not_stop_the_others(as_user):
	fine, broken = interaction(), interaction()
	frappe.db.set_value("Interaction", broken.name, {"how_to_reach": None, "contact": None})
	as_user(CHIEF)
	gone = {"activity_type": "Interaction", "activity": "INT-1999-00001"}
	answer = api.review([*named(broken, fine), gone, {"activity_type": "ToDo", "activity": "x"}])
	assert answer["done"] == [fine.name]
	reasons = {entry["activity"]: entry["reason"] for entry in answer["refused"]}
	assert "Choose a contact person" in reasons[broken.name]
	assert "not found" in reasons["INT-1999-00001"]
	assert "Only Interaction, Meeting can be reviewed" in reasons["x"]
	assert flags(broken)[0] == 0


@pytest.mark.parametrize("what", [{}, "x", ["INT-1"], [{"activity": "INT-1"}], [[1, 2]]])
def test_an_invalid_list_of_activities_is_refused(what):
	with refused(frappe.ValidationError, "Send (each activity as an object|them as a list)"):
		api.review(frappe.as_json(what))


def test_review_and_control_stay_when_an_interaction_becomes_a_meeting(as_user):
	plan = {"interaction_type": "Planned", "status": "Planned", "starts_on": "2100-06-01 10:00:00"}
	doc = interaction(**plan, participants=[{"full_name": "Ivan Babić", "side": "Theirs"}])
	as_user(CHIEF)
	api.review(named(doc), review_again_on="2100-12-02")
	api.control(named(doc), control_on="2100-12-01")
	as_user(RECORDER)
	made = converting.convert(frappe.get_doc("Interaction", doc.name), "Meeting")
	assert flags(made) == (1, CHIEF, 1, "2100-12-01", "2100-12-02")


@CALL_AND_MEETING
def test_a_recorder_cannot_review_or_control(make, as_user):
	as_user(RECORDER)
	doc = make(reviewed=1, under_control=1)
	assert flags(doc) == (0, None, 0, None, None), "not even while recording"
	change_record(doc.reload(), reviewed=1, under_control=1, control_on="2100-12-01")
	assert flags(doc) == (0, None, 0, None, None)
	for answer in (api.review(named(doc)), api.control(named(doc))):
		assert answer["done"] == []
		assert "Only a supervisor can review it. Ask a user with the role" in answer["refused"][0]["reason"]


@CALL_AND_MEETING
def test_a_recorder_cannot_withdraw_a_review(make, as_user):
	doc = make(reviewed=1)
	as_user(RECORDER)
	change_record(frappe.get_doc(doc.doctype, doc.name), reviewed=0, notes="Called again.")
	assert flags(doc)[:2] == (1, "Administrator")
	assert api.review(named(doc), reviewed=0)["done"] == []


def test_a_recorder_sees_reviews(as_user):
	doc = interaction(reviewed=1)
	as_user(RECORDER)
	(seen,) = frappe.get_list("Interaction", {"name": doc.name, "reviewed": 1}, ["reviewed", "reviewed_by"])
	assert (seen.reviewed, seen.reviewed_by) == (1, "Administrator")


def test_a_supervisor_can_review_activities_of_their_reports_only(as_user):
	user(LEADER, "Interaction User")
	make_leader(LEADER, RECORDER)
	own, others = interaction(responsible=RECORDER, completed=1), interaction(responsible=CHIEF)
	as_user(LEADER)
	assert api.review(named(own, others))["done"] == [own.name]
	assert flags(own)[:2] == (1, LEADER)
	assert flags(others)[0] == 0


def test_the_permission_can_be_granted_to_a_role(as_user):
	doc = interaction()
	add_permission("Interaction", "Interaction User", 2)
	update_permission_property("Interaction", "Interaction User", 2, "write", 1)
	as_user(RECORDER)
	assert api.review(named(doc))["done"] == [doc.name]


def test_a_review_ends_on_its_date(as_user, in_one_transaction):
	docs = [interaction(completed=1), meeting()]
	tomorrow = add_days(nowdate(), 1)
	as_user(CHIEF)
	api.review(named(*docs), review_again_on=tomorrow)
	assert {flags(doc) for doc in docs} == {(1, CHIEF, 0, None, tomorrow)}
	as_user("Administrator")
	bulk_review.take_back_due()
	assert {flags(doc)[0] for doc in docs} == {1}
	for doc in docs:
		frappe.db.set_value(doc.doctype, doc.name, "review_again_on", nowdate())
	bulk_review.take_back_due()
	for doc in docs:
		assert (flags(doc), row(doc)) == ((0, None, 0, None, None), (0, 0))
		(comment,) = comments(doc, comment_type="Info")
		assert "ended the review, which was due again on" in comment and "last reviewed by chief" in comment
	bulk_review.take_back_due()
	assert len(comments(docs[0], comment_type="Info")) == 1


def test_a_review_of_an_invalid_activity_ends_too(in_one_transaction):
	doc = interaction(reviewed=1, review_again_on=add_days(nowdate(), 1))
	broken = {"how_to_reach": None, "contact": None, "review_again_on": nowdate()}
	frappe.db.set_value("Interaction", doc.name, broken)
	bulk_review.take_back_due()
	assert flags(doc)[0] == 0


def test_a_review_renewed_during_the_job_stays(in_one_transaction, monkeypatch):
	"""While the job waits for the chain, the supervisor sets a later day."""
	doc = interaction(reviewed=1, review_again_on=add_days(nowdate(), 1))
	frappe.db.set_value("Interaction", doc.name, "review_again_on", nowdate())
	later = ("Interaction", doc.name, "review_again_on", add_days(nowdate(), 9))
	monkeypatch.setattr(bulk_review.locks, "hold_chain_if_exists", lambda _chain: frappe.db.set_value(*later))
	bulk_review.take_back_due()
	assert flags(doc)[0] == 1


@pytest.mark.parametrize("days", [0, -1])
def test_a_date_that_is_not_in_the_future_is_refused(days):
	doc = interaction()
	with refused(frappe.ValidationError, "isn't in the future. Choose a later day"):
		change_record(doc, reviewed=1, review_again_on=add_days(nowdate(), days))


def test_withdrawing_a_review_clears_its_date():
	doc = interaction(reviewed=1, review_again_on=add_days(nowdate(), 9))
	assert change_record(doc, reviewed=0).review_again_on is None
	assert interaction(review_again_on=add_days(nowdate(), 9)).review_again_on is None
