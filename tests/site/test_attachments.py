"""The attachment mark follows the attached files (R10)."""

from pathlib import Path

import frappe
import pytest
from frappe.desk.form.utils import remove_attach

from tests.site.factories import change_record, interaction, meeting, record
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only
# one pixel
PICTURE = (
	"data:image/png;base64,"
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_written: list[Path] = []


@pytest.fixture(autouse=True)
def no_files_left(site):
	"""Delete written files, which a rollback leaves behind."""
	yield
	while _written:
		_written.pop().unlink(missing_ok=True)


def attach(doc):
	"""Attach a file with a name and content of its own."""
	unique = frappe.generate_hash(length=8)
	values = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_private": 1}
	file = record("File", file_name=f"offer-{unique}.txt", content=f"Offer {unique}", **values)
	_written.append(Path(file.get_full_path()))
	return file


def mark_of(doc) -> int:
	return frappe.db.get_value(doc.doctype, doc.name, "has_attachment")


@EACH_KIND
def test_first_file_sets_the_mark_and_deleting_the_last_clears_it(make):
	doc = make()
	assert mark_of(doc) == 0
	one, other = attach(doc), attach(doc)
	assert mark_of(doc) == 1
	one.delete()
	assert mark_of(doc) == 1
	other.delete()
	assert mark_of(doc) == 0


def test_removing_a_file_in_the_form_clears_the_mark():
	doc = interaction()
	frappe.local.form_dict = frappe._dict(fid=attach(doc).name, dt=doc.doctype, dn=doc.name)
	remove_attach()
	assert mark_of(doc) == 0


def test_mark_follows_a_file_to_another_record_and_is_cleared_when_it_is_detached():
	doc, other = interaction(), meeting()
	file = attach(doc)
	change_record(file, attached_to_doctype=other.doctype, attached_to_name=other.name)
	assert (mark_of(doc), mark_of(other)) == (0, 1)
	change_record(file, attached_to_doctype=None, attached_to_name=None)
	assert mark_of(other) == 0


def test_attaching_a_file_does_not_block_a_form_opened_before():
	doc = interaction()
	form = frappe.get_doc("Interaction", doc.name)
	attach(doc)
	change_record(form, notes="Sent the offer.")
	assert mark_of(doc) == 1


def test_completed_record_accepts_a_file():
	doc = interaction(completed=1)
	attach(doc)
	assert mark_of(doc) == 1


@pytest.mark.parametrize("when", ["new", "later"])
def test_picture_in_the_notes_counts_as_an_attachment(when):
	notes = f'<p>The sign:</p><img src="{PICTURE}">'
	doc = interaction(notes=notes if when == "new" else None)
	if when == "later":
		change_record(doc, notes=notes)
	for name in frappe.get_all("File", {"attached_to_name": doc.name}, pluck="name"):
		_written.append(Path(frappe.get_doc("File", name).get_full_path()))
	assert frappe.db.count("File", {"attached_to_doctype": "Interaction", "attached_to_name": doc.name}) == 1
	assert (mark_of(doc), doc.has_attachment) == (1, 1)


def test_files_of_other_documents_do_not_set_the_mark():
	doc = interaction()
	attach(record("ToDo", description=doc.name))
	assert mark_of(doc) == 0


def test_deleting_a_record_deletes_its_files():
	doc = interaction()
	file = attach(doc)
	frappe.delete_doc("Interaction", doc.name)
	assert not frappe.db.exists("File", file.name)
