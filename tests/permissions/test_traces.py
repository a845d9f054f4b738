"""Lists of files, comments, e-mails, tags, assignments, notifications, participants and logs reveal no hidden record.

The lists are found by a search of the site. Frappe's own rights may close them further.
"""

import frappe
import pytest

from tests.permissions import oracle
from tests.permissions.conftest import connect
from tests.permissions.doors_of_counts import MODULE
from tests.permissions.doors_of_traces import Place, beside, places
from tests.permissions.people import PEOPLE

# places in which the search must find titles
CERTAIN = {
	Place("File"),
	Place("Comment"),
	Place("Communication"),
	Place("Tag Link"),
	Place("ToDo"),
	Place("Notification Log"),
	Place("Interaction Chain Log"),
	Place("Interaction Participant", "Interaction"),
	Place("Interaction Participant", "Meeting"),
}


@pytest.fixture(scope="module")
def traces(site, world) -> set[Place]:
	connect(site)
	found = places(world)
	frappe.destroy()
	return found


def test_the_search_finds_the_known_places(traces):
	assert traces >= CERTAIN


def test_no_list_shows_a_hidden_record(world, ask, setting, traces, differences):
	setting(oracle.OWN_AND_TEAM)
	shown_by: set[Place] = set()
	for person in PEOPLE.values():
		allowed = {r.label for r in world.records if oracle.sees(oracle.OWN_AND_TEAM, person, r)}
		for place in traces:
			answer = ask(person.key, place.request())
			shown = {r.label for r in world.records if answer.contains(r.token)}
			differences.check(allowed, shown, person.key, place, may_be_closed=True, may_be_less=True)
			if shown and person.key != "Administrator":
				shown_by.add(place)
	assert {place.doctype for place in shown_by} >= {"File", "Tag Link", "ToDo", "Notification Log"}


def test_no_record_leads_to_a_hidden_record(world, ask, setting, differences):
	setting(oracle.OWN_AND_TEAM)
	for person in PEOPLE.values():
		allowed = {r.label for r in world.records if oracle.sees(oracle.OWN_AND_TEAM, person, r)}
		for record in world.of("Interaction"):
			for door, request in beside(record).items():
				answer = ask(person.key, request)
				others = [r for r in world.records if r is not record]
				shown = {
					r.label for r in others if answer.contains(r.token) or answer.contains(f'"{r.name}"')
				}
				if record.label not in allowed and answer.contains(record.token):
					shown.add(record.label)
				differences.check(allowed, shown, person.key, door, record.label, may_be_less=True)


def test_no_document_type_is_a_tree(site):
	"""Frappe checks no rights on the nodes of a tree, so a tree of the app would need a door here."""
	connect(site)
	assert not frappe.get_all("DocType", {"module": MODULE, "is_tree": 1}, pluck="name")
	frappe.destroy()
