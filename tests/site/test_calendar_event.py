"""*Add to Calendar* keeps an Event in the responsible user's calendar in step with the activity (R24)."""

from datetime import timedelta

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.journal import writer
from crm_interactions.recording import rebuild
from tests.site.factories import change_record, contact, interaction, next_step_of, partner, record, user
from tests.site.in_calendar import ELEVEN, IVO, MARTA, NINE, NOON, TEN, change_event, event_of
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only


@CALL_AND_MEETING
def test_add_to_calendar_creates_an_event_of_the_responsible_user(make, calendar_users, consistent):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=NOON, add_to_calendar=1)
	event = event_of(doc)
	assert (event.owner, event.event_type, event.status) == (MARTA, "Private", "Open")
	assert (event.starts_on, event.ends_on, event.all_day) == (TEN, NOON, 0)
	assert event.subject == f"{doc.party_name}: {doc.title}"
	assert (event.reference_doctype, event.reference_docname) == (doc.doctype, doc.name)
	assert not event.send_reminder


def test_the_event_names_partner_contact_and_phone_number(planned_call):
	event = event_of(planned_call)
	for part in (planned_call.party_name, "Ana Horvat", planned_call.how_to_reach, planned_call.name):
		assert part in event.description, part
	assert event.event_category == "Call"


def test_the_event_escapes_its_description(calendar_users):
	doc = interaction(title="<i>a</i>", how_to_reach="<b>b</b>@example.com", starts_on=TEN, add_to_calendar=1)
	assert "<b>" not in event_of(doc).description


@pytest.mark.parametrize(
	"given, ends_on",
	[
		({}, TEN + timedelta(minutes=30)),
		({"duration": 5400}, TEN + timedelta(minutes=90)),
		({"ends_on": NOON}, NOON),
	],
)
def test_the_length_of_the_event_follows_the_activity(given, ends_on, calendar_users):
	doc = interaction(starts_on=TEN, interaction_type="SMS", add_to_calendar=1, **given)
	assert event_of(doc).ends_on == ends_on


def test_the_event_is_created_and_deleted_with_a_later_change_of_the_option(calendar_users):
	doc = interaction(starts_on=TEN)
	assert not doc.event
	assert not frappe.db.exists("Event", {"reference_docname": doc.name})
	event = change_record(doc, add_to_calendar=1).event
	assert frappe.db.exists("Event", event)
	change_record(doc, add_to_calendar=0)
	assert not doc.event
	assert not frappe.db.exists("Event", event)
	assert not doc.reload().event


def test_the_event_follows_time_title_and_partner(planned_call):
	event = planned_call.event
	other = partner("Druga d.o.o.")
	of = {"party_type": other.doctype, "party": other.name, "contact": contact(other, first_name="Iva").name}
	change_record(planned_call, starts_on=ELEVEN, title="About the offer", **of)
	after = event_of(planned_call)
	assert after.name == event
	assert (after.starts_on, after.ends_on) == (ELEVEN, ELEVEN + timedelta(minutes=30))
	assert after.subject == "Druga d.o.o.: About the offer"
	assert "Iva Horvat" in after.description


def test_the_event_moves_to_the_calendar_of_a_new_responsible_user(planned_call):
	event = planned_call.event
	change_record(planned_call, responsible=IVO)
	assert (event_of(planned_call).name, event_of(planned_call).owner) == (event, IVO)


@pytest.mark.parametrize(
	"statuses, shown",
	[
		*(("Held", "Completed"), ("Not Held", "Cancelled"), ("Cancelled", "Cancelled"), ("Planned", "Open")),
		("Cancelled, Planned", "Open"),
	],
)
def test_the_event_follows_the_status(planned_call, statuses, shown):
	for status in statuses.split(", "):
		change_record(planned_call, status=status)
	assert event_of(planned_call).status == shown


def test_completing_the_activity_completes_the_event(planned_call):
	api.complete(planned_call.doctype, planned_call.name)
	assert event_of(planned_call).status == "Completed"


def test_saving_again_does_not_change_the_event(planned_call):
	modified = event_of(planned_call).modified
	planned_call.save().save()
	assert event_of(planned_call).modified == modified
	assert frappe.db.count("Event", {"reference_docname": planned_call.name}) == 1


def test_subject_and_description_edited_in_the_event_stay(planned_call):
	event = change_event(planned_call, subject="Ana!", description="bring the samples")
	change_record(planned_call, starts_on=ELEVEN)
	event.reload()
	assert (event.subject, event.description, event.starts_on) == ("Ana!", "bring the samples", ELEVEN)


def test_a_client_cannot_choose_the_event(planned_call):
	other = record("Event", subject="Dentist", starts_on=TEN)
	event = planned_call.event
	change_record(planned_call, event=other.name)
	assert event_of(planned_call).name == event
	assert not interaction(starts_on=TEN, event=other.name).event


def test_a_copy_gets_an_event_of_its_own(planned_call):
	assert frappe.copy_doc(planned_call).insert().event not in (None, planned_call.event)


def test_rescheduling_a_colleagues_activity_moves_the_colleagues_event(planned_call, as_user):
	as_user(IVO)
	doc = change_record(frappe.get_doc(planned_call.doctype, planned_call.name), starts_on=ELEVEN)
	assert frappe.db.get_value("Event", doc.event, "starts_on") == ELEVEN
	assert not frappe.has_permission("Event", "read", doc=doc.event)
	as_user(MARTA)
	assert frappe.has_permission("Event", "write", doc=doc.event)


def test_an_event_owner_without_write_permission_cannot_move_the_activity(planned_call, as_user):
	stranger = user("stranger.calendar@example.com").name
	frappe.db.set_value("Event", planned_call.event, "owner", stranger)
	as_user(stranger)
	event = frappe.get_doc("Event", planned_call.event)
	with pytest.raises(frappe.PermissionError):
		change_record(event, starts_on=NINE)
	assert frappe.db.get_value(planned_call.doctype, planned_call.name, "starts_on") == TEN


def test_a_follow_up_gets_an_event_too(planned_call):
	call = {"next_in": 2, "next_unit": "Days", "next_type": "Phone Call"}
	follow_up = next_step_of(api.complete(planned_call.doctype, planned_call.name, then="plan", next=call))
	assert follow_up.add_to_calendar
	assert follow_up.event not in (None, planned_call.event)
	assert event_of(follow_up).owner == MARTA


def test_an_interaction_converted_to_a_meeting_keeps_its_event(planned_call, consistent):
	event = planned_call.event
	answer = api.convert(planned_call.doctype, planned_call.name, "Meeting")
	new = frappe.get_doc(answer["doctype"], answer["name"])
	shown = event_of(new)
	assert shown.name == event
	assert (shown.reference_doctype, shown.reference_docname) == ("Meeting", new.name)
	assert new.name in shown.description
	assert shown.event_category == "Meeting"
	assert frappe.db.count("Event", {"reference_docname": ("in", (planned_call.name, new.name))}) == 1
	change_event(new, starts_on=NINE, ends_on=TEN)
	assert new.starts_on == NINE


def test_deleting_the_activity_deletes_the_event(planned_call):
	frappe.delete_doc(planned_call.doctype, planned_call.name)
	assert not frappe.db.exists("Event", planned_call.event)


def test_an_activity_with_a_cancelled_event_can_be_deleted(planned_call):
	event = change_event(planned_call, status="Cancelled")
	frappe.delete_doc(planned_call.doctype, planned_call.name)
	assert not frappe.db.get_value("Event", event.name, "reference_docname")


def test_the_event_gets_no_journal_row(planned_call, consistent):
	assert not writer.find_row("Event", planned_call.event)
	event_of(planned_call).save()
	rebuild()
	assert not writer.find_row("Event", planned_call.event)


def test_an_event_that_comes_to_refer_to_an_activity_leaves_the_journal(calendar_users, consistent):
	event = record("Event", subject="Call Ana", starts_on=TEN)
	assert writer.find_row("Event", event.name)
	doc = interaction(starts_on=TEN)
	change_record(event, reference_doctype=doc.doctype, reference_docname=doc.name)
	assert not writer.find_row("Event", event.name)


def test_other_events_can_be_cancelled_and_deleted():
	event = change_record(record("Event", subject="Dentist", starts_on=TEN), status="Cancelled")
	frappe.delete_doc("Event", event.name)
