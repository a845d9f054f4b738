"""The journal's list filters by what the lists of its documents filter by (R1, B8)."""

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from crm_interactions import recording
from crm_interactions.journal import dictionary_values, linked
from crm_interactions.recording import numbering
from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, meeting, partner, record
from tests.site.other_apps import need
from tests.site.test_more_dictionaries import dictionary

pytestmark = pytest.mark.records_only
ROW, ENTRY = "Activity Link", "Interaction Dictionary Entry"
UNCHANGED = {"added": 0, "changed": 0, "removed": 0}


def filtered(*filters) -> list[str]:
	"""Return the activities in the journal's list with these filters, by name."""
	return sorted(
		frappe.get_list(
			ROW, filters=[[ROW, *row] if len(row) == 3 else row for row in filters], pluck="activity"
		)
	)


@pytest.fixture
def shop():
	return partner("Adriatic Trade")


@pytest.fixture
def ana(shop):
	return contact(shop)


@pytest.fixture
def region():
	return dictionary("Region", "North", "South", multiple=1)


def of_region(*values: str, make=interaction, **fields):
	return make(dictionary_values=[{"value": f"Region - {value}"} for value in values], **fields)


@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
def test_the_journal_has_the_filters_of_its_documents(doctype):
	"""Those of custom fields of other apps, too."""
	filters, own = (
		{df.fieldname: df.options for df in frappe.get_meta(name).fields if df.in_standard_filter}
		for name in (ROW, doctype)
	)
	filters["status"] = own["status"]  # the journal's values are those of all types
	assert own.items() <= filters.items()
	tables = {df.options for df in frappe.get_meta(ROW).get_table_fields()}
	assert ENTRY in tables


def test_the_journal_filters_by_contact(shop, ana):
	docs = [interaction(shop, contact=ana.name), meeting(shop, contact=ana.name)]
	interaction(shop)
	assert filtered(("contact", "=", ana.name)) == sorted(doc.name for doc in docs)
	change_record(docs[0], contact=None)
	assert filtered(("contact", "=", ana.name)) == [docs[1].name]
	assert recording.rebuild("Meeting") == UNCHANGED


def test_a_task_about_a_contact_is_found_by_the_contact(ana):
	task = record("ToDo", description="Call back", reference_type="Contact", reference_name=ana.name)
	assert filtered(("contact", "=", ana.name)) == [task.name]


def test_rows_follow_renamed_and_merged_contacts(shop, ana):
	doc, other = interaction(shop, contact=ana.name), contact(shop, "Iva")
	frappe.rename_doc("Contact", ana.name, "Ana Novak")
	assert filtered(("contact", "=", "Ana Novak")) == [doc.name]
	frappe.rename_doc("Contact", "Ana Novak", other.name, merge=True)
	assert filtered(("contact", "=", other.name)) == [doc.name]
	assert recording.rebuild("Interaction") == UNCHANGED


def test_a_row_alone_does_not_block_the_deletion_of_a_contact(shop, ana):
	record("ToDo", description="Call back", reference_type="Contact", reference_name=ana.name)
	ana.delete()
	assert not frappe.db.exists(ROW, {"contact": ana.name})
	iva = contact(shop, "Iva")
	doc = interaction(shop, contact=iva.name)
	with refused(frappe.LinkExistsError, doc.name):
		iva.delete()


def test_the_journal_filters_by_further_dictionaries(region):
	north, both = of_region("North"), of_region("North", "South", make=meeting)
	of_region("South")
	is_north = [ENTRY, "value", "=", "Region - North"]
	assert filtered(is_north) == sorted([north.name, both.name])
	change_record(north, dictionary_values=[{"value": "Region - South"}])
	assert filtered(is_north) == [both.name]
	change_record(both, dictionary_values=[])
	assert filtered(is_north) == []
	assert recording.rebuild("Interaction") == recording.rebuild("Meeting") == UNCHANGED


def test_rows_follow_renamed_dictionary_values(region):
	doc = of_region("North")
	frappe.rename_doc("Interaction Dictionary Value", "Region - North", "Region - Upper")
	assert filtered([ENTRY, "value", "=", "Region - Upper"]) == [doc.name]
	assert recording.rebuild("Interaction") == UNCHANGED


def test_values_go_with_their_row(region):
	doc = of_region("North")
	row = frappe.db.get_value(ROW, {"activity": doc.name})
	doc.delete()
	assert not frappe.db.exists(ENTRY, {"parenttype": ROW, "parent": row})
	frappe.delete_doc("Interaction Dictionary Value", "Region - North")


def test_the_deletion_of_a_used_value_is_still_refused(region):
	of_region("North")
	# the request that is refused rolls back the copies
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Interaction Dictionary Value", "Region - North")


def test_values_and_links_above_permission_level_0_are_not_copied(region, shop, ana):
	doc = of_region("North", party_type=shop.doctype, party=shop.name, contact=ana.name)
	for field in ("contact", "dictionary_values"):
		make_property_setter("Interaction", field, "permlevel", 3, "Int", validate_fields_for_doctype=False)
	frappe.clear_cache(doctype="Interaction")
	recording.rebuild("Interaction")
	assert not filtered(("contact", "=", ana.name))
	assert not filtered([ENTRY, "value", "=", "Region - North"])
	assert doc.name in filtered()


def test_rows_of_an_older_version_are_filled(region, shop, ana):
	doc = of_region("North", party_type=shop.doctype, party=shop.name, contact=ana.name)
	row = frappe.db.get_value(ROW, {"activity": doc.name})
	frappe.db.set_value(ROW, row, "contact", None)
	dictionary_values.delete_values([row])
	numbering.catch_up()
	assert not filtered(("contact", "=", ana.name))
	numbering.catch_up(has_new_columns=True)
	assert filtered(("contact", "=", ana.name), [ENTRY, "value", "=", "Region - North"]) == [doc.name]


def test_the_journal_filters_by_organisation():
	need("erpnext")
	assert linked.existing_columns() == list(linked.COLUMNS)
	targets = {column: target for column, target in linked.COLUMNS.items() if column != "contact"}
	first = {column: frappe.get_all(target, pluck="name", limit=1) for column, target in targets.items()}
	values = {column: names[0] for column, names in first.items() if names}
	doc = interaction(**values)
	for column, name in values.items():
		assert doc.name in filtered((column, "=", name)), column
	project = record("Project", project_name="Pump station", company=values["company"])
	assert project.name in filtered(("project", "=", project.name), ("company", "=", values["company"]))
