"""Every rich-text field keeps the lines of plain text and turns pasted pictures into files, through every door."""

import base64
from pathlib import Path

import frappe
import pytest
from frappe.client import save, set_value

from crm_interactions.controllers import validation
from tests.site import imports
from tests.site.checks import stored
from tests.site.door import at, call
from tests.site.factories import change_record, interaction, log_in, record
from tests.site.kinds import MAKERS
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only
LINES = "Prices of R&D <Q3>:\r\na < b\n\nJane <jane@example.com>"
HTML = "<p>Prices of R&amp;D &lt;Q3&gt;:<br>a &lt; b</p><p>Jane &lt;jane@example.com&gt;</p>"
ONE_PIXEL = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# its base64 form is longer than the limit for text
PICTURE = ONE_PIXEL + b"\0" * 800_000
EMBEDDED = f'<p>The sign:</p><img src="data:image/png;base64,{base64.b64encode(PICTURE).decode()}">'
FIELDS = [
	*(("Interaction", "notes"), ("Meeting", "notes"), ("Meeting", "agenda")),
	*(("Product Record", "notes"), ("Partner", "notes")),
]
# only code writes the documents
BY_CODE = {("Captured Item", "notes")}
EACH_FIELD = pytest.mark.parametrize(("doctype", "field"), FIELDS)


def make(doctype: str, **fields):
	if doctype == "Partner":
		return record("Partner", partner_name=frappe.generate_hash(length=8), **fields)
	return MAKERS[doctype](**fields)


@pytest.fixture
def no_files_left(site):
	"""Delete the files written by the test, which a rollback leaves behind."""
	before = {*frappe.get_all("File", pluck="name")}
	yield
	for name in {*frappe.get_all("File", pluck="name")} - before:
		Path(frappe.get_doc("File", name).get_full_path()).unlink(missing_ok=True)


def insert(doc, field, text):
	return frappe.copy_doc(doc).update({field: text, "partner_name": "Another"}).insert()


def post(doc, field, text):
	values = {**frappe.copy_doc(doc).as_dict(no_default_fields=True), "partner_name": "Another", field: text}
	values.pop("chain", None)
	answer = call("POST", at(doc.doctype), frappe.as_json(values), keep=True)
	assert answer.status == 200, answer.text
	return frappe.get_doc(doc.doctype, frappe.parse_json(answer.text)["data"]["name"])


def put(doc, field, text, version=1):
	answer = call("PUT", at(doc.doctype, doc.name, version), {field: text}, keep=True)
	assert answer.status == 200, answer.text
	return doc


DOORS = {
	"insert": insert,
	"save": lambda doc, field, text: change_record(doc, **{field: text}),
	"POST": post,
	"PUT": put,
	"PUT of version 2": lambda doc, field, text: put(doc, field, text, version=2),
	"the form": lambda doc, field, text: frappe.get_doc(
		save({**doc.as_dict(convert_dates_to_str=True), field: text})
	),
	"the list": lambda doc, field, text: set_value(doc.doctype, doc.name, field, text) and doc,
}
EACH_DOOR = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


def test_the_list_of_fields_is_complete():
	types = frappe.get_all("DocType", {"module": "CRM Interactions"}, pluck="name")
	fields = [(doctype, df) for doctype in types for df in frappe.get_meta(doctype).fields]
	assert {(doctype, df.fieldname) for doctype, df in fields if df.fieldtype == "Text Editor"} == {
		*FIELDS,
		*BY_CODE,
	}


@EACH_DOOR
@EACH_FIELD
def test_plain_text_keeps_its_lines(doctype, field, door):
	doc = door(make(doctype), field, LINES)
	assert stored(doc, field) == HTML
	change_record(doc.reload())
	assert stored(doc, field) == HTML


@EACH_FIELD
@pytest.mark.parametrize("text", ["One line", "<p>One</p>\n<p>Two</p>"])
def test_one_line_and_html_stay(doctype, field, text):
	assert stored(make(doctype, **{field: text}), field) == text


def test_imported_plain_text_keeps_its_lines():
	with removed_afterwards() as files:
		doc = interaction()
		new = {"Type": "Phone Call", "Topic": "Price", "Partner Type": doc.party_type, "Partner": doc.party}
		new |= {"Phone or E-mail": "+385 1 4567 890", "Notes": LINES}
		for rows, kind in (([new], imports.INSERT), ([{"ID": doc.name, "Notes": LINES}], imports.UPDATE)):
			done = imports.run(imports.table(*rows), files, kind)
			(name,) = imports.imported(done)
			assert frappe.db.get_value("Interaction", name, "notes") == HTML


def test_a_completed_activity_with_old_plain_text_is_saved_unchanged():
	doc = interaction(completed=1)
	frappe.db.set_value("Interaction", doc.name, "notes", LINES)
	assert stored(change_record(doc.reload()), "notes") == HTML


@EACH_DOOR
@EACH_FIELD
def test_a_pasted_picture_becomes_a_file(doctype, field, door, no_files_left):
	doc = door(make(doctype), field, EMBEDDED)
	(file,) = frappe.get_all(
		"File", {"attached_to_doctype": doctype, "attached_to_name": doc.name}, pluck="name"
	)
	assert frappe.get_doc("File", file).is_private
	# Frappe 15 makes pictures smaller
	assert Path(frappe.get_doc("File", file).get_full_path()).read_bytes().startswith(ONE_PIXEL[:8])
	assert stored(doc, field).startswith('<p>The sign:</p><img src="/private/files/')
	assert len(stored(doc, field)) < 200


def test_a_user_without_other_rights_pastes_pictures(no_files_left):
	doc = interaction()
	log_in("pasting@example.com", "Interaction User")
	mine = interaction(party=doc.party, party_type=doc.party_type, notes=EMBEDDED)
	assert "/private/files/" in stored(mine, "notes")


@pytest.mark.parametrize(
	"address", ["data:image/svg+xml;utf8,<svg d='M1,2'/>", "data:image/png", "data:,%00,x"]
)
def test_a_picture_in_any_encoding_is_no_obstacle(address, no_files_left):
	doc = interaction()
	answer = call(
		"PUT", at("Interaction", doc.name), {"notes": f'<p>One</p><img src="{address}">'}, keep=True
	)
	assert answer.status == 200, answer.text
	assert stored(doc, "notes").startswith("<p>One</p><img")


def test_pictures_do_not_let_long_text_pass(no_files_left):
	answer = call(
		"PUT", at("Interaction", interaction().name), {"notes": EMBEDDED + "a" * validation.LONGEST_TEXT}
	)
	assert answer.refused, answer.text
