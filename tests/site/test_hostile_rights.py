"""Submitted values give no permission on a stored document."""

import json

import frappe
import pytest

from tests.site.door import at, call
from tests.site.hostile_values import CANARY
from tests.site.hostile_world import CALLER, each_test_as, make_hidden, shared

pytestmark = pytest.mark.records_only
SAID = {
	"another value of what a User Permission asks for": lambda seen: {"category": seen},
	"none": lambda _seen: {"category": ""},
	"their own": lambda seen: {"category": seen, "responsible": CALLER, "owner": CALLER},
	"shared": lambda seen: {"category": seen, "_assign": json.dumps([CALLER])},
}
DOORS = ("v1", "v2", "frappe.client.save", "frappe.desk.form.save.savedocs", "run_doc_method", "rename")


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("door", DOORS)
def test_submitted_values_do_not_give_write_permission(door, said, world):
	hidden, seen = world
	before = frappe.db.get_value("Interaction", hidden, ["modified", "title", "category"])
	answer = _asked(door, hidden, said(seen))
	assert answer.status == 403, answer.text
	assert CANARY not in answer.text
	assert frappe.db.get_value("Interaction", hidden, ["modified", "title", "category"]) == before


def _asked(door: str, name: str, said: dict):
	sent = {"title": "Mine", **said}
	if door in ("v1", "v2"):
		return call("PUT", at("Interaction", name, int(door[1])), sent, keep=True)
	kept = frappe.get_doc("Interaction", name).as_dict(convert_dates_to_str=True)
	described = frappe.as_json({**kept, **sent, "participants": []})
	if door in ("run_doc_method", "rename"):
		method, args = ("rename", {"name": "Mine"}) if door == "rename" else ("submit", {})
		values = {"docs": described, "method": method, "args": json.dumps(args)}
		return call("POST", "method/run_doc_method", values, keep=True)
	return call("POST", f"method/{door}", {"doc": described, "action": "Save"}, keep=True)


@shared
def world():
	hidden, allowed = make_hidden("Interaction Manager"), {"user": CALLER, "allow": "Interaction Category"}
	return hidden, frappe.db.get_value("User Permission", allowed, "for_value")


rolled_back = each_test_as(CALLER)
