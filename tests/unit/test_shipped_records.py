"""Workspaces, number cards, charts, dashboards, sidebars and desktop icons are valid and have existing targets."""

import json
from itertools import chain

import pytest

from tests.unit.support.doctypes import catalogue
from tests.unit.support.label_rules import text_problem, title_case_problem
from tests.unit.support.record_rules import filter_problems, parse_filters, record_problems
from tests.unit.support.records import PLACES, files, is_where_frappe_looks, names, read, target_exists

RECORDS = [pytest.param(path, kind, id=f"{kind}-{path.stem}") for kind in PLACES for path in files(kind)]

# blocks of a workspace's content, each of which shows the rows of a table
BLOCKS = {"shortcut", "number_card", "chart", "quick_list", "custom_block"}
FREE_BLOCKS = {"header", "spacer", "paragraph"}


def each(*kinds: str):
	"""Parametrise a test with the shipped records of these document types."""
	shipped = [path for kind in kinds for path in files(kind)]
	return pytest.mark.parametrize("record", map(read, shipped), ids=[path.stem for path in shipped])


def rows(record: dict, table: str) -> list[dict]:
	return record.get(table) or []


@pytest.mark.parametrize(("path", "kind"), RECORDS)
def test_a_record_is_valid_and_where_frappe_looks(path, kind):
	record = read(path)
	assert record["doctype"] == kind
	assert not list(record_problems(record, kind, catalogue()))
	assert is_where_frappe_looks(path, kind)


@pytest.mark.parametrize(("path", "kind"), RECORDS)
def test_a_record_names_the_app_or_its_module(path, kind):
	"""Frappe finds, exports and removes shipped records by their module or app."""
	record = read(path)
	if kind == "Onboarding Step":  # has neither, and goes with the onboarding that lists it
		listed = [row["step"] for path in files("Module Onboarding") for row in read(path)["steps"]]
		assert record["name"] in listed
		return
	assert record.get("module", "CRM Interactions") == "CRM Interactions"
	assert record.get("app", "crm_interactions") == "crm_interactions"
	assert record.get("module") or record.get("app")


@pytest.mark.parametrize(("path", "kind"), RECORDS)
def test_labels_can_be_translated(path, kind):
	record = read(path)
	tables = [value for value in record.values() if isinstance(value, list)]
	for label in [row["label"] for row in [record, *chain(*tables)] if row.get("label")]:
		assert not text_problem(label), label
		assert not title_case_problem(label), label


@each("Workspace")
def test_blocks_and_rows_of_a_workspace_match(record):
	"""Each block shows a row, and each row has its block, without which it is never shown."""
	content = json.loads(record["content"])
	assert len({block["id"] for block in content}) == len(content)
	assert {block["type"] for block in content} <= {*BLOCKS, *FREE_BLOCKS, "card", "onboarding"}
	for kind in BLOCKS:
		shown = [block["data"][f"{kind}_name"] for block in content if block["type"] == kind]
		assert sorted(shown) == sorted(row["label"] for row in rows(record, f"{kind}s"))
	cards = [block["data"]["card_name"] for block in content if block["type"] == "card"]
	breaks = [row["label"] for row in rows(record, "links") if row["type"] == "Card Break"]
	assert sorted(cards) == sorted(breaks)


@each("Workspace")
def test_links_of_a_workspace_have_targets(record):
	shortcuts = rows(record, "shortcuts")
	links = [(row["link_type"], row["link_to"]) for row in rows(record, "links") if row["type"] == "Link"]
	links += [(row["type"], row["link_to"]) for row in shortcuts if row["type"] != "URL"]
	links += [("DocType", row["document_type"]) for row in rows(record, "quick_lists")]
	links += [("Number Card", row["number_card_name"]) for row in rows(record, "number_cards")]
	links += [("Dashboard Chart", row["chart_name"]) for row in rows(record, "charts")]
	links += [("Kanban Board", row["kanban_board"]) for row in shortcuts if row.get("kanban_board")]
	assert not [link for link in links if not target_exists(*link, catalogue().own)]


@each("Workspace")
def test_filters_of_a_workspace_use_existing_fields(record):
	filters = [(row.get("stats_filter"), row["link_to"]) for row in rows(record, "shortcuts")]
	filters += [(row.get("quick_list_filter"), row["document_type"]) for row in rows(record, "quick_lists")]
	assert not [problem for found in filters for problem in filter_problems(*found, catalogue())]


@each("Workspace")
def test_cards_of_links_have_the_right_count(record):
	"""Frappe shows as many links below a card's title as the title's `link_count`."""
	counted: dict[str, list[int]] = {}
	for row in rows(record, "links"):
		if row["type"] == "Card Break":
			current = counted[row["label"]] = [row.get("link_count", 0), 0]
		else:
			current[1] += 1
	assert not {label: pair for label, pair in counted.items() if pair[0] != pair[1]}


@each("Number Card", "Dashboard Chart")
def test_cards_and_charts_use_existing_fields(record):
	doctype = record.get("document_type")
	assert record.get("is_standard") and record.get("is_public")
	if not doctype:
		assert record.get("report_name") or record.get("method") or record.get("source")
		return
	assert doctype in catalogue().own
	for key in ("filters_json", "dynamic_filters_json"):
		assert not list(filter_problems(record.get(key), doctype, catalogue())), key
	for key in ("based_on", "value_based_on", "group_by_based_on", "aggregate_function_based_on"):
		assert not record.get(key) or catalogue().field(doctype, record[key]), key


def test_dashboards_show_only_shipped_cards_and_charts():
	dashboards = [read(path) for path in files("Dashboard")]
	charts = {row["chart"] for dashboard in dashboards for row in rows(dashboard, "charts")}
	cards = {row["card"] for dashboard in dashboards for row in rows(dashboard, "cards")}
	assert charts <= names("Dashboard Chart")
	assert cards <= names("Number Card")


@each("Workspace Sidebar")
def test_items_of_a_sidebar_have_targets(record):
	for item in (item for item in record["items"] if item["type"] == "Link"):
		if item["link_type"] == "URL":
			assert item["url"].startswith("/")
		else:
			assert target_exists(item["link_type"], item["link_to"], catalogue().own), item["label"]
		assert not list(filter_problems(item.get("filters"), item.get("link_to"), catalogue()))
		assert not item.get("route_options") or parse_filters(item["route_options"]) is not None
	assert [item["idx"] for item in record["items"]] == list(range(1, len(record["items"]) + 1))


@each("Desktop Icon")
def test_a_desktop_icon_has_a_target(record):
	if record["link_type"] == "External":
		assert record["link"].startswith("/")
	else:
		assert target_exists(record["link_type"], record["link_to"], catalogue().own)


def test_the_app_has_a_workspace_a_sidebar_and_an_icon():
	"""Frappe 15 shows the workspace, Frappe 16 its sidebar and an icon of the same name."""
	assert "Interactions" in names("Workspace") & names("Workspace Sidebar") & names("Desktop Icon")
