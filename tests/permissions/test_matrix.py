"""The matrix: every person × every record × every door, against what the world's own story says. No difference is left.

A door that shows more than it should is a leak; one that shows less hides somebody's work. Here are the lists; the records
themselves are in test_matrix_records.
"""

import doors
import oracle
import pytest
import sampling
from people import PEOPLE, Person
from world import Record, World

EACH_SETTING = pytest.mark.parametrize("visibility", oracle.SETTINGS)
# who has no role on the type of record gets there by a share alone: then a list may be closed altogether
ACTIVITIES = ("Interaction", "Meeting", "Product Record")
# Frappe 16 refuses the filters that its own calendar makes; ours has a method of its own. The sidebar answers with nothing
# where the database doesn't take the platform's query
MAY_BE_CLOSED = ("calendar of the platform", "sidebar")


@EACH_SETTING
@pytest.mark.parametrize("doctype", doors.TITLED)
def test_lists(visibility, doctype, world, ask, setting, differences):
	setting(visibility)
	records = _behind(world, doctype)
	for person in sampling.people_for(visibility):
		allowed = {r.label for r in records if _sees(visibility, person, r, doctype)}
		for door, request in doors.lists(doctype).items():
			answer = ask(person.key, request)
			told = {r.label for r in records if answer.tells(r.token)}
			closed = not oracle.has_role(person) or door in MAY_BE_CLOSED
			differences.check(allowed, told, person.key, door, doctype, may_be_closed=closed)
			if answer.status >= 500:
				differences.append((person.key, door, doctype, answer.status, answer.text[-300:]))
		for door, request in doors.counts(doctype).items():
			answer = ask(person.key, request)
			told = answer.number() if answer.status == 200 else 0
			if told != len(allowed) and (told or oracle.has_role(person)):
				differences.append((person.key, door, doctype, f"counts {told} of {len(allowed)}"))


def test_the_matrix_bites(world, ask, setting):
	"""Where everyone sees all, own and team alone would be another answer."""
	setting(oracle.EVERYONE)
	clerk, record = PEOPLE["clerk"], world.records[0]
	assert not oracle.sees(oracle.OWN_AND_TEAM, clerk, record)
	for door, request in {**doors.lists(record.doctype), **doors.document(record)}.items():
		assert door in MAY_BE_CLOSED or ask(clerk.key, request).tells(record.token), door


def _behind(world: World, doctype: str) -> list[Record]:
	return world.of(doctype) if doctype in ACTIVITIES else world.records


def _sees(visibility: str, person: Person, record: Record, doctype: str) -> bool:
	"""A row of the journal and a chain are seen by who sees the activity, and has a right to rows and chains at all."""
	right = doctype in ACTIVITIES or oracle.has_role(person)
	return right and oracle.sees(visibility, person, record)
