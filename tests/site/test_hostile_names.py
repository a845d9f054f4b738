"""Names of what the caller can't read, given to every whitelisted method: nothing of it is told, and nothing done to it.

That a document of this name exists is no secret on the platform: its own REST answers 403 where there is one and 404 where there
is none, and names are numbers that anybody can count. What it is called, with whom and about what, is. The platform itself says which
value a User Permission was missing for, in the refusal of every document type; that isn't looked at here.
"""

import inspect

import frappe
import pytest
from api_calls import METHODS, arguments, path
from door import at, call
from factories import interaction, meeting, user
from hostile_values import CANARY
from hostile_world import CALLER, HIDDEN, make_hidden, one_test, scripts_in, taken_back, wrong_with

from crm_interactions.api import oversight
from crm_interactions.chains import joining

pytestmark = pytest.mark.records_only
ELSEWHERE = "Elsewhere"
KINDS = {
	"Interaction": ("{interaction}", "{other}", "{planned}"),
	"Interaction Chain": ("{chain}",),
	"Interaction Chain Log": ("{log}",),
	"Interaction Hand Over": ("{hand_over}",),
	"Meeting": ("{meeting}",),
	"Note": ("{note}",),
}
OF = {placeholder: doctype for doctype, placeholders in KINDS.items() for placeholder in placeholders}


def places() -> list:
	"""Return each method that takes a name, with each of its places for one."""
	found = []
	for method, (_verb, given) in METHODS.items():
		for number, argument in enumerate(given):
			for placeholder in OF:
				if placeholder in str(argument):
					label = f"{method.__name__} {[*inspect.signature(method).parameters][number]}"
					found.append(pytest.param(method, number, placeholder, id=label))
	return found


@pytest.mark.parametrize("method, number, placeholder", places())
def test_method(method, number, placeholder, world):
	given = dict(zip(inspect.signature(method).parameters, arguments(method), strict=False))
	argument = [*given][number]
	frappe.set_user(CALLER)
	before = _kept(world)
	verb = METHODS[method][0].rpartition(" ")[2]

	def answer(name: str):
		other = _with(METHODS[method][1][number], placeholder, name)
		return call(verb, f"method/{path(method)}", {**given, argument: other}, keep=True)

	hidden = answer(world[OF[placeholder]])
	assert not [*wrong_with(hidden), *scripts_in(hidden)]
	assert hidden.status in (200, 403)
	assert CANARY not in hidden.text and ELSEWHERE not in hidden.text
	assert _kept(world) == before
	missing = answer("No-Such-Name")
	assert not [*wrong_with(missing)]
	assert missing.status in (200, 403, 404)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
	"doctype",
	["Interaction", "Meeting", "Interaction Chain", "Interaction Chain Log", "Interaction Hand Over"],
)
def test_rest(doctype, version, world):
	"""A right to none of it is told by the name alone."""
	frappe.set_user(CALLER)
	before = _kept(world)
	for verb, values in (("GET", None), ("PUT", {"title": "Mine"}), ("DELETE", None)):
		answer = call(verb, at(doctype, world[doctype], version), values, keep=True)
		assert answer.status == 403, answer.text
		assert CANARY not in answer.text and ELSEWHERE not in answer.text
	assert _kept(world) == before


@pytest.fixture(scope="module")
def world(site):
	hidden = frappe.get_doc("Interaction", make_hidden("Interaction Manager"))
	shop = frappe.get_doc(hidden.party_type, hidden.party)
	other = interaction(shop, title=CANARY, category=HIDDEN)
	joined = joining.join(("Interaction", hidden.name), ("Interaction", other.name))
	called = meeting(shop, title=CANARY, category=HIDDEN)
	note = frappe.get_doc({"doctype": "Note", "title": CANARY, "public": 0}).insert()
	leaving, taking = (user(f"{who}@example.com", "Interaction User").name for who in ("leaving", "taking"))
	later = {"responsible": leaving, "starts_on": "2099-11-23 10:00:00", "status": "Planned"}
	interaction(shop, title=CANARY, category=HIDDEN, **later)
	names = {
		"Interaction": hidden.name,
		"Interaction Chain": frappe.db.get_value("Interaction", hidden.name, "chain"),
		"Interaction Chain Log": joined["log"],
		"Interaction Hand Over": oversight.hand_over(leaving, taking)["name"],
		"Meeting": called.name,
		"Note": note.name,
	}
	with taken_back():
		yield names


@pytest.fixture(autouse=True)
def rolled_back(world):
	with one_test("Administrator"):
		yield


def _with(argument, placeholder: str, name: str):
	"""Return an argument as the table has it, with a name in the place of a placeholder."""
	if isinstance(argument, dict):
		return {key: _with(value, placeholder, name) for key, value in argument.items()}
	if isinstance(argument, list):
		return [_with(value, placeholder, name) for value in argument]
	return name if argument == placeholder else argument


def _kept(world) -> list:
	"""Return what would show that something was done to what is hidden."""
	return [frappe.db.get_value(doctype, name, ["modified", "owner"]) for doctype, name in world.items()] + [
		frappe.db.count("Activity Link", {"chain": world["Interaction Chain"]})
	]
