"""SQL, hidden fields and long conditions in list requests, for each of the app's main DocTypes.

Frappe answers these requests; the tests check that the app's conditions of visibility neither break nor leak.
"""

import json
from functools import partial

import pytest

from tests.site.door import at, call
from tests.site.factories import interaction
from tests.site.hostile_values import CANARY
from tests.site.hostile_world import CALLER, each_test_as, make_hidden, shared
from tests.site.visible import ACTIVITIES

pytestmark = pytest.mark.records_only
DOCTYPES = (*ACTIVITIES, "Activity Link", "Interaction Chain", "Interaction Reminder")
EACH = pytest.mark.parametrize("doctype", DOCTYPES)
ORDERS = (
	*("name; drop table `tabInteraction`", "(select password from `__Auth` limit 1)", "sleep(5)"),
	*("if((select count(*) from tabUser) > 1, name, modified)", "`tabUser`.`name`", "1=1"),
	*("modified desc, (select 1)", "no_such_field desc", "name desc --"),
)
FIELDS = (
	*(["name", "(select password from `__Auth` limit 1) as x"], ["count(*) as x, (select 1)"], ["sleep(5)"]),
	*(["`tabUser`.`name`"], ["*", "version()"], ["no_such_field"], ["name as `x`, owner from tabUser --"]),
	*("name", [["name"]], [{"a": 1}]),
)
FILTERS = (
	*([["name", "like", "%' or '1'='1"]], [["name", "like", None]], [["title", "like", f"%{CANARY}%"]]),
	*([["(select 1)", "=", "1"]], [["name", "= 1 or 1 =", "1"]], [["creation", "Timespan", "x' or 1=1"]]),
	*([["`tabUser`.`name`", "=", "Administrator"]], [["User", "name", "=", "Administrator"]]),
	*([["no_such_field", "=", "1"]], [["name", "in", {"a": 1}]], [["name", "between", ["a"]]]),
	*([["name", "descendants of", "x"]], [["name", "=", "a" * 10_000]], [[[["name", "=", "x"]]]]),
	*({"name": ["like", "%"], "owner": ["!=", "x"]}, "name like '%'"),
)
TRIED = {"order_by": ORDERS, "group_by": ORDERS, "fields": FIELDS, "filters": FILTERS}


@pytest.mark.parametrize("version", [1, 2])
@EACH
def test_rest_lists_neither_break_nor_leak(doctype, version):
	_try_all(partial(_asked, version), doctype)


@EACH
def test_counts_of_rest_version_2_neither_break_nor_leak(doctype):
	_try_all(_counted, doctype)


@EACH
@pytest.mark.parametrize(
	"method", ["frappe.desk.reportview.get", "frappe.desk.reportview.get_count", "frappe.client.get_list"]
)
def test_list_methods_of_frappe_neither_break_nor_leak(doctype, method):
	_try_all(partial(_called, method), doctype)


@pytest.mark.parametrize("doctype", ["Interaction", "Activity Link"])
def test_a_hidden_document_is_not_found_by_its_title(doctype, world):
	"""Neither listed, nor counted, nor grouped."""
	titles = json.dumps([["title", "=", CANARY]])
	for version in (1, 2):
		assert json.loads(call("GET", at(doctype, version=version), filters=titles).text)["data"] == []
	counted = call("GET", f"v2/doctype/{doctype}/count", filters=titles)
	assert json.loads(counted.text)["data"] == 0
	sent = {"doctype": doctype, "filters": titles, "fields": "[]"}
	counted = call("POST", "method/frappe.desk.reportview.get_count", sent)
	assert json.loads(counted.text)["message"] == 0
	sent = {"doctype": doctype, "fields": ["title"], "group_by": "title"}
	assert CANARY not in call("POST", "method/frappe.client.get_list", sent).text


@shared
def world():
	make_hidden("Interaction Manager", "System Manager")
	interaction(title="Seen by the caller")


rolled_back = each_test_as(CALLER)


def _try_all(ask, doctype: str) -> None:
	"""Send all values; ignore failures that Frappe also shows for ToDo, a DocType without the app's conditions."""
	problems = []
	for argument, values in TRIED.items():
		for value in values:
			answer = ask(doctype, argument, value)
			is_fault = answer.status == 500 and ask("ToDo", argument, value).status != 500
			if CANARY in answer.text or is_fault:
				problems.append(f"{argument} {value!r:.80}: {answer.status} {answer.error!r:.200}")
	assert not problems, "\n".join(problems)


def _asked(version: int, doctype: str, argument: str, value):
	return call("GET", at(doctype, version=version), **{argument: value})


def _counted(doctype: str, argument: str, value):
	return call("GET", f"v2/doctype/{doctype}/count", **{argument: value})


def _called(method: str, doctype: str, argument: str, value):
	sent = {"doctype": doctype, "fields": ["name"], argument: value}
	texts = {key: part if isinstance(part, str) else json.dumps(part) for key, part in sent.items()}
	return call("POST", f"method/{method}", texts)
