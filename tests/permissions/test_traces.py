"""Lists of files, comments, e-mails, tags, assignments, notifications, participants and logs reveal no hidden record.

The lists are found by a search of the site. Frappe's own rights may close them further.
"""

import frappe
import pytest

from tests.permissions import oracle
from tests.permissions.conftest import connected
from tests.permissions.doors_of_counts import MODULE
from tests.permissions.doors_of_traces import Place, beside, places
from tests.permissions.people import PEOPLE

# places in which the search must find titles
CERTAIN = {
	*map(Place, ("File", "Comment", "Communication", "Tag Link", "ToDo")),
	*map(Place, ("Notification Log", "Interaction Chain Log")),
	*(Place("Interaction Participant", parent) for parent in ("Interaction", "Meeting")),
}


@pytest.fixture(scope="module")
def traces(site, world) -> set[Place]:
	with connected(site):
		return places(world)


def test_the_search_finds_the_known_places(traces):
	assert traces >= CERTAIN


def test_no_list_shows_a_hidden_record(world, ask, visibility, traces, differences):
	shown_by: set[Place] = set()
	for person in PEOPLE.values():
		allowed = oracle.readable(visibility, person, world.records)
		for place in traces:
			shown = ask(person.key, place.request()).labels(world.records)
			differences.check(allowed, shown, person.key, place, may_be_closed=True, may_be_less=True)
			if shown and person.key != "Administrator":
				shown_by.add(place)
	assert {place.doctype for place in shown_by} >= {"File", "Tag Link", "ToDo", "Notification Log"}


def test_no_record_leads_to_a_hidden_record(world, ask, visibility, differences):
	for person in PEOPLE.values():
		allowed = oracle.readable(visibility, person, world.records)
		for record in world.of("Interaction"):
			for door, request in beside(record).items():
				answer = ask(person.key, request)
				# each request names the record itself
				named = {r.label for r in world.records if r is not record and answer.contains(f'"{r.name}"')}
				titled = answer.labels(world.records) - ({record.label} & allowed)
				where = (person.key, door, record.label)
				differences.check(allowed, named | titled, *where, may_be_less=True)


def test_no_document_type_is_a_tree(site):
	"""Frappe checks no rights on the nodes of a tree, so a tree of the app would need a door here."""
	with connected(site):
		assert not frappe.get_all("DocType", {"module": MODULE, "is_tree": 1}, pluck="name")
