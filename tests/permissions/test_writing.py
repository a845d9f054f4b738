"""A user who may not read a record can't change, send or print it, and learns nothing about it."""

from collections.abc import Iterator

import frappe
import pytest

from tests.permissions import oracle, state
from tests.permissions.conftest import connected
from tests.permissions.doors_of_writing import BOARD, sending, writing
from tests.permissions.people import PEOPLE
from tests.permissions.world import Record
from tests.site.factories import interaction

HIDDEN = ("Interaction", "unrelated")
# doors that refuse with status 200, in their message or with an empty file
ANSWERS = ("bulk change", "values", "delete from the list", "Kanban", "PDF of many")
# on MariaDB, Frappe fails in its own error handling after the refusal
FAILS = {"tag": "IndexError"}
# left out: the record's number would be reused, and without a worker its attachments would stay
DELETING = ("delete from the list", "delete", "REST v1, deleted")


@pytest.fixture(scope="module")
def board(site, world) -> None:
	"""Make a Kanban board, and turn on notifications of followed documents for all people."""
	columns = [{"column_name": name, "order": "[]"} for name in ("Planned", "Held", "Not Held", "Cancelled")]
	values = {"kanban_board_name": BOARD, "reference_doctype": "Interaction", "field_name": "status"}
	with connected(site):
		frappe.get_doc({"doctype": "Kanban Board", **values, "columns": columns}).insert()
		for person in PEOPLE.values():
			frappe.db.set_value("User", person.name, "document_follow_notify", 1)


@pytest.mark.usefixtures("board")
def test_no_door_changes_or_shows_a_hidden_record(site, world, ask, visibility, differences):
	record = next(r for r in world.records if (r.doctype, r.relation) == HIDDEN)
	before = state.snapshot(site, world)
	for person in PEOPLE.values():
		if oracle.sees(visibility, person, record):
			continue
		for door, request in {**writing(record, person.name), **sending(record)}.items():
			answer = ask(person.key, request)
			if answer.contains(record.token):
				differences.append((person.key, door, "tells", answer.text[:300]))
			if not _refused(door, answer):
				differences.append((person.key, door, answer.status, answer.text[:300]))
		if (after := state.snapshot(site, world)) != before:
			changes = [{*new} ^ {*old} for new, old in zip(after, before, strict=True) if new != old]
			differences.append((person.key, "changes", changes))
			before = after


def _refused(door: str, answer) -> bool:
	if answer.status == 500:
		return door in FAILS and FAILS[door] in answer.text
	return answer.is_refused or (answer.status == 200 and door in ANSWERS)


@pytest.fixture
def another(site, world) -> Iterator[Record]:
	"""Return a record to change; its shares are removed afterwards, since one is with all users of the site."""
	with connected(site):
		doc = interaction(frappe.get_doc(world.party_type, world.party), status="Planned")
	yield Record("Interaction", "to be written", "Administrator", "Administrator", name=doc.name)
	with connected(site):
		for share in frappe.get_all("DocShare", {"share_name": doc.name}, pluck="name"):
			frappe.delete_doc("DocShare", share)


@pytest.mark.usefixtures("board")
def test_a_manager_can_use_the_doors(another, world, ask, visibility):
	manager = PEOPLE["manager"]
	assert oracle.sees(visibility, manager, another)
	for door, request in writing(another, manager.name).items():
		if door in DELETING:
			continue
		answer = ask(manager.key, request)
		assert 200 <= answer.status < 300, (door, answer.status, answer.text[-500:])
