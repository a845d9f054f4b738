"""*Add to Calendar* keeps an Event in the responsible user's calendar in step with the activity (R24)."""

from datetime import timedelta

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.journal import writer
from crm_interactions.recording import rebuild
from tests.site import in_calendar
from tests.site.chain_checks import assert_consistent
from tests.site.factories import contact, interaction, partner, user
from tests.site.in_calendar import ELEVEN, IVO, MAKERS, MARTA, NINE, NOON, TEN, event_of

pytestmark = pytest.mark.records_only
people = pytest.fixture(in_calendar.people)
plan = pytest.fixture(in_calendar.plan)


@MAKERS
def test_add_to_calendar_creates_an_event_of_the_responsible_user(make, people):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=NOON, add_to_calendar=1)
	event = event_of(doc)
	assert (event.owner, event.event_type, event.status) == (MARTA, "Private", "Open")
	assert (event.starts_on, event.ends_on, event.all_day) == (TEN, NOON, 0)
	assert event.subject == f"{doc.party_name}: {doc.title}"
	assert (event.reference_doctype, event.reference_docname) == (doc.doctype, doc.name)
	assert not event.send_reminder
	assert_consistent()


def test_the_event_names_partner_contact_and_phone_number(plan):
	event = event_of(plan)
	for part in (plan.party_name, "Ana Horvat", plan.how_to_reach, plan.name):
		assert part in event.description, part
	assert event.event_category == "Call"


def test_the_event_escapes_its_description(people):
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
def test_the_length_of_the_event_follows_the_activity(given, ends_on, people):
	doc = interaction(starts_on=TEN, interaction_type="SMS", add_to_calendar=1, **given)
	assert event_of(doc).ends_on == ends_on


def test_without_add_to_calendar_there_is_no_event():
	doc = interaction(starts_on=TEN)
	assert not doc.event
	assert not frappe.db.exists("Event", {"reference_docname": doc.name})


def test_the_event_is_created_and_deleted_with_a_later_change_of_the_option(people):
	doc = interaction(starts_on=TEN)
	doc.add_to_calendar = 1
	doc.save()
	event = doc.event
	assert frappe.db.exists("Event", event)
	doc.add_to_calendar = 0
	doc.save()
	assert not doc.event
	assert not frappe.db.exists("Event", event)
	doc.reload()
	assert not doc.event


def test_the_event_follows_time_title_and_partner(plan):
	event = plan.event
	other = partner("Druga d.o.o.")
	ana = contact(other, first_name="Iva")
	plan.update(
		{
			"starts_on": ELEVEN,
			"title": "About the offer",
			"party_type": other.doctype,
			"party": other.name,
			"contact": ana.name,
		}
	)
	plan.save()
	after = event_of(plan)
	assert after.name == event
	assert (after.starts_on, after.ends_on) == (ELEVEN, ELEVEN + timedelta(minutes=30))
	assert after.subject == "Druga d.o.o.: About the offer"
	assert "Iva Horvat" in after.description


def test_the_event_moves_to_the_calendar_of_a_new_responsible_user(plan):
	event = plan.event
	plan.responsible = IVO
	plan.save()
	assert (event_of(plan).name, event_of(plan).owner) == (event, IVO)


@pytest.mark.parametrize(
	"status, shown",
	[("Held", "Completed"), ("Not Held", "Cancelled"), ("Cancelled", "Cancelled"), ("Planned", "Open")],
)
def test_the_event_follows_the_status(plan, status, shown):
	plan.status = status
	plan.save()
	assert event_of(plan).status == shown


def test_completing_the_activity_completes_the_event(plan):
	api.complete(plan.doctype, plan.name)
	assert event_of(plan).status == "Completed"


def test_planning_the_activity_again_reopens_the_event(plan):
	for status in ("Cancelled", "Planned"):
		plan.status = status
		plan.save()
	assert event_of(plan).status == "Open"


def test_saving_again_does_not_change_the_event(plan):
	modified = event_of(plan).modified
	plan.save()
	plan.save()
	assert event_of(plan).modified == modified
	assert frappe.db.count("Event", {"reference_docname": plan.name}) == 1


def test_subject_and_description_edited_in_the_event_stay(plan):
	event = event_of(plan)
	event.update({"subject": "Ana!", "description": "bring the samples"})
	event.save()
	plan.reload()
	plan.starts_on = ELEVEN
	plan.save()
	event.reload()
	assert (event.subject, event.description, event.starts_on) == ("Ana!", "bring the samples", ELEVEN)


def test_a_client_cannot_choose_the_event(plan):
	other = frappe.get_doc({"doctype": "Event", "subject": "Dentist", "starts_on": TEN}).insert()
	event = plan.event
	plan.event = other.name
	plan.save()
	assert event_of(plan).name == event
	assert not interaction(starts_on=TEN, event=other.name).event


def test_a_copy_gets_an_event_of_its_own(plan):
	copy = frappe.copy_doc(plan).insert()
	assert copy.event not in (None, plan.event)


def test_rescheduling_a_colleagues_activity_moves_the_colleagues_event(plan, as_user):
	as_user(IVO)
	doc = frappe.get_doc(plan.doctype, plan.name)
	doc.starts_on = ELEVEN
	doc.save()
	assert frappe.db.get_value("Event", doc.event, "starts_on") == ELEVEN
	assert not frappe.has_permission("Event", "read", doc=doc.event)
	as_user(MARTA)
	assert frappe.has_permission("Event", "write", doc=doc.event)


def test_an_event_owner_without_write_permission_cannot_move_the_activity(plan, as_user):
	stranger = user("stranger.calendar@example.com").name
	frappe.db.set_value("Event", plan.event, "owner", stranger)
	as_user(stranger)
	event = frappe.get_doc("Event", plan.event)
	event.starts_on = NINE
	with pytest.raises(frappe.PermissionError):
		event.save()
	assert frappe.db.get_value(plan.doctype, plan.name, "starts_on") == TEN


def test_a_follow_up_gets_an_event_too(plan):
	answer = api.complete(
		plan.doctype,
		plan.name,
		then="plan",
		next={"next_in": 2, "next_unit": "Days", "next_type": "Phone Call"},
	)
	follow_up = frappe.get_doc(answer["next_activity_type"], answer["next_activity"])
	assert follow_up.add_to_calendar
	assert follow_up.event not in (None, plan.event)
	assert event_of(follow_up).owner == MARTA


def test_an_interaction_converted_to_a_meeting_keeps_its_event(plan):
	event = plan.event
	answer = api.convert(plan.doctype, plan.name, "Meeting")
	new = frappe.get_doc(answer["doctype"], answer["name"])
	shown = event_of(new)
	assert shown.name == event
	assert (shown.reference_doctype, shown.reference_docname) == ("Meeting", new.name)
	assert new.name in shown.description
	assert shown.event_category == "Meeting"
	assert frappe.db.count("Event", {"reference_docname": ("in", (plan.name, new.name))}) == 1
	shown.update({"starts_on": NINE, "ends_on": TEN})
	shown.save()
	new.reload()
	assert new.starts_on == NINE
	assert_consistent()


def test_deleting_the_activity_deletes_the_event(plan):
	frappe.delete_doc(plan.doctype, plan.name)
	assert not frappe.db.exists("Event", plan.event)


def test_an_activity_with_a_cancelled_event_can_be_deleted(plan):
	event = event_of(plan)
	event.status = "Cancelled"
	event.save()
	frappe.delete_doc(plan.doctype, plan.name)
	assert not frappe.db.get_value("Event", event.name, "reference_docname")


def test_the_event_gets_no_journal_row(plan):
	assert not writer.find_row("Event", plan.event)
	event_of(plan).save()
	rebuild()
	assert not writer.find_row("Event", plan.event)
	assert_consistent()


def test_an_event_that_comes_to_refer_to_an_activity_leaves_the_journal(people):
	event = frappe.get_doc({"doctype": "Event", "subject": "Call Ana", "starts_on": TEN}).insert()
	assert writer.find_row("Event", event.name)
	doc = interaction(starts_on=TEN)
	event.update({"reference_doctype": doc.doctype, "reference_docname": doc.name})
	event.save()
	assert not writer.find_row("Event", event.name)
	assert_consistent()


def test_other_events_can_be_cancelled_and_deleted():
	event = frappe.get_doc({"doctype": "Event", "subject": "Dentist", "starts_on": TEN}).insert()
	event.status = "Cancelled"
	event.save()
	frappe.delete_doc("Event", event.name)
