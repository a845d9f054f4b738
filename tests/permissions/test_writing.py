"""Whoever may not read a record changes nothing about it, sends it to nobody, and isn't told what it is."""

from collections.abc import Iterator

import frappe
import oracle
import pytest
import state
from conftest import connect
from doors_of_writing import BOARD, sending, writing
from factories import interaction
from people import PEOPLE
from world import Record

HIDDEN = ("Interaction", "nobody's")
# these say in their answer that nothing was done, or answer with a file that has nothing in it
ANSWERS = ("bulk change", "values", "delete from the list", "Kanban", "PDF of many")
# Frappe 15 refuses, and then trips over its own refusal, which has no number as a database's error would
TRIPS = {"tag": "IndexError"} if frappe.__version__.startswith("15.") else {}
# not gone through: the record's number would be given out again, and no worker takes away what hung on it
DELETING = ("delete from the list", "delete", "REST v1, deleted")
STATUS = ("Planned", "Held", "Not Held", "Cancelled")


@pytest.fixture(scope="module")
def board(site, world) -> str:
	"""Return a Kanban board; all people are told of what they follow."""
	connect(site)
	columns = [{"column_name": name, "order": "[]"} for name in STATUS]
	values = {"kanban_board_name": BOARD, "reference_doctype": "Interaction", "field_name": "status"}
	frappe.get_doc({"doctype": "Kanban Board", **values, "columns": columns}).insert()
	for person in PEOPLE.values():
		frappe.db.set_value("User", person.name, "document_follow_notify", 1)
	frappe.db.commit()
	frappe.destroy()
	return BOARD


def test_nothing_changes(site, world, ask, setting, board, differences):
	setting(oracle.OWN_AND_TEAM)
	record = next(r for r in world.records if (r.doctype, r.relation) == HIDDEN)
	before = state.of(site, world)
	for person in PEOPLE.values():
		if oracle.sees(oracle.OWN_AND_TEAM, person, record):
			continue
		doors = {**writing(record, world, person.name), **sending(record)}
		for door, request in doors.items():
			answer = ask(person.key, request)
			if answer.tells(record.token):
				differences.append((person.key, door, "tells", answer.text[:300]))
			if not _refused(door, answer):
				differences.append((person.key, door, answer.status, answer.text[:300]))
		if (after := state.of(site, world)) != before:
			changes = [{*new} ^ {*old} for new, old in zip(after, before, strict=True) if new != old]
			differences.append((person.key, "changes", changes))
			before = after


def _refused(door: str, answer) -> bool:
	if answer.status == 500:
		return door in TRIPS and TRIPS[door] in answer.text
	return 400 <= answer.status < 500 or (answer.status == 200 and door in ANSWERS)


@pytest.fixture
def another(site, world) -> Iterator[Record]:
	"""Return a record that may be changed; what it was shared with is taken back, or every user of the site sees it."""
	connect(site)
	doc = interaction(frappe.get_doc(world.party_type, world.party), status="Planned")
	frappe.db.commit()
	frappe.destroy()
	yield Record("Interaction", "to be written", "Administrator", "Administrator", name=doc.name)
	connect(site)
	for share in frappe.get_all("DocShare", {"share_name": doc.name}, pluck="name"):
		frappe.delete_doc("DocShare", share)
	frappe.db.commit()
	frappe.destroy()


def test_the_doors_lead_somewhere(another, world, ask, setting, board):
	setting(oracle.OWN_AND_TEAM)
	manager = PEOPLE["manager"]
	assert oracle.sees(oracle.OWN_AND_TEAM, manager, another)
	for door, request in writing(another, world, manager.name).items():
		if door in DELETING:
			continue
		answer = ask(manager.key, request)
		assert 200 <= answer.status < 300, (door, answer.status, answer.text[-500:])
