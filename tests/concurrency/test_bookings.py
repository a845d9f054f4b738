"""Many users book the same room at the same moment: one has it, the others are told so (R14).

On every database: where SQLite lets one connection write, the others are refused by it. What collides inside the
database, and has to be said in words, needs one that lets several write.
"""

from datetime import datetime, timedelta
from itertools import pairwise

import frappe
import pytest
from crew import at_once, desk_save, post, put
from factories import meeting, resource, some_partner
from scenery import fresh

ROW = "Activity Resource"
FIRST = datetime(2031, 3, 10, 10)
HOUR = timedelta(hours=1)


@pytest.fixture
def party(site):
	"""Return the partner whom all of them meet."""
	found = some_partner()
	frappe.db.commit()
	return {"party_type": found.doctype, "party": found.name}


@pytest.fixture
def rooms():
	"""Return a maker of rooms that nobody has booked."""

	def make(count: int) -> list[str]:
		found = [resource(f"Room {frappe.generate_hash(length=8)}").name for _ in range(count)]
		frappe.db.commit()
		return found

	return make


@pytest.fixture
def meetings():
	"""Return a maker of meetings, one hour each, all at the same time unless `apart`."""

	def make(count: int, apart: timedelta = HOUR * 0, **fields) -> list[tuple[str, str]]:
		docs = [
			meeting(starts_on=FIRST + apart * number, ends_on=FIRST + apart * number + HOUR, **fields)
			for number in range(count)
		]
		frappe.db.commit()
		return [("Meeting", doc.name) for doc in docs]

	return make


def test_sixteen_new_meetings_in_one_room(crew, rooms, party, outcomes):
	(room,) = rooms(1)
	answers = at_once(crew, [_new(room, party) for _ in crew])
	assert _told(answers, outcomes).count("ok") == 1
	assert len(_booked(room)) == 1


@pytest.mark.usefixtures("many_writers")
def test_fifteen_are_told_by_whom_and_what_is_free_next(crew, rooms, party, outcomes):
	"""With a database that lets them wait for each other, each hears what he needs."""
	(room,) = rooms(1)
	answers = at_once(crew, [_new(room, party) for _ in crew])
	said = _told(answers, outcomes)
	assert sorted(said) == sorted(["ok", *["BookedError"] * 15])
	(booked,) = _booked(room)
	for answer in answers:
		assert answer.ok or (booked in answer.told and "11:00" in answer.told), answer.told


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_sixteen_meetings_move_into_one_room(save, crew, rooms, meetings, outcomes):
	"""Saves of what is there already, which wait for no number before."""
	for _ in range(2):
		(room,) = rooms(1)
		requests = [_book(save, one, [room]) for one in meetings(len(crew))]
		assert _told(at_once(crew, requests), outcomes).count("ok") == 1
		assert len(_booked(room)) == 1


@pytest.mark.usefixtures("many_writers")
def test_all_move_to_the_same_time(crew, rooms, meetings, outcomes):
	"""They have the same room one after the other, and all want it at noon."""
	(room,) = rooms(1)
	ours = meetings(len(crew), HOUR, resources=[{"resource": room}])
	noon = FIRST + timedelta(days=7)
	answers = at_once(crew, [put(one, starts_on=noon, ends_on=noon + HOUR) for one in ours])
	assert _told(answers, outcomes).count("ok") == 1
	assert len(_booked(room)) == len(crew)
	_check_nothing_overlaps(room)


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_two_swap_two_rooms(save, crew, rooms, meetings, outcomes):
	"""Each has what the other wants, and lists them the other way round."""
	for _ in range(6):
		one, other = rooms(2)
		mine, yours = meetings(2)
		requests = [_book(save, mine, [one, other]), _book(save, yours, [other, one])]
		assert _told(at_once(crew, requests), outcomes).count("ok") == 1
		assert len(_booked(one)) == 1
		assert _booked(one) == _booked(other)


@pytest.mark.usefixtures("many_writers")
@pytest.mark.parametrize("save", ["form", "REST"])
def test_neighbours_are_told_when_they_collide(save, crew, rooms, meetings, outcomes):
	"""Sixteen rooms next to each other, each booked by somebody.

	The platform locks the place in the index where a document's first row would go, which is the same for neighbours:
	so it is in each table of each document. Who gives way is told to save again, and does.
	"""
	for _ in range(2):
		ours, free = meetings(len(crew)), rooms(len(crew))
		requests = [_book(save, one, [room]) for one, room in zip(ours, free, strict=True)]
		answers = at_once(crew, requests)
		_told(answers, outcomes)
		for worker, answer, one, room in zip(crew, answers, ours, free, strict=True):
			assert answer.ok or worker.do(_book(save, one, [room])).ok
			assert _booked(room) == [one[1]]


def _book(save: str, one: tuple[str, str], rooms: list[str]):
	rows = [{"doctype": ROW, "resource": room} for room in rooms]
	if save == "REST":
		return put(one, resources=rows)
	return desk_save({**frappe.get_doc(*one).as_dict(convert_dates_to_str=True), "resources": rows})


def _new(room: str, party: dict):
	return post(
		"Meeting",
		interaction_type="Meeting",
		title="All want this room",
		**party,
		participants=[{"full_name": "Ivan Babić", "side": "Theirs"}],
		starts_on=str(FIRST),
		ends_on=str(FIRST + HOUR),
		resources=[{"resource": room}],
	)


def _told(answers, outcomes) -> list[str]:
	"""Return what happened; a refusal is one that a user understands."""
	for answer in answers:
		outcomes[answer.outcome] += 1
		answer.require("BookedError", *_SQLITE.get(frappe.db.db_type, ()))
	return [answer.outcome for answer in answers]


# there the platform's own words are all that a connection hears that may not write
_SQLITE = {"sqlite": ("QueryDeadlockError", "QueryTimeoutError")}


def _booked(room: str) -> list[str]:
	fresh()
	return frappe.get_all(ROW, {"resource": room, "holds": 1}, pluck="parent")


def _check_nothing_overlaps(room: str) -> None:
	rows = frappe.get_all(
		ROW, {"resource": room, "holds": 1}, ["booked_from", "booked_to"], order_by="booked_from asc"
	)
	for earlier, later in pairwise(rows):
		assert earlier.booked_to <= later.booked_from
