"""Filters of the app's methods: valid ones are answered, hostile ones are refused with a sentence."""

import json

import frappe
import pytest

from crm_interactions.api import calendar, count
from crm_interactions.api import resource as resources
from tests.site.api_calls import path
from tests.site.door import call
from tests.site.factories import interaction, record, resource
from tests.site.hostile_values import CANARY, DEEP
from tests.site.hostile_world import CALLER, each_test_as, faults_in, make_hidden, scripts_in, shared
from tests.site.other_apps import need

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
# field, operator and value, of which each filter is a list
CONDITIONS = (
	# fields
	*([field, "=", "1"] for field in ("no_such_field", "(select 1)", "name) or 1=1 --")),
	*([field, "=", "Interaction"] for field in ("doctype", "parenttype")),
	*(["`tabUser`.`name`", "=", "Administrator"], ["count(*)", ">", 1], ["*", "=", 1], [["name"], "=", 1]),
	# operators
	*(["name", operator, "1"] for operator in ("= 1 or 1 =", "+", "~", "exists")),
	*(["name", operator, "x"] for operator in ("", None, ["="], "nested_set", "fiscal year")),
	*(["name", operator, "x"] for operator in ("descendants of", "ancestors of")),
	*(["owner", "descendants of (inclusive)", "x"], ["modified", "fiscal year", ["x"]]),
	*(["name", "regex", "."], ["name", "between", ["a", "b"]]),
	# values
	*(["name", "=", value] for value in (["x"], {"a": 1})),
	*(["name", "like", value] for value in (None, ["%"])),
	*(["name", "in", value] for value in (None, 5, {"a": 1}, DEEP, '[["a"]]', ["a"] * 100_000)),
	*(["name", "is", value] for value in ("x", 1)),
	*(["creation", "between", value] for value in (["a"], [], "2026-01-01", ["x", "y"], [None, None])),
	["creation", "between", [["2026-01-01"], "2026-02-01"]],
	["creation", "between", ["2026-01-01", "2026-02-31"]],
	*(["creation", "timespan", value] for value in ("x' or 1=1", None, ["last week"])),
	*(["creation", "previous", "2 weeks"], ["creation", "next", {"a": 1}]),
	*(["creation", ">", "soon"], ["creation", ">", 5]),
	*(["modified", "=", "2026-02-31"], ["modified", "like", "%2026%"]),
)
HOSTILE = (
	# objects
	*({"": ""}, {"no_such_field": 1}, {"doctype": "Interaction"}, {"parent": "x"}, {"password": "x"}),
	*({"User.name": "Administrator"}, {"`tabUser`.`name`": "Administrator"}, {"name": "x", "user.name": "y"}),
	*({"participants.full_name": ["like", "%"]}, {f"field_{number}": 1 for number in range(1_000)}),
	*({"name": value} for value in ({"a": 1}, [], ["like"], ["like", "%", "x"], [1, 2], [["like", "%"]])),
	*({"name": ["in", value]} for value in ({"a": 1}, [["a"]], [{"a": 1}])),
	# lists
	*([condition] for condition in CONDITIONS),
	*([[doctype, "name", "like", "%"]] for doctype in ("User", "DocType")),
	*([[doctype, "name", "=", "x"]] for doctype in ("No Such Type", "", None)),
	*([["Has Role", "role", "=", "System Manager"]], [["Dynamic Link", "link_name", "like", "%"]]),
	*([[1, 2, 3, 4]], [[None, None, None]], [[{}, {}, {}, {}]], [["name"]], [["name", "="]], [{"name": "x"}]),
	*([["name", "=", "x"], "or", ["name", "=", "y"]], [[["name", "=", "x"], "or", ["name", "=", "y"]]]),
	*(["name", "=", "x"], [[[["name", "=", "x"]]]], [["name", "=", "x"]] * 1_000),
	*(["name"], [1], [None], [[]]),
	# neither list nor object
	*(5, True, "name like '%'", '"name"', "[[", DEEP),
)
ANSWERED_CONDITIONS = (
	*(["name", "in", value] for value in ("a,b", '["a", "b"]', [], ["a", None, ""])),
	*(["name", "=", value] for value in ("a" * 10_000, 5)),
	*(["name", "not in", []], ["name", "like", "%' or '1'='1"]),
	*(["docstatus", "<", 2], ["idx", ">=", "0"], ["owner", "is", "set"], ["modified_by", "is", "not set"]),
	*(["_assign", "like", "%a%"], ["_user_tags", "not like", "%a%"]),
	["creation", "Between", ["2026-01-01", "2026-02-01 10:00:00"]],
	*(["creation", "Timespan", "last week"], ["creation", "previous", "1 month"]),
	*(["modified", ">", "2026-01-01"], ["modified", "!=", None]),
)
# filters on dates and numbers that are or aren't blank
FOR_BLANK = (
	*((operator, value) for operator in ("=", "!=", ">", "<=") for value in (None, "")),
	*((operator, value) for operator in ("in", "not in") for value in ([None], [""], [])),
	*(("is", value) for value in ("set", "not set")),
)
ANSWERED = (
	*(None, "", [], {}, {"name": "x"}, {"name": None}, {"name": ["like", "%x%"]}),
	{"name": ["in", ["a", "b"]], "owner": ["!=", "x"]},
	*([condition] for condition in ANSWERED_CONDITIONS),
	*([[field, *blank]] for field in ("creation", "idx", "docstatus") for blank in FOR_BLANK),
)
DATES, NUMBERS = ("starts_on", "control_on"), ("next_in", "completed", "amount", "rating", "duration")
FOR_INTERACTIONS = (
	[["Interaction", "status", "=", "Planned", False]],
	[["Interaction", "starts_on", "Between", ["2026-01-01", "2026-02-01"], True]],
	[["Interaction", "starts_on", "Timespan", "this year"]],
	[["Interaction", "ends_on", "next", "1 week"]],
	*([["Interaction", "completed", "=", value]] for value in (1, True)),
	*([["Interaction", "rating", ">", 0.2]], [["Interaction", "party", "is", "set"]]),
	[["Interaction Participant", "full_name", "like", "%a%"]],
	[["Interaction Dictionary Entry", "value", "=", "x"]],
	[["Activity Resource", "resource", "in", ["Meeting Room"]]],
	*([["Activity Resource", "parent", "=", "x"]], [["Interaction Product", "amount", ">", 100]]),
	{"interaction_type": ["!=", "Phone Call"], "reviewed": 0},
	*([[field, *blank]] for field in DATES + NUMBERS for blank in FOR_BLANK),
	*(
		[[field, *asked]]
		for field in NUMBERS
		for asked in ((">", "0.5"), ("in", ["0.5", "1"]), ("=", 10**11))
	),
)


def asked(door: str, filters):
	method, _doctype, given = DOORS[door]
	sent = filters if isinstance(filters, str) or filters is None else json.dumps(filters)
	return call("GET", f"method/{path(method)}", **given, **({} if sent is None else {"filters": sent}))


def problems(door: str, wanted, *, answered: bool):
	"""Yield the faults of the answers to filters, each of which is to be answered, or to be refused."""
	for filters in wanted:
		answer = asked(door, filters)
		wrong = [] if (answer.status == 200) == answered else [f"{answer.status} {answer.error!r:.200}"]
		for fault in (*wrong, *faults_in(answer), *scripts_in(answer)):
			yield f"{filters!r:.80}: {fault}"


@EACH_DOOR
def test_hostile_filters_are_refused(door):
	assert not "\n".join(problems(door, HOSTILE, answered=False))


@EACH_DOOR
def test_valid_list_filters_are_answered(door):
	wanted = [*ANSWERED, *(FOR_INTERACTIONS if DOORS[door][1] == "Interaction" else ())]
	assert not "\n".join(problems(door, wanted, answered=True))


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
	events = json.loads(asked("calendar", {"name": name}).text)["message"]
	assert [event["name"] for event in events] == [name]


@pytest.mark.parametrize(
	("field", "is_set"),
	[("modified", 1), ("starts_on", 1), ("control_on", 0), ("duration", 1), ("rating", 0), ("completed", 0)],
)
def test_filters_tell_blank_dates_and_numbers_from_others(field, is_set):
	name = interaction(title="Seen by the caller", duration=600).name
	# on SQLite, a number is always set
	conditions = (["!=", None], ["=", None]) if field in NUMBERS else (["is", "set"], ["is", "not set"])
	counted = [
		json.loads(asked("count", [["name", "=", name], [field, *condition]]).text)["message"]
		for condition in conditions
	]
	assert counted == [is_set, 1 - is_set]


def test_a_blank_time_of_day_is_refused():
	"""Frappe reads the value as a time."""
	for value in (None, ""):
		assert asked("bookings", [["Meeting Resource Hours", "from_time", "=", value]]).refused


def test_filter_conditions_of_erpnext_are_answered():
	"""Conditions on fiscal years and on the tree of departments."""
	need("erpnext")
	frappe.set_user("Administrator")
	record("Fiscal Year", year="2097", year_start_date="2097-01-01", year_end_date="2097-12-31")
	frappe.set_user(CALLER)
	wanted = (
		[["Interaction", "starts_on", "fiscal year", "2097"]],
		[["Interaction", "department", "descendants of", "All Departments"]],
		[["Interaction", "department", "not ancestors of", "no such one"]],
	)
	for door in ("calendar", "count"):
		assert not "\n".join(problems(door, wanted, answered=True))


def test_a_count_ignores_all_other_request_parameters():
	sent = {"doctype": "Interaction", "filters": json.dumps({"title": CANARY})}
	more = {"or_filters": [["User", "name", "like", "%"]], "group_by": "x", "fields": ["sleep(5)"]}
	assert json.loads(call("GET", f"method/{path(count.get_count)}", **sent, **more).text)["message"] == 0


@shared
def world():
	make_hidden("Interaction Manager", "System Manager")
	resource()
	interaction(title="Seen by the caller")


rolled_back = each_test_as(CALLER)
