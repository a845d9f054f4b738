"""When colleagues and resources are busy on the day of a meeting (R13, R14)."""

from zoneinfo import ZoneInfo

import frappe
import pytest

from crm_interactions.api.meeting import get_availability
from tests.site.checks import refused
from tests.site.factories import contact, interaction, log_in, meeting, partner, record, resource, user
from tests.site.test_history_by_reference import count_queries

pytestmark = pytest.mark.records_only

DAY = "2031-03-10"  # a Monday
ANA = "busy.ana@example.com"


def at(hour: int, minute: int = 0) -> str:
	return f"{DAY} {hour:02}:{minute:02}:00"


@pytest.fixture(autouse=True)
def ana():
	return user(ANA, "Interaction User", first_name="Ana").name


def planned(start: int, **fields):
	values = {"starts_on": at(start), "status": "Planned", "responsible": ANA, **fields}
	return interaction(**values)


def event(start: int, end: int | None, owner: str = ANA, **fields):
	times = {"starts_on": at(start), "ends_on": end and at(end)}
	doc = record("Event", **{"subject": "Dentist", "event_type": "Private", **times, **fields})
	frappe.db.set_value("Event", doc.name, "owner", owner)
	return doc


def rows(start: int = 9, people=(("User", ANA),), **fields) -> list[dict]:
	return get_availability(at(start), people=[[*pair] for pair in people], **fields)["rows"]


def busy(row: dict) -> list[tuple]:
	return [(each["from"], each["to"], each["title"]) for each in row["busy"]]


def test_a_user_is_busy_as_responsible_and_as_participant():
	planned(9, ends_on=at(10), title="Offer")
	guests = [{"full_name": "Ivan", "side": "Theirs"}, {"participant_type": "User", "participant": ANA}]
	meeting(title="Fair", starts_on=at(14), ends_on=at(15), status="Planned", participants=guests)
	partner_of_ana = partner("Shop of Ana")
	known = contact(partner_of_ana, "Ana", "Own", user=ANA)
	interaction(
		partner_of_ana,
		starts_on=at(16),
		duration=900,
		participants=[{"participant_type": "Contact", "participant": known.name}],
		title="Talk",
	)
	(row,) = rows()
	assert (row["kind"], row["label"]) == ("Person", "Ana")
	assert busy(row) == [("09:00", "10:00", "Offer"), ("14:00", "15:00", "Fair"), ("16:00", "16:15", "Talk")]


def test_what_takes_no_time_leaves_a_user_free():
	planned(9, status="Cancelled", ends_on=at(10))
	interaction(starts_on=f"{DAY} 00:00:00", status="Planned", responsible=ANA, duration=0)
	event(11, 12, status="Cancelled")
	planned(13, responsible="Administrator")
	assert rows()[0]["busy"] == []


def test_the_chosen_time_clashes_with_what_overlaps_it_only():
	planned(9, ends_on=at(10))
	planned(10, ends_on=at(11))
	(row,) = rows(10)
	assert [each["clash"] for each in row["busy"]] == [0, 1]


def test_the_meeting_itself_and_the_events_of_activities_do_not_count():
	doc = meeting(starts_on=at(9), status="Planned", responsible=ANA, add_to_calendar=1)
	assert doc.event
	assert len(rows()[0]["busy"]) == 1
	assert rows(meeting=doc.name)[0]["busy"] == []


@pytest.mark.parametrize(
	("values", "shown"),
	[
		({}, [("11:00", "12:00")]),
		({"ends_on": None}, [("11:00", "11:30")]),
		({"all_day": 1}, [("00:00", "24:00")]),
		(
			{
				"starts_on": "2031-02-10 11:00:00",
				"ends_on": "2031-02-10 12:00:00",
				"repeat_this_event": 1,
				"repeat_on": "Monthly",
			},
			[("11:00", "12:00")],
		),
		(
			{
				"starts_on": "2031-03-03 11:00:00",
				"ends_on": "2031-03-03 12:00:00",
				"repeat_this_event": 1,
				"repeat_on": "Weekly",
				"tuesday": 1,
			},
			[],
		),
		(
			{
				"starts_on": "2031-03-03 11:00:00",
				"ends_on": "2031-03-03 12:00:00",
				"repeat_this_event": 1,
				"repeat_on": "Daily",
				"repeat_till": "2031-03-09",
			},
			[],
		),
	],
	ids=["once", "no end", "all day", "monthly", "other weekday", "over"],
)
def test_events_of_the_calendar_count(values, shown):
	event(11, 12, **values)
	assert [each[:2] for each in busy(rows()[0])] == shown


def test_an_event_counts_for_its_participants():
	people = [{"reference_doctype": "User", "reference_docname": ANA, "email": ANA}]
	event(11, 12, owner="Administrator", event_participants=people)
	assert busy(rows()[0]) == [("11:00", "12:00", "Dentist")]


def test_a_reason_is_told_only_to_readers_of_its_document(settings):
	settings(visibility="Own and Team")
	planned(9, ends_on=at(10), title="Secret offer")
	event(11, 12, subject="Secret dentist")
	room = resource("Blue Room").name
	meeting(
		starts_on=at(14),
		ends_on=at(15),
		title="Secret meeting",
		responsible=ANA,
		resources=[{"resource": room}],
	)
	log_in("busy.stranger@example.com", "Interaction User")
	person, place = rows(resources=[room])
	assert busy(person) == [("09:00", "10:00", None), ("11:00", "12:00", None), ("14:00", "15:00", None)]
	assert busy(place) == [("14:00", "15:00", None)]
	frappe.set_user(ANA)
	assert {each["title"] for each in rows()[0]["busy"]} == {
		"Secret offer",
		"Secret dentist",
		"Secret meeting",
	}


def test_a_resource_is_busy_and_closed_and_may_have_its_own_time():
	hours = [{"weekday": "Monday", "from_time": "08:00:00", "to_time": "18:00:00"}]
	room = resource("Red Room", working_hours=hours).name
	meeting(starts_on=at(14), ends_on=at(15), resources=[{"resource": room}])
	(row,) = rows(19, people=(), resources=[room])
	assert [(each["from"], each["to"], each["clash"]) for each in row["closed"]] == [
		("00:00", "08:00", 0),
		("18:00", "24:00", 1),
	]
	(row,) = rows(19, people=(), resources=[[room, at(14), at(15)]])
	assert [each["clash"] for each in (*row["closed"], *row["busy"])] == [0, 0, 1]
	assert (row["chosen"]["from"], row["chosen"]["to"]) == ("14:00", "15:00")


def test_the_day_is_the_readers():
	planned(9, ends_on=at(10))
	zone = "Asia/Tokyo" if frappe.utils.get_system_timezone() != "Asia/Tokyo" else "America/New_York"
	frappe.db.set_value("User", "Administrator", "time_zone", zone)
	frappe.clear_document_cache("User", "Administrator")
	answer = get_availability(at(9), people=[["User", ANA]])
	begins = frappe.utils.get_datetime(at(9)).replace(tzinfo=ZoneInfo(frappe.utils.get_system_timezone()))
	local = begins.astimezone(ZoneInfo(zone))
	assert answer["date"] == str(local.date())
	assert answer["rows"][0]["busy"][0]["from"] == f"{local:%H:%M}"
	assert answer["chosen"]["begins"] == local.hour * 60 + local.minute


def test_only_users_of_the_desk_and_readable_resources_are_answered_for():
	disabled = user("busy.gone@example.com", "Interaction User")
	disabled.update({"enabled": 0}).save()
	people = (("User", ANA), ("User", disabled.name), ("User", "nobody@example.com"), ("Contact", ANA))
	assert [row["name"] for row in rows(people=people, resources=["No Such Room"])] == [ANA]


@pytest.mark.parametrize(
	"people", ['{"a": 1}', '[["User"', "[[1, 2]]", [["User", "a", "b"]], [["User", "x"]] * 51]
)
def test_another_list_of_people_is_refused(people):
	with refused(frappe.ValidationError, "people"):
		get_availability(at(9), people=people)


def test_the_number_of_queries_does_not_grow_with_people_and_bookings(monkeypatch):
	room = resource("Busy Room").name
	asked = {"people": [["User", ANA]], "resources": [room]}
	planned(9, ends_on=at(10), resources=[{"resource": room}])
	event(11, 12)
	get_availability(at(9), **asked)
	few = count_queries(monkeypatch, lambda: get_availability(at(9), **asked))
	for number in range(4):
		email = user(f"busy.{number}@example.com", "Interaction User").name
		planned(13 + number, ends_on=at(14 + number), responsible=email, resources=[{"resource": room}])
		event(18, 19, owner=email)
		asked["people"].append(["User", email])
	for email in [name for _kind, name in asked["people"]]:
		frappe.get_cached_doc("User", email)
	assert count_queries(monkeypatch, lambda: get_availability(at(9), **asked)) <= few
