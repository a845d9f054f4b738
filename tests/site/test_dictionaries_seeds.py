"""Predefined records are created once and then belong to the administrator (R11)."""

import frappe
import pytest
from frappe.model.rename_doc import rename_doc

from crm_interactions import install
from crm_interactions.setup import memory, seeds
from tests.site.checks import stored
from tests.site.factories import change_record, record

pytestmark = pytest.mark.records_only
# predefined rows of child tables, which have a test of their own
ROWS = [seed for seed in seeds.read_seeds().values() if seed["doctype"] == "Interaction Next Step"]
SEEDS = [
	(seed["doctype"], seed["name"])
	for seed in seeds.read_seeds().values()
	if seed["doctype"] != memory.SETTINGS and not seed.get("parent")
]
DICTIONARIES = [(doctype, name) for doctype, name in SEEDS if doctype != "Kanban Board"]


@pytest.mark.parametrize("doctype, name", SEEDS)
def test_each_predefined_record_is_created(doctype, name):
	assert frappe.db.exists(doctype, name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_predefined_next_step_is_created(row):
	fields = ("parent", "parenttype", "outcome", "next_type", "next_in", "next_unit")
	assert frappe.db.exists(row["doctype"], {field: row[field] for field in fields})


def test_a_removed_next_step_does_not_come_back():
	kind = change_record(frappe.get_doc("Interaction Type", "Phone Call"), next_steps=[])
	install.after_migrate()
	assert not kind.reload().next_steps


def test_a_removed_role_that_sees_all_does_not_come_back(settings):
	settings(see_all_roles=[{"role": "Interaction Administrator"}])
	install.after_migrate()
	roles = frappe.get_doc(memory.SETTINGS).see_all_roles
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
		change_record(frappe.get_doc(doctype, name), color="#123456", disabled=1)
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


@pytest.fixture
def ordered(tmp_path, monkeypatch):
	"""Replace the predefined records by one outcome, as a later version may bring it."""
	values = {"doctype": "Interaction Outcome", "name": "Ordered", "title": "Ordered", "color": "#29CD42"}
	tmp_path.joinpath("1.json").write_text(frappe.as_json([values]))
	monkeypatch.setattr(seeds, "FOLDER", tmp_path)


def test_a_new_version_brings_a_new_value(ordered):
	before = snapshot()
	install.after_migrate()
	assert frappe.db.exists("Interaction Outcome", "Ordered")
	frappe.db.delete("Interaction Outcome", {"name": "Ordered"})
	assert snapshot() == before


def test_an_existing_value_of_the_same_name_is_not_changed(ordered):
	outcome = record("Interaction Outcome", title="Ordered", color="#123456")
	install.after_migrate()
	assert stored(outcome, "color") == "#123456"


def test_a_migration_keeps_the_settings(settings):
	settings(enable_sms=0, default_priority="High", party_types=[])
	install.after_migrate()
	now = frappe.get_doc(memory.SETTINGS)
	assert (now.enable_sms, now.default_priority) == (0, "High")


def snapshot() -> dict[str, list]:
	"""Return all predefined rows and settings, with their modification times."""
	rows = {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype, _ in SEEDS}
	rows["columns"] = frappe.get_all("Kanban Board Column", fields=["*"], order_by="name")
	values = frappe.db.get_singles_dict(memory.SETTINGS)
	rows["settings"] = [(field, values[field]) for field in sorted(values) if field != "seeded"]
	return rows
