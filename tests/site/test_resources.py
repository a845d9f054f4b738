"""Activities book resources such as rooms and cars, never two at the same time (R14).

tests/concurrency covers simultaneous bookings of two users.
"""

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api.resource import get_bookings
from crm_interactions.exceptions import BookedError, DisabledValueError
from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, meeting, resource, user
from tests.site.handing_over import only_calls

pytestmark = pytest.mark.records_only

NINE, TEN, ELEVEN, NOON, ONE = (f"2031-03-10 {hour:02}:00:00" for hour in (9, 10, 11, 12, 13))  # a Monday
HALF_PAST_TEN = "2031-03-10 10:30:00"
TUESDAY = {"start": "2031-03-11 10:00:00", "end": "2031-03-11 11:00:00"}
FRIDAY_EVENING = {"start": "2031-03-14 17:30:00", "end": "2031-03-14 18:30:00"}
WEEK = ("2031-03-10", "2031-03-17")
OFFICE_HOURS = [
	{"weekday": day, "from_time": "08:00:00", "to_time": "18:00:00"}
	for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
]


@pytest.fixture
def room():
	return resource("Blue Room").name


@pytest.fixture
def car():
	return resource("Company Car", kind="Vehicle").name


@pytest.fixture
def clerk():
	"""Return a user who may read calls but no meetings."""
	name = user("booking.clerk@example.com", "Interaction User").name
	only_calls(name)
	return name


def booked(*resources: str, start: str = TEN, end: str | None = ELEVEN, make=meeting, **fields):
	rows = [{"resource": name} if isinstance(name, str) else name for name in resources]
	return make(starts_on=start, ends_on=end, resources=rows, **fields)


def moved(doc, start: str = NOON, end: str = ONE):
	return change_record(doc, starts_on=start, ends_on=end)


def held(doc) -> list[tuple[str, str]]:
	return [(str(row.booked_from), str(row.booked_to)) for row in doc.resources]


@pytest.mark.parametrize("make", [meeting, interaction])
@pytest.mark.parametrize("other", [meeting, interaction])
def test_a_resource_is_booked_once_by_any_kind_of_activity(make, other, room):
	booked(room, make=make)
	with refused(BookedError, "Blue Room"):
		booked(room, make=other)


@pytest.mark.parametrize(
	"start, end, clashes",
	[
		*((TEN, ELEVEN, True), (HALF_PAST_TEN, NOON, True), (NINE, "2031-03-10 10:00:01", True)),
		*((NINE, NOON, True), ("2031-03-10 10:15:00", "2031-03-10 10:45:00", True), (NINE, TEN, False)),
		*((ELEVEN, NOON, False), (*TUESDAY.values(), False)),
	],
)
def test_only_overlapping_bookings_clash(start, end, clashes, room):
	booked(room)
	if clashes:
		with refused(BookedError, "already booked"):
			booked(room, start=start, end=end)
	else:
		assert held(booked(room, start=start, end=end)) == [(start, end)]


def test_two_resources_can_be_booked_at_the_same_time(room, car):
	booked(room)
	booked(car)


def test_the_refusal_names_the_other_booking_and_the_next_free_time(room):
	other = booked(room, title="Yearly review")
	booked(room, start="2031-03-10 11:30:00", end="2031-03-10 12:30:00")
	with refused(BookedError, "Yearly review") as caught:
		booked(room, start="2031-03-10 10:15:00", end=ELEVEN)
	# 45 minutes don't fit between 11:00 and 11:30
	for part in (other.name, frappe.utils.get_fullname(other.responsible), "10:00–11:00", "12:30–13:15"):
		assert part in str(caught.value)


def test_the_refusal_does_not_reveal_an_unreadable_activity(room, clerk, as_user):
	other = booked(room, title="Secret merger")
	as_user(clerk)
	assert not frappe.has_permission("Meeting", "read", doc=other.name)
	with refused(BookedError, "another activity") as caught:
		booked(room, make=interaction)
	for secret in ("Secret merger", other.name, frappe.utils.get_fullname(other.responsible)):
		assert secret not in str(caught.value)
	assert "10:00–11:00" in str(caught.value)


def test_the_refusal_escapes_titles(room):
	booked(room, title="Pumps & more")
	with refused(BookedError, "Pumps &amp; more"):
		booked(room)


@pytest.mark.parametrize("status", ["Cancelled", "Not Held"])
def test_an_activity_that_does_not_take_place_books_nothing(status, room):
	first = change_record(booked(room), status=status)
	# planned again, the activity needs a free resource
	with refused(BookedError, booked(room).name):
		change_record(first, status="Planned")


def test_a_deleted_activity_books_nothing(room):
	frappe.delete_doc("Meeting", booked(room).name)
	booked(room)


def test_a_held_and_completed_activity_keeps_its_booking(room):
	first = change_record(booked(room), completed=1)
	assert first.status == "Held"
	with refused(BookedError, first.name):
		booked(room)


def test_an_activity_does_not_clash_with_its_own_booking(room):
	doc = change_record(booked(room), notes="<p>Bring the samples</p>")
	change_record(doc, ends_on=NOON)
	assert held(doc) == [(TEN, NOON)]


@pytest.mark.parametrize(
	"end, duration, expected",
	[(None, 5400, "2031-03-10 11:30:00"), (NOON, 0, NOON), (None, 0, ELEVEN), (TEN, 0, ELEVEN)],
)
def test_a_booking_lasts_as_long_as_the_activity(end, duration, expected, room):
	doc = booked(room, end=end, duration=duration, make=interaction, interaction_type="SMS")
	assert held(doc) == [(TEN, expected)]


def test_the_booking_moves_with_the_activity(room):
	doc = moved(booked(room))
	assert held(doc.reload()) == [(NOON, ONE)]
	booked(room)
	with refused(BookedError, doc.name):
		booked(room, start=NOON, end=ONE)


def test_an_activity_cannot_move_to_a_time_with_its_room_booked(room):
	doc, other = booked(room), booked(room, start=NOON, end=ONE)
	with refused(BookedError, other.name):
		moved(doc)


def test_the_own_times_of_a_booking_stay_when_the_activity_moves(room, car):
	doc = booked(room, {"resource": car, "booked_from": NINE, "booked_to": NOON})
	assert [row.own_time for row in doc.resources] == [0, 1]
	moved(doc, HALF_PAST_TEN, NOON)
	assert held(doc.reload()) == [(HALF_PAST_TEN, NOON), (NINE, NOON)]


def test_a_booking_with_its_own_start_has_the_length_of_the_activity(room, car):
	assert held(booked(room, {"resource": car, "booked_from": NINE})) == [(TEN, ELEVEN), (NINE, TEN)]


def test_changed_times_stay_until_the_booking_follows_the_activity_again(room):
	doc = booked(room)
	for change, own_time, times in (
		({"booked_from": NINE}, 1, (NINE, ELEVEN)),
		({"own_time": 0}, 0, (TEN, ELEVEN)),
		({"booked_to": NOON}, 1, (TEN, NOON)),
		({"booked_from": None, "booked_to": None}, 0, (TEN, ELEVEN)),
	):
		doc.resources[0].update(change)
		doc.save()
		assert (doc.resources[0].own_time, *held(doc)) == (own_time, times)


def test_a_copy_books_for_its_own_time(room):
	doc = booked(room, {"resource": room, "booked_from": NOON, "booked_to": ONE})
	copied = frappe.copy_doc(doc, ignore_no_copy=False)  # as the form's *Duplicate* does
	copied.update({"starts_on": TUESDAY["start"], "ends_on": TUESDAY["end"]})
	copied.resources = copied.resources[:1]
	assert held(copied.insert()) == [(*TUESDAY.values(),)]


@pytest.mark.parametrize("start, end", [(NOON, TEN), (NOON, NOON), ("tomorrow", NOON)])
def test_invalid_times_are_refused(start, end, room):
	with refused(frappe.ValidationError, "is before the start|ends before it begins|is not a valid date"):
		booked({"resource": room, "booked_from": start, "booked_to": end})


def test_one_activity_cannot_book_a_resource_twice_at_the_same_time(room):
	booked(room, {"resource": room, "booked_from": NOON, "booked_to": ONE})
	with refused(BookedError, "Rows 1 and 2"):
		booked(room, room, **TUESDAY)


def test_a_booking_outside_working_hours_is_refused(room):
	limited = resource("Reception", working_hours=OFFICE_HOURS).name
	booked(limited)
	with refused(BookedError, "Monday–Friday 08:00–18:00") as caught:
		booked(limited, **FRIDAY_EVENING)
	assert "08:00–09:00" in str(caught.value)  # on the following Monday
	# the proposed time is free for the room as well
	booked(room, start="2031-03-17 08:00:00", end="2031-03-17 09:30:00")
	with refused(BookedError, "08:00–18:00") as caught:
		booked(limited, room, **FRIDAY_EVENING)
	assert "09:30–10:30" in str(caught.value)


def test_the_refusal_says_if_no_time_is_free_for_60_days(room):
	booked(room, start="2031-03-01 00:00:00", end="2031-12-01 00:00:00")
	with refused(BookedError, "more than 60 days ahead"):
		booked(room)


def test_working_hours_that_end_before_they_start_are_refused():
	with pytest.raises(frappe.ValidationError, match="ends before it begins"):
		resource("Attic", working_hours=[{**OFFICE_HOURS[0], "to_time": "07:00:00"}])
	resource("Cellar", working_hours=[{**OFFICE_HOURS[0], "to_time": "00:00:00"}])
	booked("Cellar", start="2031-03-10 22:00:00", end="2031-03-11 00:00:00")


def test_a_disabled_resource_cannot_be_newly_booked_but_stays(room):
	doc = booked(room)
	change_record(frappe.get_doc("Meeting Resource", room), disabled=1)
	moved(doc)
	with refused(DisabledValueError, "disabled"):
		booked(room)


def test_too_many_participants_for_a_room_cause_a_warning_only():
	small = resource("Phone Booth", capacity=1).name
	people = [{"full_name": name, "side": "Theirs"} for name in ("Ivan Babić", "Ana Horvat")]
	frappe.local.message_log = []
	doc = booked(small, participants=people)
	assert "room for 1" in str(frappe.local.message_log)
	frappe.local.message_log = []
	change_record(doc, notes="<p>No nagging</p>")
	assert "room for" not in str(frappe.local.message_log)


def test_a_missing_resource_is_refused():
	with pytest.raises(frappe.LinkValidationError):
		booked("No Such Room")


def test_bookings_cannot_be_changed_without_their_activity(room):
	row = booked(room).resources[0]
	with pytest.raises(frappe.ValidationError, match="can't be changed on its own"):
		change_record(frappe.get_doc("Activity Resource", row.name), booked_to=NOON)
	with pytest.raises(frappe.ValidationError, match="can't be changed on its own"):
		frappe.delete_doc("Activity Resource", row.name)


def test_bookings_follow_renamed_and_merged_resources(room, car):
	doc = booked(room)
	for old, new, merge in ((room, "Green Room", False), ("Green Room", car, True)):
		frappe.rename_doc("Meeting Resource", old, new, merge=merge)
		assert doc.reload().resources[0].resource == new
		with refused(BookedError, doc.name):
			booked(new)


def test_a_booked_resource_cannot_be_deleted(room):
	doc = booked(room)
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Meeting Resource", room)
	frappe.delete_doc("Meeting", doc.name)
	frappe.delete_doc("Meeting Resource", room)


def test_the_calendar_shows_user_and_time_of_each_booking(room, car):
	doc = booked(room, title="Yearly review")
	booked(room, start="2031-03-20 10:00:00", end="2031-03-20 11:00:00")
	booked(room, start=NOON, end=ONE, status="Cancelled")
	booked(car, make=interaction)
	(event,) = get_bookings(*WEEK, filters=frappe.as_json([["Meeting Resource", "name", "=", room, False]]))
	assert (event["activity_type"], event["activity"]) == ("Meeting", doc.name)
	assert (event["booked_from"], event["booked_to"]) == (get_datetime(TEN), get_datetime(ELEVEN))
	for part in ("Yearly review", doc.party_name, frappe.utils.get_fullname(doc.responsible)):
		assert part in event["title"]
	titles = [event["title"] for event in get_bookings(*WEEK)]
	assert len(titles) >= 2
	assert {title.split(":")[0] for title in titles} >= {room, car}, "each title names its resource"


def test_the_calendar_shows_unreadable_activities_as_booked(room, car, clerk, as_user):
	doc = booked(room, title="Secret merger")
	as_user(clerk)
	(event,) = (event for event in get_bookings(*WEEK) if event["resource"] == room)
	assert event["title"] == "Blue Room: Booked"
	assert not {"Secret merger", doc.name, doc.party_name, doc.responsible} & {*map(str, event.values())}
	assert event["activity"] is None


def test_booking_needs_no_write_permission_on_resources(room, as_user, shop):
	contact(shop)
	as_user(user("booking.clerk@example.com", "Interaction User").name)
	booked(room, of=shop)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Meeting Resource", room).save()
