"""*Add to calendar*: an Event in the responsible person's calendar, in step with the activity both ways (R24)."""

from datetime import timedelta

import frappe
import pytest
from chain_checks import assert_consistent
from factories import contact, interaction, meeting, partner, user
from frappe.desk import calendar as platform_calendar
from frappe.utils import get_datetime

from crm_interactions.api import activity as api
from crm_interactions.api import calendar
from crm_interactions.exceptions import CompletedError
from crm_interactions.followups import google
from crm_interactions.journal import rebuild, writer

pytestmark = pytest.mark.records_only

MARTA, IVO = "marta.calendar@example.com", "ivo.calendar@example.com"
NINE, TEN, ELEVEN, NOON = (get_datetime(f"2100-06-01 {hour:02}:00:00") for hour in (9, 10, 11, 12))
MAKERS = pytest.mark.parametrize("make", [interaction, meeting])


@pytest.fixture
def people():
	return [user(name, "Interaction User").name for name in (MARTA, IVO)]


@pytest.fixture
def plan(people):
	"""Return a planned call of Marta's that stands in her calendar."""
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890")
	return interaction(
		of=of, contact=ana.name, responsible=MARTA, starts_on=TEN, duration=1800, add_to_calendar=1
	)


def event_of(doc):
	doc.reload()
	return frappe.get_doc("Event", doc.event)


def comments(doc) -> list[str]:
	return frappe.get_all(
		"Comment",
		{"reference_doctype": doc.doctype, "reference_name": doc.name, "comment_type": "Info"},
		pluck="content",
	)


def reject_times(monkeypatch):
	"""Let the rules of Interaction refuse whatever is moved."""
	from crm_interactions.crm_interactions.doctype.interaction.interaction import Interaction

	def refuse(self):
		frappe.throw("The room <b>Zagreb</b> is taken.")

	monkeypatch.setattr(Interaction, "validate_completeness", refuse)


# the activity leads


@MAKERS
def test_ticked_it_is_in_the_responsible_persons_calendar(make, people):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=NOON, add_to_calendar=1)
	event = event_of(doc)
	assert (event.owner, event.event_type, event.status) == (MARTA, "Private", "Open")
	assert (event.starts_on, event.ends_on, event.all_day) == (TEN, NOON, 0)
	assert event.subject == f"{doc.party_name}: {doc.title}"
	assert (event.reference_doctype, event.reference_docname) == (doc.doctype, doc.name)
	assert not event.send_reminder
	assert_consistent()


def test_it_says_with_whom_and_how_to_reach_them(plan):
	event = event_of(plan)
	for part in (plan.party_name, "Ana Horvat", plan.how_to_reach, plan.name):
		assert part in event.description, part
	assert event.event_category == "Call"


def test_what_it_says_is_escaped(people):
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
def test_its_length(given, ends_on, people):
	doc = interaction(starts_on=TEN, interaction_type="SMS", add_to_calendar=1, **given)
	assert event_of(doc).ends_on == ends_on


def test_unticked_it_is_in_nobodys_calendar():
	doc = interaction(starts_on=TEN)
	assert not doc.event
	assert not frappe.db.exists("Event", {"reference_docname": doc.name})


def test_ticking_and_unticking_later(people):
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


def test_time_title_and_partner_follow(plan):
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


def test_another_responsible_person_has_it_in_his_calendar(plan):
	event = plan.event
	plan.responsible = IVO
	plan.save()
	assert (event_of(plan).name, event_of(plan).owner) == (event, IVO)


@pytest.mark.parametrize(
	"status, shown",
	[("Held", "Completed"), ("Not Held", "Cancelled"), ("Cancelled", "Cancelled"), ("Planned", "Open")],
)
def test_status_follows(plan, status, shown):
	plan.status = status
	plan.save()
	assert event_of(plan).status == shown


def test_completed(plan):
	api.complete(plan.doctype, plan.name)
	assert event_of(plan).status == "Completed"


def test_planned_again(plan):
	for status in ("Cancelled", "Planned"):
		plan.status = status
		plan.save()
	assert event_of(plan).status == "Open"


def test_a_second_save_writes_nothing(plan):
	modified = event_of(plan).modified
	plan.save()
	plan.save()
	assert event_of(plan).modified == modified
	assert frappe.db.count("Event", {"reference_docname": plan.name}) == 1


def test_what_the_owner_wrote_into_his_calendar_stays(plan):
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


# rights


def test_whoever_plans_for_a_colleague_writes_to_his_calendar(plan, as_user):
	as_user(IVO)
	doc = frappe.get_doc(plan.doctype, plan.name)
	doc.starts_on = ELEVEN
	doc.save()
	assert frappe.db.get_value("Event", doc.event, "starts_on") == ELEVEN
	assert not frappe.has_permission("Event", "read", doc=doc.event)
	as_user(MARTA)
	assert frappe.has_permission("Event", "write", doc=doc.event)


def test_who_may_not_change_the_activity_does_not_move_it_by_its_event(plan, as_user):
	stranger = user("stranger.calendar@example.com").name
	frappe.db.set_value("Event", plan.event, "owner", stranger)
	as_user(stranger)
	event = frappe.get_doc("Event", plan.event)
	event.starts_on = NINE
	with pytest.raises(frappe.PermissionError):
		event.save()
	assert frappe.db.get_value(plan.doctype, plan.name, "starts_on") == TEN


# the Event leads


@MAKERS
def test_a_moved_event_moves_the_activity(make, people, as_user):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	as_user(MARTA)
	args = {"doctype": "Event", "name": doc.event, "starts_on": str(NINE), "ends_on": str(TEN)}
	platform_calendar.update_event(frappe.as_json(args), '{"start": "starts_on", "end": "ends_on"}')
	event = event_of(doc)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, TEN, 3600)
	assert (event.starts_on, event.ends_on) == (NINE, TEN)
	assert_consistent()


def test_moved_as_a_whole_it_has_no_end_that_nobody_entered(plan):
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": NINE + timedelta(minutes=30)})
	event.save()
	plan.reload()
	assert (plan.starts_on, plan.ends_on) == (NINE, None)


def test_a_longer_event_makes_the_activity_longer(plan):
	event = event_of(plan)
	event.ends_on = NOON
	event.save()
	plan.reload()
	assert (plan.starts_on, plan.ends_on, plan.duration) == (TEN, NOON, 7200)


def test_no_loop_and_nothing_written_twice(plan):
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": TEN})
	event.save()
	activity, shown = (
		frappe.db.get_value(*pair, "modified") for pair in ((plan.doctype, plan.name), ("Event", event.name))
	)
	event.save()
	frappe.get_doc(plan.doctype, plan.name).save()
	assert frappe.db.get_value(plan.doctype, plan.name, "starts_on") == NINE
	versions = frappe.get_all("Version", {"docname": plan.name, "data": ("like", "%starts_on%")})
	assert len(versions) <= 1
	assert frappe.db.get_value("Event", event.name, "modified") >= shown
	assert frappe.db.get_value(plan.doctype, plan.name, "modified") >= activity


def test_a_form_that_moves_it_can_go_on_saving(plan):
	"""The answer to the save of the Event has the version that is in the database."""
	event = event_of(plan)
	for start in (NINE, ELEVEN):
		event.update({"starts_on": start, "ends_on": start + timedelta(hours=1)})
		event.save()
	assert event_of(plan).starts_on == plan.starts_on == ELEVEN


def test_a_completed_one_refuses(plan):
	api.complete(plan.doctype, plan.name)
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": TEN})
	with pytest.raises(CompletedError, match="is completed and can't be changed"):
		event.save()


def test_a_rule_of_the_activity_refuses(plan, monkeypatch):
	reject_times(monkeypatch)
	event = event_of(plan)
	event.starts_on = NINE
	with pytest.raises(frappe.ValidationError, match="is taken"):
		event.save()
	assert frappe.db.get_value("Event", event.name, "starts_on") == TEN


@pytest.mark.parametrize("status", ["Cancelled", "Closed"])
def test_cancelled_there_it_stays_planned(plan, status):
	event = event_of(plan)
	event.status = status
	event.save()
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 0, None)
	assert any("cancelled in the calendar" in text for text in comments(plan))
	assert frappe.db.get_value("Event", event.name, "status") == status
	plan.starts_on = ELEVEN
	plan.save()
	assert not plan.event


def test_completed_there_nothing_happens(plan):
	event = event_of(plan)
	event.status = "Completed"
	event.save()
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 1, event.name)


def test_deleted_there_it_stays_planned(plan):
	frappe.delete_doc("Event", plan.event)
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 0, None)
	assert any("deleted from the calendar" in text for text in comments(plan))


def test_a_completed_ones_event_can_be_deleted(plan):
	api.complete(plan.doctype, plan.name)
	frappe.delete_doc("Event", plan.event)
	plan.reload()
	assert (plan.completed, plan.event) == (1, None)


def test_an_event_that_only_refers_to_it_moves_nothing(plan):
	other = frappe.get_doc(
		{
			"doctype": "Event",
			"subject": "Prepare",
			"starts_on": TEN,
			"reference_doctype": plan.doctype,
			"reference_docname": plan.name,
		}
	).insert()
	other.starts_on = NINE
	other.save()
	frappe.delete_doc("Event", other.name)
	plan.reload()
	assert (plan.starts_on, plan.add_to_calendar) == (TEN, 1)


# Google's calendar, without Google


@pytest.fixture
def connected(plan, monkeypatch):
	"""Marta's Google calendar is there; return what would be asked of Google, and the plan in it."""
	asked = []
	hook = "frappe.integrations.doctype.google_calendar.google_calendar"
	frappe.get_doc(
		{
			"doctype": "Google Calendar",
			"calendar_name": "Marta",
			"user": MARTA,
			"enable": 1,
			"push_to_google_calendar": 1,
			"pull_from_google_calendar": 1,
			"google_calendar_id": "marta@group.calendar.google.com",
		}
	).db_insert()
	monkeypatch.setattr(
		f"{hook}.insert_event_in_google_calendar", lambda doc, method=None: asked.append("insert")
	)
	monkeypatch.setattr(
		f"{hook}.update_event_in_google_calendar", lambda doc, method=None: asked.append("update")
	)
	monkeypatch.setattr(
		f"{hook}.delete_event_from_google_calendar",
		lambda doc, method=None: asked.append(("delete", doc.google_calendar_event_id)),
	)
	queued = []
	monkeypatch.setattr(
		frappe, "enqueue", lambda method, **kwargs: queued.append((method.split(".")[-1], kwargs))
	)
	doc = interaction(responsible=MARTA, starts_on=TEN, duration=1800, add_to_calendar=1)
	return frappe._dict(asked=asked, queued=queued, doc=doc)


def ours(queued) -> list[str]:
	return [method for method, kwargs in queued if method in ("send", "remove")]


def fetched(event: str):
	"""Return an Event as the platform's job has it that fetched a change from Google."""
	frappe.db.set_value("Event", event, "google_calendar_event_id", "g1", update_modified=False)
	return frappe.get_doc("Event", event)


def test_with_a_google_calendar_it_is_synchronised(connected):
	event = event_of(connected.doc)
	assert (event.sync_with_google_calendar, event.google_calendar) == (1, "Marta")
	assert event.google_calendar_id == "marta@group.calendar.google.com"
	assert ours(connected.queued) == ["send"]
	connected.queued.clear()
	google.send(event.name)
	assert connected.asked.count("update") >= 1, "the platform's own save sends it"


def test_the_save_itself_does_not_wait_for_google(connected):
	connected.asked.clear()
	connected.doc.reload()
	connected.doc.starts_on = ELEVEN
	connected.doc.save()
	assert connected.asked == []
	assert "send" in ours(connected.queued)


def test_without_one_nothing_is_queued(plan):
	assert not event_of(plan).sync_with_google_calendar


def test_handed_over_it_leaves_the_former_google_calendar(connected):
	fetched(connected.doc.event)
	connected.queued.clear()
	connected.doc.reload()
	connected.doc.responsible = IVO
	connected.doc.save()
	event = event_of(connected.doc)
	assert (event.sync_with_google_calendar, event.google_calendar, event.google_calendar_event_id) == (
		0,
		None,
		None,
	)
	assert ours(connected.queued) == ["remove"]
	((_method, kwargs),) = [job for job in connected.queued if job[0] == "remove"]
	google.remove(kwargs["values"])


def test_unticked_it_leaves_google(connected):
	fetched(connected.doc.event)
	connected.queued.clear()
	connected.doc.reload()
	connected.doc.add_to_calendar = 0
	connected.doc.save()
	assert ours(connected.queued) == ["remove"]


def test_a_change_from_google_moves_the_activity(connected):
	event = fetched(connected.doc.event)
	event.update({"subject": "Call", "description": "as Google has it", "starts_on": NINE, "ends_on": TEN})
	event.save(ignore_permissions=True)
	connected.doc.reload()
	assert (connected.doc.starts_on, connected.doc.ends_on) == (NINE, TEN)


@pytest.mark.parametrize("why", ["completed", "rule"])
def test_a_refused_change_from_google_is_put_back(connected, why, monkeypatch):
	if why == "completed":
		api.complete(connected.doc.doctype, connected.doc.name)
	else:
		reject_times(monkeypatch)
	frappe.local.message_log = []
	event = fetched(connected.doc.event)
	times = ["starts_on", "ends_on"]
	before = frappe.db.get_value("Event", event.name, times)
	event.update({"starts_on": NINE, "ends_on": TEN})
	event.save(ignore_permissions=True)
	assert frappe.db.get_value("Event", event.name, times) == before
	connected.doc.reload()
	# what is completed before its time took place when it was
	assert (connected.doc.starts_on == TEN) is (why == "rule")
	(text,) = (text for text in comments(connected.doc) if "with the Google calendar" in text)
	assert ("completed" if why == "completed" else "is taken") in text
	assert "<b>" not in text
	assert not frappe.local.message_log


def test_deleted_at_google_it_stays_planned(connected):
	"""The platform closes the Event by a query and writes a comment."""
	event = fetched(connected.doc.event)
	frappe.db.set_value("Event", event.name, "status", "Closed")
	event.add_comment("Info", " - Event deleted from Google Calendar.")
	connected.doc.reload()
	assert (connected.doc.status, connected.doc.add_to_calendar) == ("Planned", 0)


# what else happens to activities


def test_a_follow_up_stands_in_the_calendar_too(plan):
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


def test_turned_into_a_meeting_it_keeps_its_event(plan):
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


def test_deleted_with_the_activity(plan):
	frappe.delete_doc(plan.doctype, plan.name)
	assert not frappe.db.exists("Event", plan.event)


def test_an_activity_with_a_cancelled_event_can_be_deleted(plan):
	event = event_of(plan)
	event.status = "Cancelled"
	event.save()
	frappe.delete_doc(plan.doctype, plan.name)
	assert not frappe.db.get_value("Event", event.name, "reference_docname")


def test_it_is_no_activity_of_its_own(plan):
	assert not writer.find("Event", plan.event)
	event_of(plan).save()
	rebuild()
	assert not writer.find("Event", plan.event)
	assert_consistent()


def test_an_event_that_becomes_an_activitys_leaves_the_journal(people):
	event = frappe.get_doc({"doctype": "Event", "subject": "Call Ana", "starts_on": TEN}).insert()
	assert writer.find("Event", event.name)
	doc = interaction(starts_on=TEN)
	event.update({"reference_doctype": doc.doctype, "reference_docname": doc.name})
	event.save()
	assert not writer.find("Event", event.name)
	assert_consistent()


def test_other_events_are_left_alone():
	event = frappe.get_doc({"doctype": "Event", "subject": "Dentist", "starts_on": TEN}).insert()
	event.status = "Cancelled"
	event.save()
	frappe.delete_doc("Event", event.name)


# the calendar view of activities


def drag(doc, start, end, **more):
	args = {"doctype": doc.doctype, "name": doc.name, "starts_on": str(start), "ends_on": str(end), **more}
	answer = calendar.move(frappe.as_json(args), "{}")
	doc.reload()
	return answer


@MAKERS
@pytest.mark.parametrize("given", [{}, {"duration": 600}, {"duration": 5400}])
def test_dragged_without_an_end_it_keeps_its_length(make, given):
	doc = make(starts_on=TEN, **given)
	length = max(timedelta(minutes=30), timedelta(seconds=doc.duration or 0))
	before = doc.duration
	drag(doc, NINE, NINE + length)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, None, before)


def test_dragged_with_an_end_it_keeps_its_length():
	doc = interaction(starts_on=TEN, ends_on=NOON, duration=300)
	drag(doc, NINE, ELEVEN)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, ELEVEN, 300)


@pytest.mark.parametrize("given", [{}, {"duration": 600}, {"ends_on": ELEVEN}])
def test_resized_end_and_duration_agree(given):
	doc = interaction(starts_on=TEN, **given)
	drag(doc, TEN, NOON)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (TEN, NOON, 7200)


def test_a_whole_day_is_a_whole_day():
	"""The platform takes a second off what lasts exactly a day."""
	doc = interaction(starts_on=TEN, ends_on=TEN + timedelta(days=1))
	drag(doc, NINE, NINE + timedelta(days=1, seconds=-1), all_day=1)
	assert (doc.starts_on, doc.ends_on) == (NINE, NINE + timedelta(days=1))


def test_put_where_it_was_nothing_is_written():
	doc = interaction(starts_on=TEN)
	doc.reload()
	modified = doc.modified
	drag(doc, TEN, TEN + timedelta(minutes=30))
	assert doc.modified == modified


def test_dragging_moves_its_event_too(plan):
	drag(plan, NINE, NINE + timedelta(minutes=30))
	assert event_of(plan).starts_on == NINE


def test_a_completed_one_is_not_dragged():
	doc = interaction(starts_on=TEN)
	api.complete(doc.doctype, doc.name)
	with pytest.raises(CompletedError):
		drag(doc, NINE, TEN)


def test_only_to_a_time():
	doc = interaction(starts_on=TEN)
	with pytest.raises(frappe.ValidationError):
		drag(doc, "tomorrow", "then")
