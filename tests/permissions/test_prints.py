"""Each print format of the app shows a record to who may read it; those are that are found."""

import doors
import frappe
import oracle
import pytest
from conftest import connect
from doors_of_counts import shipped
from people import PEOPLE
from world import World

# one that nobody below a manager sees, one of somebody, one that is shared
OF_EACH = ("nobody's", "of a worker", "shared")


@pytest.fixture(scope="module")
def formats(site, world: World) -> dict[str, str]:
	"""Return the document type of each."""
	connect(site)
	found = {name: frappe.db.get_value("Print Format", name, "doc_type") for name in shipped("Print Format")}
	frappe.destroy()
	return found


def test_prints(world, ask, setting, formats, differences):
	setting(oracle.OWN_AND_TEAM)
	assert formats
	for person in PEOPLE.values():
		for name, doctype in formats.items():
			for record in (one for one in world.of(doctype) if one.relation in OF_EACH):
				answer = ask(person.key, doors.printed(record, name))
				allowed = {record.label} if oracle.sees(oracle.OWN_AND_TEAM, person, record) else set()
				told = {record.label} if answer.tells(record.token) else set()
				differences.check(allowed, told, person.key, name)
