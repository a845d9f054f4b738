"""Hostile values in every argument of every whitelisted method are answered or refused with a sentence."""

import inspect

import frappe
import pytest

from tests.site.api_calls import METHODS, named_arguments, send
from tests.site.hostile_values import values_for
from tests.site.hostile_world import CALLER, each_test_as, faults_in, make_hidden, scripts_in, shared

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize(
	"method", METHODS, ids=lambda method: f"{method.__module__.rpartition('.')[2]}.{method.__name__}"
)
def test_hostile_arguments_are_answered_or_refused(method):
	given, problems = named_arguments(method), []
	frappe.set_user(CALLER)
	as_meant = send(method, given)
	assert as_meant.status == 200, as_meant.text
	takes = {name: parameter.annotation for name, parameter in inspect.signature(method).parameters.items()}
	for argument, label, value in values_for(takes):
		answer = send(method, {**given, argument: value})
		wrong = [*faults_in(answer), *scripts_in(answer)]
		problems += [f"{argument} = {label}: {problem}" for problem in wrong]
	assert not problems, "\n".join(problems)


@shared
def world():
	make_hidden("Interaction Manager", "Interaction Administrator")


rolled_back = each_test_as("Administrator")
