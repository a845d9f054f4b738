"""Each print format of the app shows a record only to its readers."""

import frappe
import pytest

from tests.permissions import doors, oracle
from tests.permissions.conftest import connect
from tests.permissions.doors_of_counts import shipped
from tests.permissions.people import PEOPLE
from tests.permissions.world import World

# relations of the tested records: visible to managers only, to a worker and their leaders, to the users of a share
RELATIONS = ("unrelated", "of a worker", "shared")


@pytest.fixture(scope="module")
def formats(site, world: World) -> dict[str, str]:
	"""Return the document type of each print format by its name."""
	connect(site)
	found = {name: frappe.db.get_value("Print Format", name, "doc_type") for name in shipped("Print Format")}
	frappe.destroy()
	return found


def test_print_formats_show_a_record_to_exactly_its_readers(world, ask, setting, formats, differences):
	setting(oracle.OWN_AND_TEAM)
	assert formats
	for person in PEOPLE.values():
		for name, doctype in formats.items():
			for record in (each for each in world.of(doctype) if each.relation in RELATIONS):
				answer = ask(person.key, doors.printed(record, name))
				allowed = {record.label} if oracle.sees(oracle.OWN_AND_TEAM, person, record) else set()
				shown = {record.label} if answer.contains(record.token) else set()
				differences.check(allowed, shown, person.key, name)
