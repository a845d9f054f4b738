"""Data Import keeps who completed and reviewed the history, and refuses values that Frappe would misread."""

import re
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, now_datetime

from tests.site import imports
from tests.site.factories import interaction, log_in, user
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only
EXAMPLE = Path(__file__).parents[2] / "docs" / "import_example.csv"
CALL = {"Type": "Phone Call", "Topic": "Price", "Direction": "Incoming", "Phone or E-mail": "+385 1 4567 890"}
HELD = {**CALL, "Date and Time": "2024-03-05 14:30:00", "Completed": "1", "Reviewed": "1"}
ME, FORMER = "importer@example.com", "former@example.com"
HISTORY = {
	**{"Completed On": "2024-03-05 16:00:00", "Completed By": FORMER},
	**{"Reviewed On": "2024-03-08 09:15:00", "Reviewed By": FORMER},
}
STAMPS = ("completed_by", "completed_on", "reviewed_by", "reviewed_on")


@pytest.fixture(autouse=True)
def files():
	with removed_afterwards() as files:
		yield files


@pytest.fixture
def former():
	user(FORMER, "Interaction User")
	frappe.db.set_value("User", FORMER, "enabled", 0)  # has left the company


def stamps(name: str) -> tuple:
	return tuple(str(value) for value in frappe.db.get_value("Interaction", name, STAMPS))


def test_the_example_of_the_documentation_is_imported_as_it_says(files):
	done = imports.run(EXAMPLE.read_text(encoding="utf-8"), files)
	assert (done.status, imports.failures(done)) == ("Success", {})
	call, mail, renewal = (frappe.get_doc("Interaction", name) for name in imports.imported(done))
	assert (str(call.starts_on), call.duration, call.rating) == ("2024-03-05 14:30:00", 3900, 0.8)
	assert (call.amount, call.products[0].quantity, call.completed, call.reviewed) == (1234.56, 2.5, 1, 1)
	assert stamps(call.name) == (
		*("Administrator", "2024-03-05 16:00:00"),
		*("Administrator", "2024-03-08 09:15:00"),
	)
	assert [row.full_name for row in call.participants] == ["Ivan Babić", "Petra Novak"]
	assert "Friday,<br>delivered" in call.notes.replace("\n", "").replace("<br/>", "<br>")
	assert (mail.duration, mail.completed, mail.reviewed, mail.completed_on) == (3900, 0, 0, None)
	assert (renewal.duration, renewal.amount, renewal.status) == (3900, 12500, "Held")


def test_users_with_the_right_to_import_keep_the_history(files, former):
	log_in(ME, "Interaction Manager")
	done = imports.run(imports.table({**HELD, **HISTORY}), files)
	assert stamps(imports.imported(done)[0]) == (
		*(FORMER, "2024-03-05 16:00:00"),
		*(FORMER, "2024-03-08 09:15:00"),
	)


def test_blank_history_is_that_of_the_import(files):
	log_in(ME, "Interaction Manager")
	done = imports.run(imports.table({**HELD, **dict.fromkeys(HISTORY, "")}), files)
	doc = frappe.get_doc("Interaction", imports.imported(done)[0])
	assert (doc.completed_by, doc.reviewed_by) == (ME, ME)
	assert min(doc.completed_on, doc.reviewed_on) > add_days(now_datetime(), -1)


def test_an_update_imports_the_history_of_open_activities(files, former):
	doc = interaction(starts_on="2024-03-05 14:30:00", reviewed=1)
	done = imports.run(imports.table({"ID": doc.name, "Completed": "1", **HISTORY}), files, imports.UPDATE)
	assert imports.imported(done) == [doc.name]
	assert stamps(doc.name)[::2] == (FORMER, FORMER)


def test_implausible_history_is_refused(files, former):
	faults = (
		({"Completed On": "2024-03-05 14:00:00"}, "Completed On.* is before the start"),
		({"Completed On": "2099-03-05 14:00:00"}, "Completed On.* is in the future"),
		({"Reviewed On": "2099-03-05 14:00:00"}, "Reviewed On.* is in the future"),
		({"Completed": "0"}, "Completed .*is filled, but .*Completed.* isn't set"),
		({"Reviewed": "0"}, "Reviewed .*is filled, but .*Reviewed.* isn't set"),
	)
	# Frappe rolls back the log of a failure if the next row fails as well
	good = {**HELD, **dict.fromkeys(HISTORY, "")}
	rows = [row for change, _message in faults for row in ({**HELD, **HISTORY, **change}, good)]
	found = imports.failures(imports.run(imports.table(*rows), files))
	for row, (_change, message) in enumerate(faults, 1):
		assert re.search(message, found[2 * row])


def test_without_the_right_to_import_the_server_records_the_history(former, monkeypatch):
	log_in("recorder@example.com", "Interaction User")
	monkeypatch.setitem(frappe.flags, "in_import", True)
	values = {"completed_by": FORMER, "completed_on": "2024-03-05 16:00:00"}
	doc = interaction(starts_on="2024-03-05 14:30:00", completed=1, **values)
	assert doc.completed_by == "recorder@example.com"
	assert doc.completed_on > add_days(now_datetime(), -1)


# column, value → part of the message; all are in one file, each in a row of its own
MISREAD = (
	*(("Completed", value, "neither yes nor no") for value in ("Done", "x", "✓", "2")),
	*(("Amount", value, "ambiguous or no number") for value in ("1.234,56", "€ 1.234,56", "1.234", "1,234")),
	*(("Amount", value, "ambiguous or no number") for value in ("12,5", "1 234", "nan", "1e3")),
	*(("Quantity (Products)", value, "ambiguous or no number") for value in ("2,5", "1,234")),
	*(("Rating", value, "ambiguous or no number") for value in ("0,8", "4 stars")),
	*(("Date and Time", value, "T or a time zone") for value in ("2024-03-31T14:30:00Z", "2024-03-31T14:30")),
	("Date and Time", "2024-03-31 14:30:00+02:00", "T or a time zone"),
	*(("Until", value, "two different dates") for value in ("03/04/2024 10:00", "05/04/2024 10:00")),
	("Completed On", "05.04.24", "two different dates"),
	*(("Duration", value, "no duration") for value in ("3900", "1:05", "65 min")),
)
READ = (
	*(("Completed", value) for value in ("1", "0", "Yes", "no", "TRUE", "f")),
	*(("Amount", value) for value in ("1234.56", "-5", "1,234.56", "1,234,567", "1234", "0.125", "1.2345")),
	*(("Quantity (Products)", "1.234"), ("Rating", "0.8")),
	*(("Date and Time", "2024-03-31 14:30:00"), ("Date and Time", "2024-03-31")),
	# the second value shows that the day comes first
	*(("Until", "03/04/2024 10:00"), ("Until", "31/03/2024 10:00"), ("Completed On", "03.03.2024")),
	*(("Duration", value) for value in ("3900s", "1h 5m", "1d")),
)


def preview(cells, files):
	"""Return the rows with warnings of a new file with one cell a row, as the form shows it before saving."""
	columns = dict.fromkeys([column for column, *_more in cells], "")
	rows = [{"Topic": "Price", **columns, column: value} for column, value, *_more in cells]
	found = imports.preview(imports.table(*rows), files)
	return {w["row"]: f"{w['field']['label']}: {w['message']}" for w in found if w.get("row")}


def test_each_misread_value_is_named_with_its_row(files):
	found = preview(MISREAD, files)
	assert [*found] and sorted(found) == [*range(2, len(MISREAD) + 2)]
	for row, (column, value, message) in enumerate(MISREAD, 2):
		assert found[row].startswith(column.partition(" (")[0])
		assert value in found[row] and message in found[row], found[row]


def test_values_that_are_read_rightly_pass(files):
	assert not preview(READ, files)


@pytest.mark.parametrize("value", ["1.234,56", "3900"])
def test_an_import_with_misread_values_does_not_start(value, files):
	column = "Amount" if "," in value else "Duration"
	rows = ({**CALL, column: ""}, {**CALL, column: value})
	with pytest.raises(frappe.ValidationError, match=f"Row 3, .*{column}.*{value}"):
		imports.run(imports.table(*rows), files)
	assert not frappe.db.exists(
		"Interaction", {"title": "Price", "starts_on": (">", add_days(now_datetime(), -1))}
	)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_file_with_other_separators_does_not_start(separator, files):
	with pytest.raises(frappe.ValidationError, match=r"Row 1: .*commas"):
		imports.run(imports.table(CALL).replace(",", separator), files)


def test_files_for_other_document_types_are_read_as_frappe_reads_them(files):
	content = imports.table({"First Name": "Eva", "Unsubscribed": "x"})
	assert imports.run(content, files, doctype="Contact").status == "Success"
