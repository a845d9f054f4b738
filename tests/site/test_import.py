"""Frappe's Data Import imports another CRM's export, with an error for each broken row."""

import re

import frappe
import pytest

from tests.data import make_import_csv as export
from tests.site import imports
from tests.site.factories import contact, interaction, record
from tests.site.tier import FULL
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only

# the quick tier imports all broken rows and some good ones; the full tier imports the whole file
FEW = not FULL
BROKEN = len(export.BROKEN)
GOOD = sum(line.get("Topic") is not None for line in export.lines(FEW)) - BROKEN
ROW = {
	**{"Type": "Phone Call", "Topic": "Price of the new pump", "Direction": "Incoming"},
	**{"Phone or E-mail": "+385 1 4567 890", "Date and Time": "2024-03-31 14:30:00"},
}


@pytest.fixture(scope="module")
def big(site):
	"""Import the file once for the tests of this module."""
	with removed_afterwards() as files:
		_prepare()
		yield imports.run(export.text(few=True) if FEW else export.FILE.read_text(encoding="utf-8"), files)


@pytest.fixture
def files():
	with removed_afterwards() as files:
		yield files


def test_the_file_equals_the_output_of_its_script():
	assert export.FILE.read_text(encoding="utf-8") == export.text()


def test_the_whole_file_holds_two_thousand_interactions():
	assert sum(line.get("Topic") is not None for line in export.lines()) == 2000
	assert FEW or (GOOD, BROKEN) == (1980, 20)


def test_all_good_rows_are_imported(big):
	assert big.status == "Partial Success"
	assert (len(imports.imported(big)), len(imports.failures(big))) == (GOOD, BROKEN)
	assert frappe.db.count("Interaction", {"name": ("in", imports.imported(big))}) == GOOD


def test_each_broken_row_is_reported(big):
	assert sorted(imports.failures(big)) == export.broken_row_numbers(FEW)


@pytest.mark.parametrize("which", range(len(export.BROKEN)))
def test_the_message_of_each_broken_row_names_its_fault(big, which):
	message = imports.failures(big)[export.broken_row_numbers(FEW)[which]]
	assert re.search(export.BROKEN[which][1], message), message


def test_a_broken_row_leaves_no_records(big):
	names = imports.imported(big)
	for table in ("Interaction Participant", "Interaction Product"):
		filters = {"parenttype": "Interaction", "creation": (">=", big.creation)}
		assert {*frappe.get_all(table, filters, pluck="parent")} <= {*names}
	assert frappe.db.count("Interaction", {"creation": (">=", big.creation)}) == GOOD


def test_imported_values_equal_those_of_the_file(big):
	doc = frappe.get_doc("Interaction", imports.imported(big)[2])
	row = [line for line in export.lines() if line.get("Topic")][2]
	assert doc.party_name == row["Partner"] == "Бытовая техника (Москва)"
	assert (doc.title, doc.contact or "") == (row["Topic"], row["Contact Person"])
	assert (doc.how_to_reach, str(doc.starts_on)) == (row["Phone or E-mail"], row["Date and Time"])
	assert (doc.status, doc.category or "") == (row["Status"], row["Category"])
	assert (doc.responsible, doc.completed) == ("Administrator", int(row["Completed"] == "Yes"))


def test_a_second_participant_is_imported_from_a_row_of_its_own(big):
	doc = frappe.get_doc("Interaction", imports.imported(big)[0])
	assert [row.full_name for row in doc.participants] == ["Marko Kovač", "Petra Novak"]
	assert (doc.amount > 0, doc.currency, doc.completed) == (True, "EUR", 1)


def test_unknown_links_options_and_dates_stop_the_whole_file(files):
	"""Frappe checks them before it writes the first row."""
	bad = (
		({"Type": "Telepathy"}, "Value Telepathy missing for Interaction Type"),
		({"Direction": "Sideways"}, "Value must be one of Incoming, Outgoing"),
		({"Date and Time": "the day before yesterday"}, "Value the day before yesterday must in .* format"),
		({"Contact Person": "Nobody"}, "Value Nobody missing for Contact"),
		({"Amount": "5", "Currency": "Shells"}, "Value Shells missing for Currency"),
	)
	header = {**ROW, "Duration": "", "Contact Person": "", "Amount": "", "Currency": ""}
	data_import = imports.run(imports.table(header, *({**header, **change} for change, _ in bad)), files)
	assert imports.imported(data_import) == []
	found = "\n".join(imports.warnings(data_import))
	for number, (_change, message) in enumerate(bad, 3):
		assert re.search(f"{number}: {message}", found), f"{message}\n{found}"


def test_an_invalid_duration_stops_the_whole_file(files):
	with pytest.raises(frappe.ValidationError, match=r"Row 2, .*-5m.* is no duration"):
		imports.run(imports.table({**ROW, "Duration": "-5m"}), files)


def test_an_update_cannot_change_a_completed_interaction(files):
	done, still_open = interaction(completed=1), interaction()
	rows = [{"ID": doc.name, "Topic": "Another topic"} for doc in (done, still_open)]
	data_import = imports.run(imports.table(*rows), files, imports.UPDATE)
	assert imports.imported(data_import) == [still_open.name]
	assert re.search("is completed and can't be changed .*Topic", imports.failures(data_import)[2])
	assert frappe.db.get_value("Interaction", done.name, "title") == "Price of the new pump"


def test_an_update_cannot_change_rows_of_a_completed_interaction(files):
	done = interaction(completed=1, participants=[{"full_name": "Ivan Babić"}])
	row = done.participants[0]
	rows = [{"ID": done.name, "ID (Participants)": row.name, "Full Name (Participants)": "Another name"}]
	data_import = imports.run(imports.table(*rows), files, imports.UPDATE)
	assert "is completed and can't be changed" in imports.failures(data_import)[2]
	assert frappe.db.get_value("Interaction Participant", row.name, "full_name") == "Ivan Babić"


def _prepare():
	"""Create the partners, contacts and disabled values that the file names, as an administrator would."""
	settings = frappe.get_doc("CRM Interactions Settings")
	if not any(row.party_type == "Partner" for row in settings.party_types):
		settings.append("party_types", {"party_type": "Partner"})
		settings.save()
	for name, people, _currency, _language in export.PARTNERS:
		partner = record("Partner", partner_name=name)
		for person in people:
			assert contact(partner, *person.split(" ", 1)).name == export.contact_name(person, name)
	for doctype, title in export.DISABLED.items():
		record(doctype, title=title, medium="Other", disabled=1)
	frappe.db.commit()
