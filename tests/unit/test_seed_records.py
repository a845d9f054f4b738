"""Predefined records fit their document types and each other (R11)."""

import json

import pytest
from support.doctypes import PLATFORM, catalogue, is_single
from support.permission_rules import ROLES
from support.record_rules import COLOUR, fields_of, record_problems
from support.records import SEEDS, read, seeds

FILES = sorted(SEEDS.glob("*.json"))
RECORDS = [pytest.param(record, id=f"{record['doctype']}-{record['name']}") for record in seeds()]
BOARDS = [
	pytest.param(record, id=record["name"]) for record in seeds() if record["doctype"] == "Kanban Board"
]


@pytest.mark.parametrize("record", RECORDS)
def test_seed_fits_its_document_type(record):
	assert not list(record_problems(record, record["doctype"], catalogue()))


@pytest.mark.parametrize("record", RECORDS)
def test_seed_bears_the_name_that_it_gets(record):
	"""A name that saving would change is never found again, and planted at every migrate."""
	definition = catalogue().own.get(record["doctype"])
	if record["doctype"] == "Kanban Board":
		assert record["name"] == record["kanban_board_name"]
	elif definition and is_single(definition):
		assert record["name"] == record["doctype"]
	elif definition and definition.get("istable"):
		assert record["name"] == f"{record['parent']}: {record.get('outcome') or record['role']}"
	elif definition:
		assert definition["autoname"].startswith("field:")
		assert record["name"] == record[definition["autoname"].removeprefix("field:")]


@pytest.mark.parametrize("record", RECORDS)
def test_seed_links_to_what_is_planted_before(record):
	planted = seeds()[: seeds().index(record)]
	known = {(other["doctype"], other["name"]) for other in planted}
	# the platform makes the roles that document types name
	known |= {("Role", role) for role in ROLES}
	fields = fields_of(record["doctype"], catalogue())
	for name, value in record.items():
		field = fields.get(name, {})
		if field.get("fieldtype") != "Link" or not value:
			continue
		if field["options"] == "DocType":
			assert value in catalogue().own or value in PLATFORM
		else:
			assert (field["options"], value) in known


@pytest.mark.parametrize("record", [param for param in RECORDS if "color" in param.values[0]])
def test_colour_is_one(record):
	assert COLOUR.fullmatch(record["color"])


@pytest.mark.parametrize("board", BOARDS)
def test_board_has_a_column_for_each_value(board):
	doctype = board["reference_doctype"]
	field = catalogue().field(doctype, board["field_name"])
	assert [column["column_name"] for column in board["columns"]] == list(
		filter(None, field["options"].split("\n"))
	)
	assert all(catalogue().field(doctype, name) for name in json.loads(board["fields"]))


def test_seeds_have_one_name_each():
	keys = [(record["doctype"], record["name"]) for record in seeds()]
	assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_holds_one_kind(path):
	"""The number at the beginning of a file's name is the order of planting."""
	assert path.name[0].isdigit()
	assert len({record["doctype"] for record in read(path)}) == 1


def test_predefined_categories_of_r11():
	assert [record["name"] for record in seeds() if record["doctype"] == "Interaction Category"] == [
		"Trade Negotiations",
		"Customer Acquisition",
		"Order Fulfilment",
		"Customer Retention",
	]


def test_predefined_types_of_r4():
	"""Phone call, meeting, e-mail, SMS and planned, each switched by the option of its medium."""
	types = {r["name"]: r["medium"] for r in seeds() if r["doctype"] == "Interaction Type"}
	assert types == {kind: kind for kind in ("Phone Call", "Meeting", "E-mail", "SMS", "Planned")}


def test_worked_example_has_its_words():
	"""Type phone call, importance normal."""
	names = {(record["doctype"], record["name"]) for record in seeds()}
	assert {("Interaction Type", "Phone Call"), ("Interaction Priority", "Normal")} <= names


def test_seeded_dictionaries_are_translated():
	"""What ships in English is shown in the reader's language, until an administrator renames it."""
	own = {r["doctype"] for r in seeds() if r["doctype"] in catalogue().own}
	plain = [
		name
		for name in own
		if not is_single(catalogue().own[name]) and not catalogue().own[name].get("istable")
	]
	assert plain
	assert not [name for name in plain if not catalogue().own[name].get("translated_doctype")]
