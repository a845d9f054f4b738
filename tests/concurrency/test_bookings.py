"""Many users book the same room at the same moment: one gets it, the others get a clear refusal (R14).

The basic test runs on every database; on SQLite, the database refuses the other connections. Tests of conflicts
inside the database, and of their messages, need one with concurrent writers.
"""

from datetime import datetime, timedelta
from itertools import pairwise

import frappe
import pytest

from tests.concurrency.crew import at_once, desk_save, post, put, record
from tests.concurrency.scenery import form, fresh, sees_the_winner
from tests.site.factories import meeting, resource, some_partner

ROW = "Activity Resource"
FIRST = datetime(2031, 3, 10, 10)
HOUR = timedelta(hours=1)


@pytest.fixture
def party(site):
	"""Return the partner of all meetings."""
	found = some_partner()
	frappe.db.commit()
	return {"party_type": found.doctype, "party": found.name}


def rooms(count: int) -> list[str]:
	"""Return new rooms without bookings."""
	found = [resource(f"Room {frappe.generate_hash(length=8)}").name for _ in range(count)]
	frappe.db.commit()
	return found


def meetings(count: int, apart: timedelta = HOUR * 0, **fields) -> list[tuple[str, str]]:
	"""Return new meetings of one hour, each later than the one before by `apart`."""
	starts = [FIRST + apart * number for number in range(count)]
	docs = [meeting(starts_on=start, ends_on=start + HOUR, **fields) for start in starts]
	frappe.db.commit()
	return [("Meeting", doc.name) for doc in docs]


def test_one_of_sixteen_new_meetings_gets_the_room(crew, party, outcomes):
	(room,) = rooms(1)
	answers = at_once(crew, [_new(room, party) for _ in crew])
	assert _record(answers, outcomes).count("ok") == 1
	assert len(_booked(room)) == 1


@pytest.mark.usefixtures("many_writers")
def test_refusals_name_the_booking_and_the_next_free_time(crew, party, outcomes):
	"""Requests wait for each other's locks, so that each refusal sees the committed booking, or asks to save again."""
	(room,) = rooms(1)
	answers = at_once(crew, [_new(room, party) for _ in crew])
	results = _record(answers, outcomes)
	refusal = "BookedError" if sees_the_winner() else "ChangedMeanwhileError"
	assert sorted(results) == sorted(["ok", *[refusal] * 15])
	(booked,) = _booked(room)
	told = (booked, "11:00") if sees_the_winner() else ("Save again",)
	for answer in answers:
		assert answer.ok or all(part in answer.messages for part in told), answer.messages


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_one_of_sixteen_existing_meetings_gets_the_room(save, crew, outcomes):
	"""Unlike inserts, saves of existing meetings don't queue for a number first."""
	for _ in range(2):
		(room,) = rooms(1)
		requests = [_book(save, one, [room]) for one in meetings(len(crew))]
		assert _record(at_once(crew, requests), outcomes).count("ok") == 1
		assert len(_booked(room)) == 1


@pytest.mark.usefixtures("many_writers")
def test_one_of_sixteen_meetings_can_move_to_the_same_time(crew, outcomes):
	"""All have the same room at different times, and move to one time."""
	(room,) = rooms(1)
	booked = meetings(len(crew), HOUR, resources=[{"resource": room}])
	noon = FIRST + timedelta(days=7)
	answers = at_once(crew, [put(one, starts_on=noon, ends_on=noon + HOUR) for one in booked])
	assert _record(answers, outcomes).count("ok") == 1
	assert len(_booked(room)) == len(crew)
	columns = ["booked_from", "booked_to"]
	rows = frappe.get_all(ROW, {"resource": room, "holds": 1}, columns, order_by="booked_from asc")
	for earlier, later in pairwise(rows):
		assert earlier.booked_to <= later.booked_from


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_one_of_two_meetings_gets_two_rooms_booked_in_opposite_orders(save, crew, outcomes):
	"""One meeting gets both rooms, the other none."""
	for _ in range(6):
		one, other = rooms(2)
		mine, yours = meetings(2)
		requests = [_book(save, mine, [one, other]), _book(save, yours, [other, one])]
		assert _record(at_once(crew, requests), outcomes).count("ok") == 1
		assert len(_booked(one)) == 1
		assert _booked(one) == _booked(other)


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_meetings_in_different_rooms_can_all_be_saved(save, crew, outcomes):
	"""Sixteen meetings, each with its own room, are saved at once.

	In every child table, Frappe locks the gap of the index where a document's first row would go. Neighbouring
	documents share that gap, so some saves may be refused and have to be repeated.
	"""
	for _ in range(2):
		own, free = meetings(len(crew)), rooms(len(crew))
		requests = [_book(save, one, [room]) for one, room in zip(own, free, strict=True)]
		answers = at_once(crew, requests)
		_record(answers, outcomes)
		for worker, answer, one, room in zip(crew, answers, own, free, strict=True):
			assert answer.ok or worker.do(_book(save, one, [room])).ok
			assert _booked(room) == [one[1]]


def _book(save: str, one: tuple[str, str], rooms: list[str]):
	rows = [{"doctype": ROW, "resource": room} for room in rooms]
	if save == "REST":
		return put(one, resources=rows)
	return desk_save(form(one, resources=rows))


def _new(room: str, party: dict):
	values = {"interaction_type": "Meeting", "title": "All want this room", "resources": [{"resource": room}]}
	people = [{"full_name": "Ivan Babić", "side": "Theirs"}]
	period = {"starts_on": str(FIRST), "ends_on": str(FIRST + HOUR)}
	return post("Meeting", **values, **party, **period, participants=people)


def _record(answers, outcomes) -> list[str]:
	# on SQLite, a connection that may not write gets Frappe's own errors
	sqlite = ("QueryDeadlockError", "QueryTimeoutError") if frappe.db.db_type == "sqlite" else ()
	return record(answers, outcomes, "BookedError", *sqlite)


def _booked(room: str) -> list[str]:
	fresh()
	return frappe.get_all(ROW, {"resource": room, "holds": 1}, pluck="parent")
