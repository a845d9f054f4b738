"""Filters of the app's methods: valid ones are answered, hostile ones are refused with a sentence."""

import json

import frappe
import pytest

from crm_interactions.api import calendar, count
from crm_interactions.api import resource as resources
from tests.site.api_calls import path
from tests.site.door import call
from tests.site.factories import interaction, resource
from tests.site.hostile_values import CANARY, DEEP
from tests.site.hostile_world import CALLER, faults_in, make_hidden, one_test, rolling_back, scripts_in

pytestmark = pytest.mark.records_only
WINDOW = {"start": "2000-01-01", "end": "2100-01-01"}
DOORS = {
	"calendar": (calendar.get_events, "Interaction", {"doctype": "Interaction", **WINDOW}),
	"meetings": (calendar.get_events, "Meeting", {"doctype": "Meeting", **WINDOW}),
	"bookings": (resources.get_bookings, "Meeting Resource", WINDOW),
	"count": (count.get_count, "Interaction", {"doctype": "Interaction"}),
	"journal": (count.get_count, "Activity Link", {"doctype": "Activity Link"}),
	"chains": (count.get_count, "Interaction Chain", {"doctype": "Interaction Chain"}),
}
EACH_DOOR = pytest.mark.parametrize("door", DOORS)
HOSTILE = (
	# objects
	{"name": {"a": 1}},
	{"": ""},
	{"no_such_field": 1},
	{"doctype": "Interaction"},
	{"parent": "x"},
	{"password": "x"},
	{"name": []},
	{"name": ["like"]},
	{"name": ["like", "%", "x"]},
	{"name": ["in", {"a": 1}]},
	{"name": ["in", [["a"]]]},
	{"name": ["in", [{"a": 1}]]},
	{"name": [["like", "%"]]},
	{"name": [1, 2]},
	{"User.name": "Administrator"},
	{"`tabUser`.`name`": "Administrator"},
	{"name": "x", "user.name": "y"},
	{"participants.full_name": ["like", "%"]},
	# lists
	[[1, 2, 3, 4]],
	[["User", "name", "like", "%"]],
	[["Has Role", "role", "=", "System Manager"]],
	[["Dynamic Link", "link_name", "like", "%"]],
	[["DocType", "name", "like", "%"]],
	[["No Such Type", "name", "=", "x"]],
	[["", "name", "=", "x"]],
	[[None, "name", "=", "x"]],
	[[None, None, None]],
	[[{}, {}, {}, {}]],
	[["name", "=", "x"], "or", ["name", "=", "y"]],
	[[["name", "=", "x"], "or", ["name", "=", "y"]]],
	["name", "=", "x"],
	["name"],
	[1],
	[None],
	[[]],
	[["name"]],
	[["name", "="]],
	[{"name": "x"}],
	[[[["name", "=", "x"]]]],
	# fields
	[["no_such_field", "=", "1"]],
	[["(select 1)", "=", "1"]],
	[["name) or 1=1 --", "=", "1"]],
	[["`tabUser`.`name`", "=", "Administrator"]],
	[["count(*)", ">", 1]],
	[["*", "=", 1]],
	[["doctype", "=", "Interaction"]],
	[["parenttype", "=", "Interaction"]],
	[[["name"], "=", 1]],
	# operators
	[["name", "", "x"]],
	[["name", None, "x"]],
	[["name", ["="], "x"]],
	[["name", "= 1 or 1 =", "1"]],
	[["name", "regex", "."]],
	[["name", "nested_set", "x"]],
	[["name", "+", "1"]],
	[["name", "~", "1"]],
	[["name", "exists", "1"]],
	[["name", "descendants of", "x"]],
	[["name", "ancestors of", "x"]],
	[["owner", "descendants of (inclusive)", "x"]],
	[["name", "between", ["a", "b"]]],
	[["name", "fiscal year", "x"]],
	[["modified", "fiscal year", ["x"]]],
	# values
	[["name", "=", ["x"]]],
	[["name", "=", {"a": 1}]],
	[["name", "like", None]],
	[["name", "like", ["%"]]],
	[["name", "in", None]],
	[["name", "in", 5]],
	[["name", "in", {"a": 1}]],
	[["name", "in", DEEP]],
	[["name", "in", '[["a"]]']],
	[["name", "in", ["a"] * 100_000]],
	[["name", "is", "x"]],
	[["name", "is", 1]],
	[["creation", "between", ["a"]]],
	[["creation", "between", []]],
	[["creation", "between", "2026-01-01"]],
	[["creation", "between", ["x", "y"]]],
	[["creation", "between", [None, None]]],
	[["creation", "between", [["2026-01-01"], "2026-02-01"]]],
	[["creation", "between", ["2026-01-01", "2026-02-31"]]],
	[["creation", "timespan", "x' or 1=1"]],
	[["creation", "timespan", None]],
	[["creation", "timespan", ["last week"]]],
	[["creation", "previous", "2 weeks"]],
	[["creation", "next", {"a": 1}]],
	[["creation", ">", "soon"]],
	[["creation", ">", 5]],
	[["modified", "=", "2026-02-31"]],
	[["modified", "like", "%2026%"]],
	[["name", "=", "x"]] * 1_000,
	{f"field_{number}": 1 for number in range(1_000)},
	# neither list nor object
	5,
	True,
	"name like '%'",
	'"name"',
	"[[",
	DEEP,
)
ANSWERED = (
	None,
	"",
	[],
	{},
	{"name": "x"},
	{"name": None},
	{"name": ["like", "%x%"]},
	{"name": ["in", ["a", "b"]], "owner": ["!=", "x"]},
	[["name", "in", "a,b"]],
	[["name", "in", '["a", "b"]']],
	[["name", "not in", []]],
	[["name", "in", []]],
	[["name", "in", ["a", None, ""]]],
	[["name", "like", "%' or '1'='1"]],
	[["name", "=", "a" * 10_000]],
	[["name", "=", 5]],
	[["docstatus", "<", 2]],
	[["idx", ">=", "0"]],
	[["_assign", "like", "%a%"]],
	[["_user_tags", "not like", "%a%"]],
	[["owner", "is", "set"]],
	[["modified_by", "is", "not set"]],
	[["creation", "Between", ["2026-01-01", "2026-02-01 10:00:00"]]],
	[["creation", "Timespan", "last week"]],
	[["creation", "previous", "1 month"]],
	[["modified", ">", "2026-01-01"]],
	[["modified", "!=", None]],
)
FOR_INTERACTIONS = (
	[["Interaction", "status", "=", "Planned", False]],
	[["Interaction", "starts_on", "Between", ["2026-01-01", "2026-02-01"], True]],
	[["Interaction", "starts_on", "Timespan", "this year"]],
	[["Interaction", "completed", "=", 1]],
	[["Interaction", "completed", "=", True]],
	[["Interaction", "rating", ">", 0.2]],
	[["Interaction", "party", "is", "set"]],
	[["Interaction Participant", "full_name", "like", "%a%"]],
	[["Interaction Dictionary Entry", "value", "=", "x"]],
	[["Activity Resource", "resource", "in", ["Meeting Room"]]],
	[["Activity Resource", "parent", "=", "x"]],
	[["Interaction Product", "amount", ">", 100]],
	[["Interaction", "ends_on", "next", "1 week"]],
	{"interaction_type": ["!=", "Phone Call"], "reviewed": 0},
)


def asked(door: str, filters):
	method, _doctype, given = DOORS[door]
	sent = filters if isinstance(filters, str) or filters is None else json.dumps(filters)
	return call("GET", f"method/{path(method)}", **given, **({} if sent is None else {"filters": sent}))


def problems(door: str, filters, *, answered: bool):
	answer = asked(door, filters)
	if (answer.status == 200) != answered:
		yield f"{answer.status} {answer.error!r:.200}"
	yield from faults_in(answer)
	yield from scripts_in(answer)


@EACH_DOOR
def test_hostile_filters_are_refused(door):
	found = [
		f"{filters!r:.80}: {why}" for filters in HOSTILE for why in problems(door, filters, answered=False)
	]
	assert not found, "\n".join(found)


@EACH_DOOR
def test_valid_list_filters_are_answered(door):
	wanted = [*ANSWERED, *(FOR_INTERACTIONS if DOORS[door][1] == "Interaction" else ())]
	found = [
		f"{filters!r:.80}: {why}" for filters in wanted for why in problems(door, filters, answered=True)
	]
	assert not found, "\n".join(found)


def test_filters_find_exactly_the_matching_records():
	name = interaction(title="Seen by the caller").name
	counted = [
		json.loads(asked("count", filters).text)["message"]
		for filters in (
			{"name": name},
			[["name", "in", f"{name},x"]],
			[["Interaction", "name", "=", name, False]],
			{"name": ["like", name]},
			[["name", "in", []]],
		)
	]
	assert counted == [1, 1, 1, 1, 0]
	assert [event["name"] for event in json.loads(asked("calendar", {"name": name}).text)["message"]] == [
		name
	]


def test_filter_conditions_of_erpnext_are_answered():
	"""Conditions on fiscal years and on the tree of departments."""
	if "erpnext" not in frappe.get_installed_apps():
		pytest.skip("needs ERPNext")
	year = {"year": "2097", "year_start_date": "2097-01-01", "year_end_date": "2097-12-31"}
	frappe.set_user("Administrator")
	frappe.get_doc({"doctype": "Fiscal Year", **year}).insert()
	frappe.set_user(CALLER)
	for filters in (
		[["Interaction", "starts_on", "fiscal year", "2097"]],
		[["Interaction", "department", "descendants of", "All Departments"]],
		[["Interaction", "department", "not ancestors of", "no such one"]],
	):
		for door in ("calendar", "count"):
			assert not [*problems(door, filters, answered=True)], filters


def test_a_count_ignores_all_other_request_parameters():
	sent = {"doctype": "Interaction", "filters": json.dumps({"title": CANARY})}
	more = {
		"or_filters": json.dumps([["User", "name", "like", "%"]]),
		"group_by": "x",
		"fields": '["sleep(5)"]',
	}
	answer = call("GET", f"method/{path(count.get_count)}", **sent, **more)
	assert json.loads(answer.text)["message"] == 0


@pytest.fixture(scope="module", autouse=True)
def world(site):
	make_hidden("Interaction Manager", "System Manager")
	resource()
	interaction(title="Seen by the caller")
	with rolling_back():
		yield


@pytest.fixture(autouse=True)
def rolled_back(world):
	with one_test(CALLER):
		frappe.local.message_log = []
		yield
