"""Names of hidden documents in every whitelisted method reveal nothing and change nothing.

The existence of a name is no secret in Frappe: its REST interface answers 403 for an existing document and 404 for a
missing one, and names are consecutive numbers. Title, partner and content are secret. For every DocType, the refusal of
Frappe names the value that a User Permission lacks; the tests ignore that.
"""

import inspect

import frappe
import pytest

from crm_interactions.api import oversight
from crm_interactions.chains import joining
from tests.site.api_calls import METHODS, named_arguments, send
from tests.site.door import at, call
from tests.site.factories import interaction, meeting, partner_of, record, user
from tests.site.hostile_values import CANARY
from tests.site.hostile_world import CALLER, HIDDEN, each_test_as, faults_in, make_hidden, scripts_in, shared

pytestmark = pytest.mark.records_only
ELSEWHERE = "Elsewhere"
KINDS = {
	**{"Interaction": ("{interaction}", "{other}", "{planned}"), "Interaction Chain": ("{chain}",)},
	**{"Interaction Chain Log": ("{log}",), "Interaction Hand Over": ("{hand_over}",)},
	**{"Meeting": ("{meeting}",), "Note": ("{note}",)},
}
OF = {placeholder: doctype for doctype, placeholders in KINDS.items() for placeholder in placeholders}
# each method that takes a name, once for each argument that takes one
PLACES = [
	pytest.param(method, name, value, placeholder, id=f"{method.__name__} {name}")
	for method, (_verb, given) in METHODS.items()
	for name, value in zip(inspect.signature(method).parameters, given, strict=False)
	for placeholder in OF
	if placeholder in str(value)
]


@pytest.mark.parametrize("method, argument, value, placeholder", PLACES)
def test_methods_reveal_and_change_nothing_of_a_hidden_document(method, argument, value, placeholder, world):
	given = named_arguments(method)
	frappe.set_user(CALLER)
	before = _kept(world)

	def answer(name: str):
		return send(method, {**given, argument: _with(value, placeholder, name)}, keep=True)

	hidden = answer(world[OF[placeholder]])
	assert not [*faults_in(hidden), *scripts_in(hidden)]
	assert hidden.status in (200, 403)
	assert CANARY not in hidden.text and ELSEWHERE not in hidden.text
	assert _kept(world) == before
	missing = answer("No-Such-Name")
	assert not [*faults_in(missing)]
	assert missing.status in (200, 403, 404)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
	"doctype",
	["Interaction", "Meeting", "Interaction Chain", "Interaction Chain Log", "Interaction Hand Over"],
)
def test_rest_refuses_the_name_of_a_hidden_document(doctype, version, world):
	frappe.set_user(CALLER)
	before = _kept(world)
	for verb, values in (("GET", None), ("PUT", {"title": "Mine"}), ("DELETE", None)):
		answer = call(verb, at(doctype, world[doctype], version), values, keep=True)
		assert answer.status == 403, answer.text
		assert CANARY not in answer.text and ELSEWHERE not in answer.text
	assert _kept(world) == before


@shared
def world():
	hidden = frappe.get_doc("Interaction", make_hidden("Interaction Manager"))
	shop, secret = partner_of(hidden), {"title": CANARY, "category": HIDDEN}
	joined = joining.join(("Interaction", hidden.name), ("Interaction", interaction(shop, **secret).name))
	leaving, taking = (user(f"{who}@example.com", "Interaction User").name for who in ("leaving", "taking"))
	interaction(shop, responsible=leaving, starts_on="2099-11-23 10:00:00", status="Planned", **secret)
	return {
		"Interaction": hidden.name,
		"Interaction Chain": frappe.db.get_value("Interaction", hidden.name, "chain"),
		"Interaction Chain Log": joined["log"],
		"Interaction Hand Over": oversight.hand_over(leaving, taking)["name"],
		"Meeting": meeting(shop, **secret).name,
		"Note": record("Note", title=CANARY, public=0).name,
	}


rolled_back = each_test_as("Administrator")


def _with(argument, placeholder: str, name: str):
	"""Return an argument of the table with a name in place of a placeholder."""
	if isinstance(argument, dict):
		return {key: _with(value, placeholder, name) for key, value in argument.items()}
	if isinstance(argument, list):
		return [_with(value, placeholder, name) for value in argument]
	return name if argument == placeholder else argument


def _kept(world) -> list:
	"""Return the values of the hidden documents that would reveal a change."""
	values = [frappe.db.get_value(doctype, name, ["modified", "owner"]) for doctype, name in world.items()]
	return [*values, frappe.db.count("Activity Link", {"chain": world["Interaction Chain"]})]
