"""The matrix, as in test_matrix: every person × every record × every door to one record."""

import doors
import oracle
import pytest
import sampling
from people import Person

EACH_SETTING = pytest.mark.parametrize("visibility", oracle.SETTINGS)
# doors to the chain need a right to chains; a share of an activity is none
NEEDS_ROLE = ("chain's form", "REST of its chain", "page of its chain", "log of its chain")


@EACH_SETTING
def test_records(visibility, world, ask, setting, differences):
	setting(visibility)
	for person in sampling.people_for(visibility):
		for number, record in enumerate(world.records):
			seen = oracle.sees(visibility, person, record)
			few = visibility != oracle.OWN_AND_TEAM or record.doctype != "Interaction"
			every = doors.document(record, few=few)
			of = len(world.of(record.doctype))
			for door, request in sampling.doors_for(person, number, every, of).items():
				answer = ask(person.key, request)
				told = answer.tells(record.token)
				if told != (seen and _opens(person, door)):
					what = "shows" if told else f"hides ({answer.status})"
					differences.append((person.key, door, record.label, what))
				if answer.status >= 500:
					differences.append((person.key, door, record.label, answer.status))


@EACH_SETTING
def test_records_of_all_kinds(visibility, world, ask, setting, differences):
	setting(visibility)
	for person in sampling.people_for(visibility):
		allowed = {r.label for r in world.records if oracle.sees(visibility, person, r)}
		for door, request in doors.site(world).items():
			answer = ask(person.key, request)
			told = {r.label for r in world.records if answer.tells(r.token) or answer.tells(r.name)}
			differences.check(allowed, told, person.key, door, may_be_closed=not oracle.has_role(person))
		for record in (r for r in world.records if oracle.sees(visibility, person, r)):
			for door, request in doors.of_own(record).items():
				answer = ask(person.key, request)
				told = {r.label for r in world.records if answer.tells(r.token)}
				others = allowed - {record.label}
				closed = not oracle.has_role(person)
				differences.check(others, told, person.key, door, record.label, may_be_closed=closed)


def _opens(person: Person, door: str) -> bool:
	return oracle.has_role(person) or door not in NEEDS_ROLE
