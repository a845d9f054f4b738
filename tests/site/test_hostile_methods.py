"""Every whitelisted method, every argument, with what nobody should send: refused with a sentence or answered, never broken."""

import inspect

import frappe
import pytest
from api_calls import METHODS, arguments, path
from door import call
from hostile_values import values_for
from hostile_world import CALLER, make_hidden, one_test, scripts_in, taken_back, wrong_with

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize(
	"method", METHODS, ids=lambda method: f"{method.__module__.rpartition('.')[2]}.{method.__name__}"
)
def test_method(method):
	verb = METHODS[method][0].rpartition(" ")[2]
	given = dict(zip(inspect.signature(method).parameters, arguments(method), strict=False))
	frappe.set_user(CALLER)
	as_meant = call(verb, f"method/{path(method)}", given)
	assert as_meant.status == 200, as_meant.text
	problems = []
	takes = {name: one.annotation for name, one in inspect.signature(method).parameters.items()}
	for argument, label, value in values_for(takes):
		answer = call(verb, f"method/{path(method)}", {**given, argument: value})
		wrong = [*wrong_with(answer), *scripts_in(answer)]
		problems += [f"{argument} = {label}: {problem}" for problem in wrong]
	assert not problems, "\n".join(problems)


@pytest.fixture(scope="module", autouse=True)
def world(site):
	make_hidden("Interaction Manager", "Interaction Administrator")
	with taken_back():
		yield


@pytest.fixture(autouse=True)
def rolled_back(world):
	with one_test("Administrator"):
		yield
