"""Predefined records are created once and then belong to the administrator (R11)."""

import frappe
import pytest
from frappe.model.rename_doc import rename_doc

from crm_interactions import install
from crm_interactions.setup import memory, seeds

pytestmark = pytest.mark.records_only

# predefined rows of child tables, which have a test of their own
ROWS = [record for record in seeds.read_seeds().values() if record["doctype"] == "Interaction Next Step"]
SEEDS = [
	(record["doctype"], record["name"])
	for record in seeds.read_seeds().values()
	if record["doctype"] != memory.SETTINGS and not record.get("parent")
]
DICTIONARIES = [(doctype, name) for doctype, name in SEEDS if doctype != "Kanban Board"]


@pytest.mark.parametrize("doctype, name", SEEDS)
def test_each_predefined_record_is_created(doctype, name):
	assert frappe.db.exists(doctype, name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_predefined_next_step_is_created(row):
	wanted = {
		field: row[field]
		for field in ("parent", "parenttype", "outcome", "next_type", "next_in", "next_unit")
	}
	assert frappe.db.exists(row["doctype"], wanted)


def test_a_removed_next_step_does_not_come_back():
	kind = frappe.get_doc("Interaction Type", "Phone Call")
	kind.next_steps = []
	kind.save()
	install.after_migrate()
	assert not frappe.get_doc("Interaction Type", "Phone Call").next_steps


def test_a_removed_role_that_sees_all_does_not_come_back(settings):
	settings(see_all_roles=[{"role": "Interaction Administrator"}])
	install.after_migrate()
	roles = frappe.get_doc("CRM Interactions Settings").see_all_roles
	assert [row.role for row in roles] == ["Interaction Administrator"]


def test_a_next_step_with_a_deleted_outcome_is_not_created():
	"""The migration goes on without the rule."""
	memory.forget_keys({f"{row['doctype']}/{row['name']}" for row in ROWS})
	frappe.db.delete("Interaction Next Step")
	frappe.delete_doc("Interaction Outcome", "Call Back", force=True)
	install.after_migrate()
	assert frappe.db.count("Interaction Next Step") == len(ROWS) - 1


def test_the_four_required_categories_exist():
	wanted = {"Trade Negotiations", "Customer Acquisition", "Order Fulfilment", "Customer Retention"}
	assert wanted <= set(frappe.get_all("Interaction Category", {"disabled": 0}, pluck="name"))


def test_the_five_types_exist_with_their_medium():
	media = frappe.get_all("Interaction Type", fields=["name", "medium"], as_list=True)
	assert set(media) >= {(kind, kind) for kind in ("Phone Call", "Meeting", "E-mail", "SMS", "Planned")}


def test_a_migration_keeps_the_administrators_changes():
	for doctype, name in DICTIONARIES:
		value = frappe.get_doc(doctype, name)
		value.update({"color": "#123456", "disabled": 1})
		value.save()
	before = snapshot()
	install.after_migrate()
	assert snapshot() == before
	now = {frappe.db.get_value(doctype, name, ("color", "disabled")) for doctype, name in DICTIONARIES}
	assert now == {("#123456", 1)}


@pytest.mark.parametrize("doctype", sorted({doctype for doctype, _ in DICTIONARIES}))
def test_a_renamed_record_keeps_its_name(doctype):
	name = next(name for other, name in DICTIONARIES if other == doctype)
	rename_doc(doctype, name, "Renamed")
	install.after_migrate()
	assert frappe.db.exists(doctype, "Renamed")
	assert not frappe.db.exists(doctype, name)


def test_deleted_records_do_not_come_back():
	for doctype, name in SEEDS:
		# by force: the settings' default priority points to one of them
		frappe.delete_doc(doctype, name, force=True)
	install.after_migrate()
	assert not [name for doctype, name in SEEDS if frappe.db.exists(doctype, name)]


def test_a_second_migration_changes_nothing():
	install.after_migrate()
	before = snapshot()
	install.after_migrate()
	assert snapshot() == before


def test_a_new_version_brings_a_new_value(tmp_path, monkeypatch):
	tmp_path.joinpath("1.json").write_text(
		'[{"doctype": "Interaction Outcome", "name": "Ordered", "title": "Ordered", "color": "#29CD42"}]'
	)
	monkeypatch.setattr(seeds, "FOLDER", tmp_path)
	before = snapshot()
	install.after_migrate()
	assert frappe.db.exists("Interaction Outcome", "Ordered")
	frappe.db.delete("Interaction Outcome", {"name": "Ordered"})
	assert snapshot() == before


def test_an_existing_value_of_the_same_name_is_not_changed(tmp_path, monkeypatch):
	tmp_path.joinpath("1.json").write_text(
		'[{"doctype": "Interaction Outcome", "name": "Ordered", "title": "Ordered", "color": "#29CD42"}]'
	)
	frappe.get_doc({"doctype": "Interaction Outcome", "title": "Ordered", "color": "#123456"}).insert()
	monkeypatch.setattr(seeds, "FOLDER", tmp_path)
	install.after_migrate()
	assert frappe.db.get_value("Interaction Outcome", "Ordered", "color") == "#123456"


def test_a_migration_keeps_the_settings(settings):
	settings(enable_sms=0, default_priority="High", party_types=[])
	install.after_migrate()
	now = frappe.get_doc(memory.SETTINGS)
	assert (now.enable_sms, now.default_priority) == (0, "High")


def snapshot() -> dict[str, list]:
	"""Return all predefined rows and settings, with their modification times."""
	rows = {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype, _ in SEEDS}
	rows["columns"] = frappe.get_all("Kanban Board Column", fields=["*"], order_by="name")
	rows["settings"] = [
		(field, value)
		for field, value in sorted(frappe.db.get_singles_dict(memory.SETTINGS).items())
		if field != "seeded"
	]
	return rows
