"""The mark for attachments follows the files (R10)."""

from pathlib import Path

import frappe
import pytest
from factories import interaction, meeting, product_record
from frappe.desk.form.utils import remove_attach

pytestmark = pytest.mark.records_only
EACH = pytest.mark.parametrize("make", [interaction, meeting, product_record])
# one pixel
PICTURE = (
	"data:image/png;base64,"
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


_written: list[Path] = []


@pytest.fixture(autouse=True)
def no_files_left(site):
	"""A rollback brings back rows, not files."""
	yield
	while _written:
		_written.pop().unlink(missing_ok=True)


def attach(doc, content: str = "Offer"):
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"offer-{frappe.generate_hash(length=8)}.txt",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"content": content + frappe.generate_hash(length=8),
			"is_private": 1,
		}
	).insert()
	_written.append(Path(file.get_full_path()))
	return file


def mark_of(doc) -> int:
	return frappe.db.get_value(doc.doctype, doc.name, "has_attachment")


@EACH
def test_mark_comes_with_the_first_file_and_goes_with_the_last(make):
	doc = make()
	assert mark_of(doc) == 0
	one, other = attach(doc), attach(doc)
	assert mark_of(doc) == 1
	one.delete()
	assert mark_of(doc) == 1
	other.delete()
	assert mark_of(doc) == 0


def test_removed_in_the_form():
	doc = interaction()
	file = attach(doc)
	frappe.local.form_dict = frappe._dict(fid=file.name, dt=doc.doctype, dn=doc.name)
	remove_attach()
	assert mark_of(doc) == 0


def test_file_that_is_detached_takes_the_mark_along():
	doc, other = interaction(), meeting()
	file = attach(doc)
	file.update({"attached_to_doctype": other.doctype, "attached_to_name": other.name})
	file.save()
	assert (mark_of(doc), mark_of(other)) == (0, 1)
	file.update({"attached_to_doctype": None, "attached_to_name": None})
	file.save()
	assert mark_of(other) == 0


def test_mark_is_no_change_of_the_record():
	doc = interaction()
	form = frappe.get_doc("Interaction", doc.name)
	attach(doc)
	form.notes = "Sent the offer."
	form.save()
	assert mark_of(doc) == 1


def test_completed_record_takes_a_file():
	doc = interaction(completed=1)
	attach(doc)
	assert mark_of(doc) == 1


@pytest.mark.parametrize("when", ["new", "later"])
def test_picture_in_the_notes_counts(when):
	notes = f'<p>The sign:</p><img src="{PICTURE}">'
	doc = interaction(notes=notes if when == "new" else None)
	if when == "later":
		doc.notes = notes
		doc.save()
	for name in frappe.get_all("File", {"attached_to_name": doc.name}, pluck="name"):
		_written.append(Path(frappe.get_doc("File", name).get_full_path()))
	assert frappe.db.count("File", {"attached_to_doctype": "Interaction", "attached_to_name": doc.name}) == 1
	assert (mark_of(doc), doc.has_attachment) == (1, 1)


def test_files_of_other_documents_change_nothing():
	doc = interaction()
	todo = frappe.get_doc({"doctype": "ToDo", "description": doc.name}).insert()
	attach(todo)
	assert mark_of(doc) == 0


def test_deleting_a_record_deletes_its_files():
	doc = interaction()
	file = attach(doc)
	frappe.delete_doc("Interaction", doc.name)
	assert not frappe.db.exists("File", file.name)
