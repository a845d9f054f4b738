"""Each print format of the app shows a record only to its readers."""

import frappe
import pytest

from tests.permissions import doors, oracle
from tests.permissions.conftest import connected
from tests.permissions.doors_of_counts import shipped
from tests.permissions.people import PEOPLE
from tests.permissions.world import World

# relations of the tested records: visible to managers only, to a worker and their leaders, to the users of a share
RELATIONS = ("unrelated", "of a worker", "shared")


@pytest.fixture(scope="module")
def formats(site, world: World) -> dict[str, str]:
	"""Return the document type of each print format by its name."""
	with connected(site):
		names = shipped("Print Format")
		return {name: frappe.db.get_value("Print Format", name, "doc_type") for name in names}


def test_print_formats_show_a_record_to_exactly_its_readers(world, ask, visibility, formats, differences):
	assert formats
	for person in PEOPLE.values():
		for name, doctype in formats.items():
			for record in (each for each in world.of(doctype) if each.relation in RELATIONS):
				shown = ask(person.key, doors.printed(record, name)).labels([record])
				differences.check(oracle.readable(visibility, person, [record]), shown, person.key, name)
