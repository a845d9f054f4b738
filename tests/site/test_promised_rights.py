"""Each right that the documents promise a role works through the door that a user takes."""

import inspect
import re
from pathlib import Path

import frappe
import pytest
from frappe.desk.search import search_widget

import crm_interactions
from tests.site import imports
from tests.site import promised_rights as doors
from tests.site.factories import interaction, log_in, record
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only
DOCS = Path(crm_interactions.__file__).parents[1] / "docs"
USER, MANAGER, ADMINISTRATOR = "Interaction User", "Interaction Manager", "Interaction Administrator"
# role → the words of its row in docs/administering.md → doors
PROMISES = {
	USER: {
		"read, write and create activities and partners": [doors.recorded, doors.lists_read],
		"read dictionaries": [doors.dictionaries_read],
	},
	MANAGER: {
		"the same": [doors.recorded, doors.lists_read, doors.dictionaries_read],
		"delete and import them": [doors.deleted, doors.imported],
		"reopen completed ones": [doors.reopened],
		"review": [doors.reviewed],
		"hand over": [doors.handed_over],
		"add to dictionaries": [doors.dictionaries_extended],
	},
	ADMINISTRATOR: {
		"everything": [
			*(
				doors.recorded,
				doors.lists_read,
				doors.deleted,
				doors.imported,
				doors.reopened,
				doors.reviewed,
			),
			*(doors.handed_over, doors.dictionaries_managed, doors.teams_managed, doors.workload_read),
		],
		"and the settings": [doors.settings_changed],
	},
}
# file → sentence → roles and door
SENTENCES = {
	"supervising.md": {
		"managers without a team see all users": ((MANAGER, ADMINISTRATOR), doors.workload_read),
		"Managers may hand over for all users": ((MANAGER, ADMINISTRATOR), doors.handed_over),
	},
	"using.md": {
		"under your picture ▸ *My Settings* ▸": ((USER, MANAGER, ADMINISTRATOR), doors.own_reminders_set),
	},
	"importing.md": {
		"imports interactions, meetings and product records": ((MANAGER, ADMINISTRATOR), doors.imported),
		"Add the types, priorities, categories": ((MANAGER, ADMINISTRATOR), doors.dictionaries_extended),
	},
}
RIGHTS = [(role, door) for role, row in PROMISES.items() for found in row.values() for door in found]
RIGHTS += [(role, door) for part in SENTENCES.values() for roles, door in part.values() for role in roles]
RIGHTS = list(dict.fromkeys(RIGHTS))
EMAIL = "promised@example.com"


@pytest.fixture
def scene():
	"""Imports and hand-overs commit, so everything is removed afterwards."""
	with removed_afterwards() as files:
		yield doors.make_scene(files)


@pytest.mark.parametrize(("role", "door"), RIGHTS, ids=lambda value: getattr(value, "__name__", value))
def test_the_role_has_the_right(role, door, scene):
	log_in(EMAIL, role)
	door(scene)


def test_the_table_holds_every_word_of_the_documents():
	text = (DOCS / "administering.md").read_text(encoding="utf-8")
	for role, row in PROMISES.items():
		words = re.search(rf"^\| {role} \| (.+) \|$", text, re.MULTILINE)[1]
		assert re.split(r"; |, (?!write)", words) == [*row], role


@pytest.mark.parametrize("name", SENTENCES)
def test_each_sentence_is_in_the_documents(name):
	text = " ".join((DOCS / name).read_text(encoding="utf-8").split())
	assert not [sentence for sentence in SENTENCES[name] if sentence not in text]


def test_every_door_is_used():
	made = {door for _, door in RIGHTS}
	steps = dict(inspect.getmembers(doors, inspect.isfunction))
	assert not [
		name
		for name, step in steps.items()
		if "scene" in inspect.signature(step).parameters and step not in made
	]


@pytest.mark.parametrize("role", [USER, MANAGER, ADMINISTRATOR])
def test_the_role_can_search_each_link_of_its_forms(role):
	"""Links to another app's documents need a role of that app."""
	log_in(EMAIL, role)
	refused = []
	for doctype, df in writable_links():
		try:
			# on SQLite, search_link of Frappe 16 drops the only column of a type without a title
			search_widget(df.options, "", as_dict=True, reference_doctype=doctype)
		except frappe.PermissionError:
			refused.append((doctype, df.fieldname, df.options))
	assert not refused


def writable_links():
	"""Yield the link fields, with their document type, of the app's forms and tables that the user may write."""
	base = frappe.get_all("Module Def", {"app_name": ("in", ("frappe", "crm_interactions"))}, pluck="name")
	known = {*frappe.get_all("DocType", {"module": ("in", base)}, pluck="name")}
	for doctype in frappe.get_all("DocType", {"module": "CRM Interactions", "istable": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		if frappe.has_permission(doctype, "write"):
			for part in (meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields())):
				yield from (
					(doctype, df) for df in part.get_link_fields() if df.options in known and not df.read_only
				)


@pytest.fixture
def of_others():
	"""Return the address of a private file, attached to a user, and an interaction."""
	with removed_afterwards() as files:
		file = record("File", file_name="salaries.csv", content=b"First Name\nSecret\n", is_private=1)
		files.append(Path(file.get_full_path()))
		frappe.db.commit()
		yield file.file_url


def import_of(**fields):
	return frappe.get_doc(doctype="Data Import", import_type=imports.INSERT, **fields)


def test_a_manager_imports_only_readable_files(of_others):
	"""The importer of Frappe reads any file."""
	log_in(EMAIL, MANAGER)
	with pytest.raises(frappe.PermissionError, match="may not read the file"):
		import_of(reference_doctype="Contact", import_file=of_others).insert()
	with pytest.raises(frappe.PermissionError, match="may not read the file"):
		import_of(reference_doctype="Contact").get_preview_from_template(of_others)


def test_a_manager_imports_only_permitted_document_types():
	log_in(EMAIL, MANAGER)
	with pytest.raises(frappe.PermissionError, match="import"):
		import_of(reference_doctype="Address").insert()


def test_a_manager_sees_only_their_own_imports():
	other = import_of(reference_doctype="Interaction").insert()
	log_in(EMAIL, MANAGER)
	own = import_of(reference_doctype="Interaction").insert()
	assert frappe.get_list("Data Import", pluck="name") == [own.name]
	assert not frappe.has_permission("Data Import", "read", doc=other.name)


def test_a_system_manager_imports_as_before(of_others):
	log_in(EMAIL, "System Manager")
	assert import_of(reference_doctype="Contact", import_file=of_others).insert().payload_count == 1


def test_a_user_without_the_right_cannot_import():
	interaction()
	log_in(EMAIL, USER)
	assert not frappe.has_permission("Interaction", "import")
	with pytest.raises(frappe.PermissionError):
		import_of(reference_doctype="Interaction").insert()
