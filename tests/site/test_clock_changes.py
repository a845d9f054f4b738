"""Lengths and ends over clock changes, in every place that shows or sends them: elapsed time counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.activities import period
from crm_interactions.api import activity as api
from crm_interactions.api import calendar
from crm_interactions.api.resource import get_bookings
from crm_interactions.chains import page
from crm_interactions.clock import site_time
from crm_interactions.exceptions import BookedError
from crm_interactions.followups import clock
from crm_interactions.handover import job
from crm_interactions.reminders import reminders
from tests.site.checks import refused
from tests.site.factories import change_record, interaction, meeting, product_record, resource
from tests.site.in_calendar import change_event, event_of
from tests.site.inviting import event_for, invite, invited, mails, row
from tests.site.kinds import CALL_AND_MEETING
from tests.site.people import ANA
from tests.site.reminding import site_in

pytestmark = pytest.mark.records_only
# 02:00 → 03:00, and 03:00 → 02:00
SPRING, AUTUMN = "2100-03-28", "2100-10-31"
BERLIN = ZoneInfo("Europe/Berlin")
TWO_HOURS = 7200
# start, time shown two hours later
OVER_A_CHANGE = pytest.mark.parametrize(
	("start", "end"),
	[(f"{SPRING} 01:30:00", f"{SPRING} 04:30:00"), (f"{AUTUMN} 01:30:00", f"{AUTUMN} 02:30:00")],
	ids=["spring", "autumn"],
)


@pytest.fixture(autouse=True)
def berlin():
	before = frappe.utils.get_system_timezone()
	site_in("Europe/Berlin")
	yield
	frappe.db.rollback()
	site_in(before)


@pytest.fixture
def room():
	return resource("Blue Room").name


def times(doc) -> tuple[str, str]:
	return str(doc.starts_on), str(doc.ends_on)


def listed(doc) -> dict:
	day = str(get_datetime(doc.starts_on).date())
	found = calendar.get_events(doc.doctype, f"{day} 00:00:00", f"{day} 23:59:59")
	return next(event for event in found if event["name"] == doc.name)


@OVER_A_CHANGE
@CALL_AND_MEETING
def test_a_duration_ends_on_the_time_line(make, start, end):
	doc = make(starts_on=start, duration=TWO_HOURS, status="Planned", add_to_calendar=1)
	first, last = period.period_of(doc)
	assert str(last) == end
	assert last.replace(tzinfo=BERLIN).timestamp() - first.replace(tzinfo=BERLIN).timestamp() == TWO_HOURS
	assert str(listed(doc)["ends_on"]) == end
	assert str(event_of(doc).ends_on) == end


@pytest.mark.parametrize(
	("start", "end", "hours"),
	[
		(f"{SPRING} 01:30:00", f"{SPRING} 03:30:00", 1),
		("2100-03-27 22:00:00", f"{SPRING} 10:00:00", 11),
		(f"{AUTUMN} 01:30:00", f"{AUTUMN} 02:30:00", 1),
		(f"{AUTUMN} 01:30:00", f"{AUTUMN} 03:30:00", 3),
		(f"{AUTUMN} 02:30:00", f"{AUTUMN} 02:15:00", 0.75),
	],
)
@CALL_AND_MEETING
def test_a_duration_is_elapsed_time(make, start, end, hours):
	assert make(starts_on=start, ends_on=end, duration=0).duration == hours * 3600


@CALL_AND_MEETING
def test_a_skipped_start_moves_on_with_a_message_and_keeps_the_length(make):
	doc = make(starts_on=f"{SPRING} 02:30:00", ends_on=f"{SPRING} 03:00:00", duration=0)
	assert times(doc) == (f"{SPRING} 03:30:00", f"{SPRING} 04:00:00")
	assert doc.duration == 1800
	assert "The clocks go forward, so there is no" in str(frappe.local.message_log)
	frappe.local.message_log = []
	change_record(doc, title="Saved again")
	assert times(doc) == (f"{SPRING} 03:30:00", f"{SPRING} 04:00:00")
	assert "The clocks go forward" not in str(frappe.local.message_log)


def test_a_skipped_end_moves_on_and_a_real_end_stays():
	doc = interaction(starts_on=f"{SPRING} 01:00:00", ends_on=f"{SPRING} 02:30:00", duration=0)
	assert (times(doc)[1], doc.duration) == (f"{SPRING} 03:30:00", 5400)
	doc = interaction(starts_on=f"{SPRING} 02:30:00", ends_on=f"{SPRING} 05:00:00", duration=0)
	assert (times(doc), doc.duration) == ((f"{SPRING} 03:30:00", f"{SPRING} 05:00:00"), 5400)


@pytest.mark.parametrize("make", [interaction, meeting, product_record])
def test_no_field_keeps_a_skipped_time(make):
	"""Each Datetime field that users may write moves on, in rows too."""
	doc = make(starts_on="2100-03-27 10:00:00")
	if doc.meta.has_field("resources"):
		doc.append("resources", {"resource": resource("Blue Room").name, "own_time": 1})
	fields = {
		(each, df.fieldname) for each in (doc, *(doc.get("resources") or [])) for df in written_dates(each)
	}
	assert fields
	for each, field in fields:
		each.set(field, f"{SPRING} 02:{'50' if field in ('ends_on', 'booked_to', 'next_on') else '10'}:00")
	doc.save()
	assert {each.get(field).hour for each, field in fields} == {3}


def written_dates(doc) -> list:
	return [df for df in doc.meta.get("fields", {"fieldtype": "Datetime"}) if not df.read_only]


def test_an_end_before_the_start_is_refused_in_a_repeated_hour_too():
	with refused(frappe.ValidationError, "is before the start"):
		interaction(starts_on=f"{AUTUMN} 02:30:00", ends_on=f"{AUTUMN} 01:45:00")


@OVER_A_CHANGE
def test_invitations_last_as_long_as_the_meeting(mail_account, start, end):
	doc = invite(row(ANA), starts_on=start, ends_on=None, duration=TWO_HOURS)
	event = event_for(doc, ANA)
	assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
	assert event.decoded("dtstart") == get_datetime(start).replace(tzinfo=BERLIN)
	assert end[11:16].lstrip("0") in doc.time_frame()


def test_the_zone_is_named_with_a_time_that_is_shown_twice(mail_account):
	doc = invite(row(ANA), starts_on=f"{AUTUMN} 01:30:00", ends_on=None, duration=TWO_HOURS)
	assert "CET (Europe/Berlin)" in doc.time_frame()


def test_participants_learn_that_the_end_is_the_other_of_two_equal_times(mail_account):
	doc = invited(row(ANA), starts_on=f"{AUTUMN} 01:30:00", ends_on=None, duration=3600)
	change_record(doc, duration=TWO_HOURS)
	assert mails(doc) == {ANA: [("REQUEST", 1)]}


@OVER_A_CHANGE
def test_a_booking_lasts_as_long_as_its_activity(room, start, end):
	doc = meeting(starts_on=start, ends_on=None, duration=TWO_HOURS, resources=[{"resource": room}])
	(booking,) = doc.reload().resources
	assert (str(booking.booked_from), str(booking.booked_to)) == (start, end)
	(shown,) = get_bookings(start[:10], f"{start[:10]} 23:59:59")
	assert str(shown["booked_to"]) == end


@pytest.mark.parametrize("before_the_change", [True, False])
def test_a_room_is_not_double_booked_in_an_hour_that_is_shown_twice(room, before_the_change):
	"""A meeting of two hours, to the second 02:30, goes on at the first 02:40."""
	plans = [
		{"starts_on": f"{AUTUMN} 01:30:00", "ends_on": None, "duration": TWO_HOURS},
		{"starts_on": f"{AUTUMN} 02:40:00", "ends_on": f"{AUTUMN} 02:50:00"},
	]
	first, second = plans if before_the_change else reversed(plans)
	meeting(**first, resources=[{"resource": room}])
	with refused(BookedError, "is already booked"):
		meeting(**second, resources=[{"resource": room}])


def test_bookings_one_after_the_other_are_accepted_in_an_hour_that_is_shown_twice(room):
	for start, end in (("02:00", "02:30"), ("02:30", "02:50"), ("03:00", "03:30")):
		doc = meeting(
			starts_on=f"{AUTUMN} {start}:00", ends_on=f"{AUTUMN} {end}:00", resources=[{"resource": room}]
		)
		assert change_record(doc, title="Saved again").name


@OVER_A_CHANGE
def test_a_move_over_a_change_keeps_the_length(start, end):
	ten = get_datetime("2100-01-15 10:00:00")
	doc = interaction(starts_on=ten, duration=TWO_HOURS, add_to_calendar=1)
	begin = get_datetime(start)
	event = change_event(doc, starts_on=begin, ends_on=begin + timedelta(hours=2))
	assert (str(doc.starts_on), doc.ends_on, doc.duration) == (start, None, TWO_HOURS)
	assert str(event.ends_on) == end
	event = change_event(doc, starts_on=ten, ends_on=ten + (event.ends_on - event.starts_on))
	assert (doc.starts_on, doc.ends_on, doc.duration) == (ten, None, TWO_HOURS)
	assert event.ends_on == ten + timedelta(hours=2)


def test_a_move_to_a_skipped_time_moves_on():
	doc = interaction(starts_on="2100-03-27 02:30:00", ends_on="2100-03-27 03:30:00", duration=3600)
	args = {
		"doctype": doc.doctype,
		"name": doc.name,
		"starts_on": f"{SPRING} 02:30:00",
		"ends_on": f"{SPRING} 03:30:00",
	}
	calendar.move(frappe.as_json(args))
	assert times(doc.reload()) == (f"{SPRING} 03:30:00", f"{SPRING} 04:30:00")


def test_an_activity_finished_early_keeps_its_length():
	doc = meeting(starts_on=f"{SPRING} 01:30:00", ends_on=f"{SPRING} 03:30:00", duration=0)
	api.complete(doc.doctype, doc.name)
	doc.reload()
	assert (doc.ends_on - doc.starts_on).total_seconds() == doc.duration == 3600


def test_the_gap_between_activities_is_elapsed_time():
	rows = [
		{"activity_type": "Interaction", "activity_date": get_datetime(text), "responsible": None}
		for text in (f"{SPRING} 10:00:00", "2100-03-27 10:00:00")
	]
	assert page.describe_row(*rows, {})["gap"] == 23 * 3600


@pytest.mark.parametrize(
	("now", "due"),
	[
		(datetime(2100, 3, 28, 1, 44), False),
		(datetime(2100, 3, 28, 1, 46), True),
		(datetime(2100, 3, 28, 1, 59), True),
		(datetime(2100, 3, 28, 3, 0), False),
	],
)
def test_a_reminder_comes_fifteen_minutes_before(now, due):
	doc = interaction(starts_on=f"{SPRING} 03:00:00", status="Planned")
	found = [item for item, _reader in reminders._pending("Before Due", now, {"": 15})]
	assert (doc.name in [item.activity for item in found]) is due


def test_a_next_step_counts_hours_on_the_time_line(around_the_clock):
	marta = frappe.session.user
	assert clock.add_units(f"{SPRING} 01:30:00", 2, "Hours", marta) == get_datetime(f"{SPRING} 04:30:00")
	assert clock.add_units(f"{AUTUMN} 01:30:00", 3, "Hours", marta) == get_datetime(f"{AUTUMN} 03:30:00")
	assert clock.add_units("2100-03-27 01:30:00", 1, "Days", marta) == get_datetime(f"{SPRING} 01:30:00")


def test_a_step_planned_for_a_skipped_time_of_a_completed_activity_moves_on():
	doc = interaction(starts_on="2026-01-15 10:00:00")
	api.complete(doc.doctype, doc.name)
	found = api.plan_next(doc.doctype, doc.name, {"next_on": f"{SPRING} 02:30:00"})
	planned = frappe.get_doc(found["next_activity_type"], found["next_activity"])
	assert str(planned.starts_on) == str(doc.reload().next_on) == f"{SPRING} 03:30:00"


def test_a_worker_is_not_taken_for_dead_when_the_clocks_go_forward(monkeypatch):
	asked = []
	monkeypatch.setattr(site_time, "now", lambda: datetime(2100, 3, 28, 3, 5))
	monkeypatch.setattr(frappe, "get_all", lambda _doctype, filters, _fields: asked.append(filters) or [])
	job.go_on()
	assert asked[0]["last_sign_on"] == ("<", datetime(2100, 3, 28, 1, 55))
