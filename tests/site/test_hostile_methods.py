"""Hostile values in every argument of every whitelisted method are answered or refused with a sentence."""

import inspect

import frappe
import pytest

from tests.site.api_calls import METHODS, arguments, path
from tests.site.door import call
from tests.site.hostile_values import values_for
from tests.site.hostile_world import CALLER, faults_in, make_hidden, one_test, rolling_back, scripts_in

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize(
	"method", METHODS, ids=lambda method: f"{method.__module__.rpartition('.')[2]}.{method.__name__}"
)
def test_hostile_arguments_are_answered_or_refused(method):
	verb = METHODS[method][0].rpartition(" ")[2]
	given = dict(zip(inspect.signature(method).parameters, arguments(method), strict=False))
	frappe.set_user(CALLER)
	as_meant = call(verb, f"method/{path(method)}", given)
	assert as_meant.status == 200, as_meant.text
	problems = []
	takes = {name: parameter.annotation for name, parameter in inspect.signature(method).parameters.items()}
	for argument, label, value in values_for(takes):
		answer = call(verb, f"method/{path(method)}", {**given, argument: value})
		wrong = [*faults_in(answer), *scripts_in(answer)]
		problems += [f"{argument} = {label}: {problem}" for problem in wrong]
	assert not problems, "\n".join(problems)


@pytest.fixture(scope="module", autouse=True)
def world(site):
	make_hidden("Interaction Manager", "Interaction Administrator")
	with rolling_back():
		yield


@pytest.fixture(autouse=True)
def rolled_back(world):
	with one_test("Administrator"):
		yield
