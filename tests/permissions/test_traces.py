"""What a record leaves in other lists: files, comments, mails, tags, assignments, notifications, participants, the trail.

The places are found, not listed here. The platform has rights of its own on them, so that little may be told; but nothing
of a record that somebody may not read.
"""

import frappe
import oracle
import pytest
from conftest import connect
from doors_of_counts import MODULE
from doors_of_traces import Place, beside, places
from people import PEOPLE

# where titles have to be found, or nothing was looked through
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


def test_titles_are_found(traces):
	assert traces >= CERTAIN


def test_no_list_tells_of_what_is_hidden(world, ask, setting, traces, differences):
	setting(oracle.OWN_AND_TEAM)
	told_by: set[Place] = set()
	for person in PEOPLE.values():
		allowed = {r.label for r in world.records if oracle.sees(oracle.OWN_AND_TEAM, person, r)}
		for place in traces:
			answer = ask(person.key, place.request())
			told = {r.label for r in world.records if answer.tells(r.token)}
			differences.check(allowed, told, person.key, place, may_be_closed=True, may_be_less=True)
			if told and person.key != "Administrator":
				told_by.add(place)
	assert {place.doctype for place in told_by} >= {"File", "Tag Link", "ToDo", "Notification Log"}


def test_no_record_leads_to_what_is_hidden(world, ask, setting, differences):
	setting(oracle.OWN_AND_TEAM)
	for person in PEOPLE.values():
		allowed = {r.label for r in world.records if oracle.sees(oracle.OWN_AND_TEAM, person, r)}
		for record in world.of("Interaction"):
			for door, request in beside(record).items():
				answer = ask(person.key, request)
				others = [r for r in world.records if r is not record]
				told = {r.label for r in others if answer.tells(r.token) or answer.tells(f'"{r.name}"')}
				if record.label not in allowed and answer.tells(record.token):
					told.add(record.label)
				differences.check(allowed, told, person.key, door, record.label, may_be_less=True)


def test_no_document_type_is_a_tree(site):
	"""The platform asks for no right on the rows of a tree; one of ours would need a door."""
	connect(site)
	assert not frappe.get_all("DocType", {"module": MODULE, "is_tree": 1}, pluck="name")
	frappe.destroy()
