"""Document methods called through REST neither bypass the rules of a save nor reveal hidden documents."""

import frappe
import pytest
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from tests.site.door import at, call
from tests.site.hostile_values import CANARY, FEW, TEXTS
from tests.site.hostile_world import CALLER, HIDDEN, each_test_as, faults_in, make_hidden, scripts_in, shared
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only
MODULE = {"module": "CRM Interactions", "istable": 0}
# whitelisted method of every document → valid arguments
KNOWN = {
	**{"submit": {}, "cancel": {}, "discard": {}},
	"rename": {"name": "Another Name", "merge": 0, "force": 0, "validate_rename": 1},
	"add_comment": {"comment_type": "Comment", "text": "Seen", "comment_email": "", "comment_by": ""},
}
METHODS = {method: given for method, given in KNOWN.items() if hasattr(Document, method)}
# invalid names only: a rename to a valid one takes seconds
NO_NAMES = {label: TEXTS[label] for label in ("blank", "huge", "script", "null byte", "surrogate", "deep")}
# attributes without a refusal of their own: Frappe fails on them for every DocType
NO_METHODS = {"frappe": "a module that the module imports", "__name__": "a text in it"}
BOTH = pytest.mark.parametrize("version", [1, 2])


def on(document: tuple[str, str], method: str, version: int, **given):
	"""Call a method on a stored document."""
	if version == 1:
		return call("POST", at(*document), {"run_method": method, **given}, keep=True)
	return call("POST", f"{at(*document, 2)}/method/{method}", given, keep=True)


def in_memory(doc, method: str, version: int, **given):
	"""Call a method on a document that the client sends."""
	sent = doc.as_dict(convert_dates_to_str=True)
	if version == 1:
		values = {"docs": frappe.as_json(sent), "method": method, "args": frappe.as_json(given)}
		return call("POST", "method/run_doc_method", values, keep=True)
	values = {"document": frappe.parse_json(frappe.as_json(sent)), "method": method, "kwargs": given}
	return call("POST", "v2/method/run_doc_method", values, keep=True)


def test_every_whitelisted_document_method_is_listed(world):
	for doctype in frappe.get_all("DocType", MODULE, pluck="name"):
		controller = get_controller(doctype)
		parts = [getattr(controller, name, None) for name in dir(controller)]
		of_class = {getattr(part, "__func__", part) for part in parts if callable(part)}
		assert {method.__name__ for method in of_class if method in frappe.whitelisted} <= {*METHODS}, doctype


@BOTH
@pytest.mark.parametrize("method", METHODS)
def test_hostile_arguments_are_answered_or_refused(method, version, world):
	problems, meant = [], METHODS[method]
	for argument in meant:
		for label, value in {**FEW, **NO_NAMES}.items():
			if value is None and argument != "name":
				continue  # left out, which is valid
			given = {**meant, "name": "", argument: value} if "name" in meant else {**meant, argument: value}
			answer = on(("Interaction Category", world["category"]), method, version, **given)
			wrong = [*faults_in(answer), *scripts_in(answer)]
			problems += [f"{argument} = {label}: {problem}" for problem in wrong]
			frappe.db.rollback(save_point="test")
	assert not problems, "\n".join(problems)


@BOTH
@pytest.mark.parametrize("method", METHODS)
def test_no_method_reaches_a_hidden_document(method, version, world):
	"""Neither by its name nor as a copy in which the client claims ownership."""
	before = _kept(world)
	doc = frappe.get_doc("Interaction", world["hidden"])
	answers = [on(("Interaction", world["hidden"]), method, version, **METHODS[method])]
	for said in ({}, {"responsible": frappe.session.user, "owner": frappe.session.user, "category": ""}):
		described = frappe.get_doc({**doc.as_dict(), **said, "title": "x", "notes": "", "participants": []})
		answers.append(in_memory(described, method, version, **METHODS[method]))
	for answer in answers:
		assert answer.refused, answer.text
		assert CANARY not in answer.text
	assert _kept(world) == before


@BOTH
@EACH_KIND
def test_a_rename_cannot_skip_its_checks(make, version, world):
	doc, before = make(), _kept(world)
	for name in (world["hidden"], make().name, "Another Name"):
		for options in ({"validate_rename": 0}, {"force": 1}, {"validate_rename": 0, "merge": 1, "force": 1}):
			assert on((doc.doctype, doc.name), "rename", version, name=name, **options).refused
			assert in_memory(doc, "rename", version, name=name, **options).refused
	assert frappe.db.exists(doc.doctype, doc.name)
	assert _kept(world) == before


@BOTH
@EACH_KIND
def test_documents_cannot_be_submitted_cancelled_or_discarded(make, version, world):
	"""The app's DocTypes do not use these states, which would lock or discard a document past all rules."""
	doc = make()
	for method in ("submit", "cancel", *({"discard"} & {*METHODS})):
		on((doc.doctype, doc.name), method, version)
		in_memory(doc, method, version)
		assert frappe.db.get_value(doc.doctype, doc.name, "docstatus") == 0, method
	names = {"doctype": doc.doctype, "name": doc.name}
	desk = call("POST", "method/frappe.desk.form.save.discard", names, keep=True)
	assert desk.refused or "discard" not in METHODS
	assert frappe.db.get_value(doc.doctype, doc.name, "docstatus") == 0


@BOTH
@EACH_KIND
def test_no_user_can_write_into_the_audit_trail(make, version, world):
	doc = make()
	for kind in ("Info", "Edit", "Workflow", "Comment"):
		given = {"comment_type": kind, "text": "completed this", "comment_email": "Administrator"}
		assert on((doc.doctype, doc.name), "add_comment", version, **given).refused
		assert in_memory(doc, "add_comment", version, **given).refused
	assert not frappe.db.exists("Comment", {"reference_name": doc.name})


def test_a_hidden_document_cannot_be_copied(world):
	answer = call("GET", f"{at('Interaction', world['hidden'], 2)}/copy")
	assert answer.refused and CANARY not in answer.text


@EACH_KIND
def test_the_number_of_a_new_document_cannot_be_chosen(make, world):
	"""Version 2 accepts a sent name: a future number would block the user who draws it from the series."""
	doc = make()
	sent = doc.as_dict(convert_dates_to_str=True, no_default_fields=True)
	sent = {field: value for field, value in sent.items() if value and field != "doctype"}
	for row in sent.get("participants", []):
		row.pop("doctype", None)
	for name in (f"{doc.name[:-5]}99999", "x", "../x", 7):
		answer = call("POST", at(doc.doctype, version=2), {**sent, "name": name}, keep=True)
		assert answer.status == 200, answer.text
		assert not frappe.db.exists(doc.doctype, name)


@pytest.mark.parametrize("doctype", ["Interaction", "Meeting", "Interaction Chain"])
@pytest.mark.parametrize("method", [*NO_METHODS, "Document", "as_dict", "get_attr.x", "no such method"])
def test_attributes_of_a_controller_module_cannot_be_called(doctype, method):
	answer = call("POST", f"v2/method/{doctype}/{method}", {})
	if method in NO_METHODS:
		assert answer.status == call("POST", f"v2/method/ToDo/{method}", {}).status
	else:
		assert answer.refused, answer.text


def test_metadata_reveals_no_documents(world):
	for doctype in frappe.get_all("DocType", MODULE, pluck="name"):
		answer = call("GET", f"v2/doctype/{doctype}/meta")
		assert answer.status == 200 and CANARY not in answer.text


@shared
def world():
	hidden, others = make_hidden("Interaction Manager", "Interaction Administrator"), {"name": ["!=", HIDDEN]}
	return {"hidden": hidden, "category": frappe.db.get_value("Interaction Category", others)}


rolled_back = each_test_as(CALLER)


def _kept(world) -> list:
	"""Return the values of the hidden document that would reveal a change."""
	return [
		frappe.db.get_value("Interaction", world["hidden"], ["modified", "title", "docstatus"]),
		frappe.db.count("Interaction Participant", {"parent": world["hidden"]}),
		frappe.db.count("Comment", {"reference_doctype": "Interaction", "reference_name": world["hidden"]}),
	]
