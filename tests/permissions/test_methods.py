"""Every method of the app, called by a user about records of others: it shows nothing and changes nothing.

The arguments are those of `tests/site/api_calls.py`; a method without a line there fails.
"""

import inspect

import pytest

from tests.permissions import oracle, state
from tests.permissions.conftest import connected
from tests.permissions.doors import Request, method
from tests.permissions.people import PEOPLE
from tests.permissions.world import Record, World
from tests.site.api_calls import METHODS, path, whitelisted

CLERK = "clerk"
PATHS = {path(method): method for method in METHODS}


def test_every_method_of_the_app_is_tested(site):
	with connected(site):
		assert whitelisted() == {*PATHS}


@pytest.mark.parametrize("name", sorted(PATHS))
def test_a_method_shows_and_changes_nothing_of_others(name, world, ask, visibility, site):
	assert not oracle.readable(visibility, PEOPLE[CLERK], world.records)
	before = state.snapshot(site, world)
	answer = ask(CLERK, _request(name, world))
	assert answer.status < 500, answer.text
	assert not answer.labels(world.records)
	assert state.snapshot(site, world) == before


def _request(name: str, world: World) -> Request:
	verb, arguments = METHODS[PATHS[name]]
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
		"{plan}": world.plan,
		"{step}": call.name,
		"chief@example.com": PEOPLE["other.worker"].name,
		"Administrator": PEOPLE["worker"].name,
	}

	def filled(argument):
		if isinstance(argument, dict):
			return {key: filled(value) for key, value in argument.items()}
		if isinstance(argument, list | tuple):
			return [filled(value) for value in argument]
		return values.get(argument, argument) if isinstance(argument, str) else argument

	parameters = inspect.signature(PATHS[name]).parameters
	sent = dict(zip(parameters, map(filled, arguments), strict=False))
	return method(name, verb="POST" if verb == "POST" else "GET", **sent)


def _record(world: World, doctype: str, relation: str) -> Record:
	return next(record for record in world.of(doctype) if record.relation == relation)
