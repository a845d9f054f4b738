"""Seeds are valid records of their document types, with valid links (R11)."""

import json
from operator import itemgetter

import pytest

from tests.unit.support.doctypes import catalogue, is_child, is_single, options_of
from tests.unit.support.permission_rules import ROLES
from tests.unit.support.record_rules import COLOUR, fields_of, record_problems
from tests.unit.support.records import SEEDS, read, seeds

FILES = sorted(SEEDS.glob("*.json"))
RECORDS = [pytest.param(record, id=f"{record['doctype']}-{record['name']}") for record in seeds()]
EACH_SEED = pytest.mark.parametrize("record", RECORDS)


def seeds_of(doctype: str) -> list[dict]:
	return [record for record in seeds() if record["doctype"] == doctype]


@EACH_SEED
def test_a_seed_is_valid_for_its_document_type(record):
	assert not list(record_problems(record, record["doctype"], catalogue()))


@EACH_SEED
def test_a_seed_has_the_name_that_saving_gives_it(record):
	"""Otherwise the saved record would not be found by its name, and migrate would insert the seed again."""
	definition = catalogue().own.get(record["doctype"])
	if record["doctype"] == "Kanban Board":
		assert record["name"] == record["kanban_board_name"]
	elif definition and is_single(definition):
		assert record["name"] == record["doctype"]
	elif definition and is_child(definition):
		assert record["name"] == f"{record['parent']}: {record.get('outcome') or record['role']}"
	elif definition:
		assert definition["autoname"].startswith("field:")
		assert record["name"] == record[definition["autoname"].removeprefix("field:")]


@EACH_SEED
def test_a_seed_links_only_to_earlier_seeds(record):
	# Frappe creates the roles in document types' permissions
	known = {("Role", role) for role in ROLES}
	known |= {(other["doctype"], other["name"]) for other in seeds()[: seeds().index(record)]}
	for name, field in fields_of(record["doctype"], catalogue()).items():
		if (value := record.get(name)) and field["fieldtype"] == "Link":
			linked = field["options"]
			assert catalogue().exists(value) if linked == "DocType" else (linked, value) in known


@pytest.mark.parametrize("record", [param for param in RECORDS if "color" in param.values[0]])
def test_a_colour_is_valid(record):
	assert COLOUR.fullmatch(record["color"])


@pytest.mark.parametrize("board", seeds_of("Kanban Board"), ids=itemgetter("name"))
def test_a_board_has_a_column_for_each_value(board):
	doctype = board["reference_doctype"]
	field = catalogue().field(doctype, board["field_name"])
	assert [column["column_name"] for column in board["columns"]] == options_of(field)
	assert all(catalogue().field(doctype, name) for name in json.loads(board["fields"]))


def test_names_of_seeds_are_unique():
	keys = [(record["doctype"], record["name"]) for record in seeds()]
	assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_seeds_of_one_document_type(path):
	"""A file's name starts with a number, which sets the order of insertion."""
	assert path.name[0].isdigit()
	assert len({record["doctype"] for record in read(path)}) == 1


def test_the_categories_of_r11_are_predefined():
	expected = ["Trade Negotiations", "Customer Acquisition", "Order Fulfilment", "Customer Retention"]
	assert [record["name"] for record in seeds_of("Interaction Category")] == expected


def test_the_types_of_r4_are_predefined():
	"""Each type has the medium of its name, whose option enables it."""
	types = {record["name"]: record["medium"] for record in seeds_of("Interaction Type")}
	assert types == {kind: kind for kind in ("Phone Call", "Meeting", "E-mail", "SMS", "Planned")}


def test_type_and_priority_of_the_worked_example_are_predefined():
	names = {(record["doctype"], record["name"]) for record in seeds()}
	assert {("Interaction Type", "Phone Call"), ("Interaction Priority", "Normal")} <= names


def test_dictionaries_with_seeds_are_translated():
	"""Seeds are in English and shown in the user's language until an administrator renames them."""
	own = [doctype for name, doctype in catalogue().own.items() if seeds_of(name)]
	dictionaries = [doctype for doctype in own if not is_single(doctype) and not is_child(doctype)]
	assert dictionaries
	assert not [doctype["name"] for doctype in dictionaries if not doctype.get("translated_doctype")]
