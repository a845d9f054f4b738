"""The rules of records, filters and paths detect broken examples and accept correct ones."""

import ast

import pytest

from tests.unit.support import paths
from tests.unit.support.doctypes import Catalogue
from tests.unit.support.javascript import parse
from tests.unit.support.record_rules import filter_problems, record_problems
from tests.unit.support.source import imports

STATUS = {"fieldname": "status", "fieldtype": "Select", "options": "\nPlanned\nHeld"}
COLOUR = {"fieldname": "color", "fieldtype": "Color"}
ROWS = {"fieldname": "rows", "fieldtype": "Table", "options": "Row"}
NAME = {"fieldname": "title", "fieldtype": "Data", "reqd": 1}
EXAMPLE = {"name": "Example", "fields": [STATUS, COLOUR, ROWS, NAME]}
OWN = Catalogue({"Example": EXAMPLE, "Row": {"name": "Row", "istable": 1, "fields": [NAME]}})


@pytest.mark.parametrize(
	("record", "problems"),
	[
		({"title": "A", "status": "Held", "color": "#29CD42", "rows": [{"title": "B"}]}, 0),
		({}, 1),
		({"title": "A", "gone": 1}, 1),
		({"title": "A", "status": "Late"}, 1),
		({"title": "A", "color": "greenish"}, 1),
		({"title": "A", "rows": [{"title": "B", "gone": 1}, {}]}, 2),
	],
)
def test_problems_of_a_record_are_detected(record, problems):
	assert len(list(record_problems(record, "Example", OWN))) == problems


def test_problems_of_a_record_of_frappes_type_are_detected():
	board = {"kanban_board_name": "A", "reference_doctype": "Example", "field_name": "status"}
	assert not list(record_problems(board, "Kanban Board", OWN))
	assert list(record_problems({**board, "columns": [{"indicator": "Mauve"}]}, "Kanban Board", OWN))
	assert list(record_problems({**board, "fields": "[status"}, "Kanban Board", OWN))
	assert list(record_problems({}, "Telepathy", OWN))


@pytest.mark.parametrize(
	("text", "correct"),
	[
		(None, True),
		("[]", True),
		('[["Example", "status", "=", "Held"]]', True),
		('[["status", "in", ["Held", "Planned"]]]', True),
		('{"status": ["!=", "Held"], "owner": ["=", frappe.session.user]}', True),
		('{"status": "Held"}', True),
		('[["Example", "modified", "<", "frappe.datetime.now_datetime()"]]', True),
		("[[", False),
		('[["Other", "status", "=", "Held"]]', False),
		('[["Example", "gone", "=", "Held"]]', False),
		('[["Example", "status", "=", "Late"]]', False),
		('[["Example", "status", "in", ["Held", "Late"]]]', False),
		('[["Example", "status", "~", "Held"]]', False),
		('{"gone": ["=", 1]}', False),
	],
)
def test_wrong_filters_are_detected_and_correct_ones_accepted(text, correct):
	assert (not list(filter_problems(text, "Example", OWN))) is correct


FIND = "crm_interactions.api.party.find"
OTHERS = [
	"crm_interactions",
	"crm_interactions.bundle.js",
	"crm_interactions.api. party",
	"frappe.client.get",
]


@pytest.mark.parametrize("text", [FIND, *OTHERS])
def test_dotted_paths_are_recognised(text):
	assert paths.is_path(text) is (text == FIND)


def test_unresolved_paths_are_detected():
	assert not paths.is_unresolved("crm_interactions.parties.phone_match.to_e164")
	assert not paths.is_unresolved("crm_interactions.parties.phone_match")
	assert paths.is_unresolved("crm_interactions.parties.phone_match.gone")
	assert paths.is_unresolved("crm_interactions.gone.find")


def test_calls_are_found_in_scripts(tmp_path):
	script = tmp_path / "script.js"
	read = f'frappe.xcall("{FIND}", {{ a: f(1) }}, "GET"); // "crm_interactions.api.no.no"\n'
	script.write_text(read + "frappe.xcall(`crm_interactions.api.party.${name}`);\n")
	[(path, place)] = paths.called_from(script)
	function, arguments = parse(script.read_text()).enclosing_call(place)
	assert (path, function) == (FIND, "frappe.xcall")
	assert '"GET"' in arguments
	assert paths.incomplete_paths(script) == ["crm_interactions.api.party.${}"]


@pytest.mark.parametrize(
	("decorator", "verbs"),
	[
		('@frappe.whitelist(methods=["POST"])', ["POST"]),
		("@frappe.whitelist()", []),
		("@frappe.whitelist", []),
		("@cache", None),
	],
)
def test_verbs_are_read_from_the_decorator(decorator, verbs):
	function = ast.parse(f"{decorator}\ndef find(): ...").body[0]
	assert paths.http_methods(function) == verbs


def test_imports_for_types_are_separate():
	module = ast.parse("import a\nif TYPE_CHECKING:\n\timport b\ndef f():\n\tfrom c import d")
	assert imports(module) == {"a", "c.d"}
	assert imports(module, for_types=True) == {"a", "b", "c.d"}
