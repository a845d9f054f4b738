"""Reopening an activity that was completed by mistake restores its state before the completion (R9)."""

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from crm_interactions.api import activity as api
from crm_interactions.api import chain as chain_api
from tests.site.checks import stored, tasks
from tests.site.factories import change_record, interaction, meeting, next_step_of, resource, user
from tests.site.in_calendar import event_of
from tests.site.inviting import invited, queue
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
TIME = ("starts_on", "ends_on", "duration")
STATE = ("status", *TIME, "completed", "completed_by", "completed_on", "before_completion")
PERIODS = {
	"later": ("2099-11-23 10:00:00", "2099-11-23 11:30:00"),
	"without an end": ("2099-11-23 10:00:00", None),
	"late": ("2024-03-01 10:00:00", "2024-03-01 11:00:00"),
}


def with_checkbox(doc):
	change_record(frappe.get_doc(doc.doctype, doc.name), completed=0)


def with_button(doc):
	api.reopen(doc.doctype, doc.name, "Wrong button")


DOORS = pytest.mark.parametrize("reopen", [with_button, with_checkbox])


def complete(doc, **more):
	api.complete(doc.doctype, doc.name, **more)
	return doc.reload()


@CALL_AND_MEETING
@DOORS
@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_status_and_time_are_as_before(make, reopen, period):
	starts_on, ends_on = period
	doc = make(status="Planned", starts_on=starts_on, ends_on=ends_on, duration=1800).reload()
	before = stored(doc, STATE)
	assert complete(doc).status == "Held"
	reopen(doc)
	assert stored(doc, STATE) == before


@DOORS
def test_a_held_activity_stays_held(reopen):
	doc = interaction(status="Held", starts_on="2024-03-01 10:00:00").reload()
	before = stored(doc, STATE)
	reopen(complete(doc))
	assert stored(doc, STATE) == before


@DOORS
def test_calendar_and_journal_are_as_before(reopen):
	doc = interaction(status="Planned", starts_on="2099-11-23 10:00:00", add_to_calendar=1)
	shown = ("status", "starts_on", "ends_on", "owner")
	before = [event_of(doc).get(field) for field in shown]
	assert event_of(complete(doc)).status == "Completed"
	reopen(doc)
	assert [event_of(doc).get(field) for field in shown] == before
	row = frappe.db.get_value("Activity Link", {"activity": doc.name}, ["status", "activity_date"])
	assert row == ("Planned", doc.starts_on)


@DOORS
def test_the_assignments_that_the_completion_closed_are_open_again(reopen, marta):
	doc = next_step_of(interaction(plan_next=1, next_in=2, next_unit="Days", responsible=marta.name))
	for email in ("ivo@example.com", "ana@example.com"):
		frappe.desk.form.assign_to.add(
			{
				"doctype": doc.doctype,
				"name": doc.name,
				"assign_to": [user(email, "Interaction User").name],
			}
		)
	finished = frappe.get_doc("ToDo", {"reference_name": doc.name, "allocated_to": "ivo@example.com"})
	change_record(finished, status="Closed")
	before, assigned = sorted(tasks(doc)), stored(doc, "_assign")
	assert {status for _user, status in tasks(complete(doc.reload()))} == {"Closed"}
	reopen(doc)
	assert sorted(tasks(doc)) == before
	assert sorted(frappe.parse_json(stored(doc, "_assign"))) == sorted(frappe.parse_json(assigned))


def test_an_assignment_that_was_cancelled_since_stays_cancelled(marta):
	doc = complete(
		next_step_of(interaction(plan_next=1, next_in=2, next_unit="Days", responsible=marta.name))
	)
	task = frappe.get_doc("ToDo", {"reference_name": doc.name})
	change_record(task, status="Cancelled")
	with_button(doc)
	assert tasks(doc) == [(marta.name, "Cancelled")]


def test_a_time_that_was_changed_since_stays():
	doc = complete(interaction(status="Planned", starts_on="2099-11-23 10:00:00"))
	frappe.db.set_value(doc.doctype, doc.name, "starts_on", "2024-03-01 10:00:00")
	with_button(doc)
	assert str(stored(doc, "starts_on")) == "2024-03-01 10:00:00"
	assert stored(doc, "status") == "Planned"


@DOORS
def test_invited_participants_hear_nothing_of_the_round_trip(reopen, mail_account):
	doc = invited()
	told = stored(doc, ("invitation_state", "invitation_sequence", "invited_on"))
	reopen(complete(doc))
	assert not queue(doc)
	assert stored(doc, ("invitation_state", "invitation_sequence", "invited_on")) == told


@DOORS
def test_a_resource_stays_booked(reopen):
	room = resource("Small Room").name
	doc = meeting(status="Planned", starts_on="2099-11-23 10:00:00", resources=[{"resource": room}])
	reopen(complete(doc))
	assert doc.reload().resources[0].holds == 1


@DOORS
def test_the_chain_that_the_completion_closed_is_open_again(reopen):
	doc = complete(interaction(status="Planned", starts_on="2099-11-23 10:00:00"), then="close")
	reopen(doc)
	assert frappe.db.get_value("Interaction Chain", doc.chain, "status") == "Open"


def test_a_chain_that_was_closed_again_since_stays_closed():
	doc = complete(interaction(), then="close")
	chain_api.reopen(doc.chain)
	chain_api.close(doc.chain, "Bought elsewhere")
	with_button(doc)
	assert frappe.db.get_value("Interaction Chain", doc.chain, "status") == "Closed"


@DOORS
def test_a_next_step_before_the_restored_time_does_not_block(reopen):
	"""It was planned for tomorrow when the activity of the next week was completed today."""
	doc = interaction(status="Planned", starts_on=add_to_date(now_datetime(), days=7))
	complete(doc, then="plan", next={"next_in": 1, "next_unit": "Days"})
	reopen(doc)
	assert doc.reload().next_activity
	change_record(doc, notes="<p>Corrected</p>")
	with pytest.raises(frappe.ValidationError, match="is before this activity"):
		change_record(doc, next_on=add_to_date(now_datetime(), days=2))


def test_reopening_restores_the_last_completion():
	doc = complete(interaction(status="Planned", starts_on="2099-11-23 10:00:00"))
	with_button(doc)
	change_record(doc.reload(), starts_on="2099-12-01 10:00:00")
	with_button(complete(doc))
	assert str(stored(doc, "starts_on")) == "2099-12-01 10:00:00"


def test_many_are_reopened_each_on_its_own():
	docs = [complete(interaction(status="Planned", starts_on="2024-03-01 10:00:00")) for _each in range(2)]
	held = interaction()
	answer = api.reopen_many("Interaction", [docs[0].name, held.name, docs[1].name], "Undone")
	assert answer["done"] == [doc.name for doc in docs]
	assert "isn't completed" in answer["refused"][0]["reason"]
	assert {doc.reload().status for doc in docs} == {"Planned"}


def test_many_are_reopened_with_the_right_only():
	doc = complete(interaction())
	user("rep@example.com", "Interaction User")
	frappe.set_user("rep@example.com")
	assert api.reopen_many("Interaction", [doc.name])["refused"]
	assert doc.reload().completed
