"""Every method of the app, called by a user about records of others: it shows nothing and changes nothing.

The arguments are those of `tests/site/api_calls.py`; a method without a line there fails.
"""

import inspect
import json

import frappe
import pytest

from tests.permissions import oracle, state
from tests.permissions.doors import Request
from tests.permissions.people import PEOPLE
from tests.permissions.world import Record, World
from tests.site.api_calls import METHODS, path, whitelisted

CLERK = "clerk"
EACH_METHOD = pytest.mark.parametrize("name", sorted(path(method) for method in METHODS))


def test_every_method_of_the_app_is_tested(site):
	frappe.init(site=site, sites_path=".", force=True)
	frappe.connect()
	assert whitelisted() == {path(method) for method in METHODS}
	frappe.destroy()


@EACH_METHOD
def test_a_method_shows_and_changes_nothing_of_others(name, world, ask, setting, site):
	setting(oracle.OWN_AND_TEAM)
	hidden = [r for r in world.records if not oracle.sees(oracle.OWN_AND_TEAM, PEOPLE[CLERK], r)]
	assert hidden == world.records
	before = state.snapshot(site, world)
	answer = ask(CLERK, _request(name, world))
	assert answer.status < 500, answer.text
	assert not [record.title for record in hidden if answer.contains(record.token)]
	assert state.snapshot(site, world) == before


def _request(name: str, world: World) -> Request:
	method = next(method for method in METHODS if path(method) == name)
	verb, arguments = METHODS[method]
	call, other = (_record(world, "Interaction", relation) for relation in ("of a worker", "unrelated"))
	values = {
		"{interaction}": call.name,
		"{planned}": call.name,
		"{other}": other.name,
		"{chain}": call.chain,
		"{meeting}": _record(world, "Meeting", "of a worker").name,
		"{type}": world.party_type,
		"{party}": world.party,
		"{log}": world.log,
		"chief@example.com": PEOPLE["other.worker"].name,
		"Administrator": PEOPLE["worker"].name,
	}

	def filled(argument):
		if isinstance(argument, dict):
			return {key: filled(value) for key, value in argument.items()}
		if isinstance(argument, list | tuple):
			return [filled(value) for value in argument]
		return values.get(argument, argument) if isinstance(argument, str) else argument

	sent = {}
	for key, value in zip(inspect.signature(method).parameters, arguments, strict=False):
		value = filled(value)
		sent[key] = value if isinstance(value, str) else json.dumps(value)
	return Request(f"/api/method/{name}", sent, "POST" if verb == "POST" else "GET")


def _record(world: World, doctype: str, relation: str) -> Record:
	return next(record for record in world.of(doctype) if record.relation == relation)
