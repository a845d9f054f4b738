"""The scripts that add *Log Interaction* to Frappe CRM's own pages, and what an administrator makes of them (R11, R30)."""

import frappe
import pytest

from crm_interactions.integrations.frappe_crm.crm_form_script import DOCTYPE, list_scripts
from crm_interactions.setup import form_scripts
from tests.site.other_apps import need

pytestmark = pytest.mark.records_only
LEAD = "Log Interaction in CRM Lead"
OLDER = "// as an earlier version of the app has it"


@pytest.fixture(autouse=True)
def crm():
	need("crm")


def stored() -> dict[str, dict]:
	fields = ["name", "dt", "view", "enabled", "is_standard", "script"]
	rows = frappe.get_all(DOCTYPE, {"name": ("like", "Log Interaction%")}, fields)
	return {row.name: row for row in rows}


@pytest.fixture
def older(monkeypatch) -> str:
	"""Make the scripts older than the app."""
	shipped = list_scripts()
	form_scripts.remove_all()
	form_scripts.forget_scripts_of("crm")
	monkeypatch.setattr(form_scripts, "list_scripts", lambda: [{**row, "script": OLDER} for row in shipped])
	form_scripts.add_missing()
	monkeypatch.setattr(form_scripts, "list_scripts", lambda: shipped)
	return OLDER


def test_each_page_has_its_script():
	assert {name: dict(row) for name, row in stored().items()} == {
		record["name"]: {field: value for field, value in record.items() if field != "doctype"}
		for record in list_scripts()
	}
	assert {row.dt for row in stored().values()} == {"CRM Lead", "CRM Deal", "CRM Organization"}


def test_an_update_brings_the_new_version_of_an_unchanged_script(older):
	frappe.db.set_value(DOCTYPE, LEAD, "enabled", 0)
	assert stored()[LEAD].script == older
	form_scripts.add_missing()
	shipped = {record["name"]: record["script"] for record in list_scripts()}
	assert {name: row.script for name, row in stored().items()} == shipped
	assert not stored()[LEAD].enabled, "an administrator has disabled it"


def test_an_update_leaves_a_changed_script(older):
	frappe.db.set_value(DOCTYPE, LEAD, "script", "// ours")
	form_scripts.add_missing()
	assert stored()[LEAD].script == "// ours"


@pytest.mark.parametrize("is_older", [True, False])
def test_an_update_leaves_a_deleted_script_deleted(is_older, request):
	if is_older:
		request.getfixturevalue("older")
	frappe.delete_doc(DOCTYPE, LEAD)
	form_scripts.add_missing()
	assert LEAD not in stored()


def test_an_update_leaves_a_script_that_has_the_name_by_chance():
	form_scripts.remove_all()
	form_scripts.forget_scripts_of("crm")
	own = {"doctype": DOCTYPE, "name": LEAD, "dt": "CRM Lead", "script": "// ours", "enabled": 1}
	frappe.get_doc(own).insert()
	form_scripts.add_missing()
	form_scripts.add_missing()
	assert stored()[LEAD].script == "// ours"


def test_a_new_installation_of_frappe_crm_brings_the_scripts_again():
	frappe.delete_doc(DOCTYPE, LEAD)
	form_scripts.forget_scripts_of("erpnext")
	form_scripts.add_missing()
	assert LEAD not in stored()
	form_scripts.forget_scripts_of("crm")
	form_scripts.add_missing()
	assert stored()[LEAD].enabled


def test_uninstalling_removes_the_scripts_also_changed_and_renamed_ones():
	frappe.db.set_value(DOCTYPE, LEAD, "script", "// ours")
	frappe.rename_doc(DOCTYPE, "Log Interaction in CRM Deal", "Zabilježi")
	kept = {"doctype": DOCTYPE, "name": "Ours", "dt": "CRM Lead", "script": "// ours", "enabled": 1}
	frappe.get_doc(kept).insert()
	before = set(frappe.get_all(DOCTYPE, pluck="name"))
	form_scripts.remove_all()
	gone = before - set(frappe.get_all(DOCTYPE, pluck="name"))
	assert gone == {LEAD, "Zabilježi", "Log Interaction in CRM Organization"}
