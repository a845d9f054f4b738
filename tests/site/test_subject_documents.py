"""Deals, claims and campaigns that are created from a chain, or for which a user chooses a chain (R20)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, people, subject, subject_documents, undoing
from crm_interactions.exceptions import ChainClosedError, PartyTypeError
from tests.site.chain_checks import assert_consistent, chain_of, row_of
from tests.site.factories import contact, interaction, meeting, partner, user
from tests.site.other_apps import deal, need, opportunity, organization, project

pytestmark = pytest.mark.records_only

KINDS = {"Opportunity": "erpnext", "CRM Deal": "crm"}
SELLER = "salesman@example.com"


@pytest.fixture(params=KINDS)
def kind(request):
	need(KINDS[request.param])
	return request.param


def party_for(kind: str):
	return organization() if kind == "CRM Deal" else partner()


def new(kind: str, of, **fields):
	"""Return an unsaved deal, as in a form."""
	if kind == "CRM Deal":
		return deal(of, insert=False, **fields)
	return opportunity(of, insert=False, **fields)


class Story:
	"""A chain of a call with a contact person and a meeting with other participants."""

	def __init__(self, of, person):
		self.of, self.person = of, person
		self.call = interaction(of, title="Catalogue", contact=person.name, starts_on="2026-01-05 10:00:00")
		people_there = [
			{"full_name": "Ivan Babić", "email": "ivan@example.com", "side": "Theirs"},
			{"participant_type": "User", "participant": "Administrator"},
			{"participant_type": "Contact", "participant": person.name},
		]
		self.visit = meeting(
			of, chain=self.call.chain, participants=people_there, starts_on="2026-01-16 10:00:00"
		)
		self.chain = self.call.chain

	@property
	def activities(self):
		return [frappe.get_doc(doc.doctype, doc.name) for doc in (self.call, self.visit)]

	def subjects(self) -> set:
		return {(doc.subject_type, doc.subject) for doc in self.activities}


def story_with(of) -> Story:
	person = contact(of, phone="+385 91 111 222", email="ana@example.com")
	if of.doctype == "CRM Organization":
		person.company_name = of.name
		person.save()
	return Story(of, person)


@pytest.fixture
def story(kind) -> Story:
	return story_with(party_for(kind))


def names(doc) -> set[str]:
	return {row.full_name for row in doc.interaction_participants}


def contacts_of(doc) -> set[str]:
	"""Return the contacts that the form of the DocType shows."""
	if doc.doctype == "CRM Deal":
		return {row.contact for row in doc.contacts}
	filters = {"parenttype": "Contact", "link_doctype": doc.doctype, "link_name": doc.name}
	return {*frappe.get_all("Dynamic Link", filters, pluck="parent")}


def chain_subject(chain: str):
	return frappe.db.get_value("Interaction Chain", chain, ["subject_type", "subject"])


def test_each_participant_is_listed_once(story):
	found = people.list_participants(story.chain)
	keys = [people.participant_key(row) for row in found]
	assert len(keys) == len(set(keys)) == 3
	assert_consistent()


def test_a_document_created_from_a_chain_becomes_its_subject(kind, story):
	done = api.create_subject(story.chain, kind)
	assert (done["doctype"], done["chain"]) == (kind, story.chain)
	made = frappe.get_doc(kind, done["name"])
	assert story.subjects() == {(kind, made.name)}
	assert chain_subject(story.chain) == (kind, made.name)
	assert row_of(made).subject == made.name
	assert chain_of(made) == made.interaction_chain == story.chain
	assert contacts_of(made) == {story.person.name}
	assert names(made) == {"Ivan Babić", "Administrator"}
	assert {row.side for row in made.interaction_participants} == {"Theirs", "Ours"}
	if kind == "Opportunity":
		assert (made.party_name, made.title) == (story.of.name, "Catalogue")
		assert (made.contact_person, made.contact_email) == (story.person.name, "ana@example.com")
	else:
		assert (made.organization, made.email) == (story.of.name, "ana@example.com")
	assert_consistent()


def test_undoing_the_creation_clears_the_subject_and_keeps_the_document(kind, story):
	done = api.create_subject(story.chain, kind)
	undoing.undo_entry(done["log"])
	assert story.subjects() == {(None, None)}
	assert frappe.db.exists(kind, done["name"])
	assert_consistent()


def test_a_document_created_later_replaces_the_subject(kind, story):
	first = api.create_subject(story.chain, kind)
	second = api.create_subject(story.chain, kind)
	assert story.subjects() == {(kind, second["name"])}
	undoing.undo_entry(second["log"])
	assert story.subjects() == {(kind, first["name"])}
	assert_consistent()


def test_a_chain_chosen_in_a_new_document_takes_it_as_subject(kind, story):
	made = new(kind, story.of, interaction_chain=story.chain).insert()
	assert story.subjects() == {(kind, made.name)}
	assert chain_of(made) == story.chain
	assert contacts_of(made) == {story.person.name}
	assert names(made) == {"Ivan Babić", "Administrator"}
	assert_consistent()


def test_a_chain_chosen_later_joins_the_chain_of_the_document(kind, story):
	made = new(kind, story.of).insert()
	assert chain_of(made) != story.chain
	made.reload()
	made.interaction_chain = story.chain
	made.save()
	assert chain_of(made) == chain_of(story.call) == story.chain
	assert story.subjects() == {(kind, made.name)}
	assert contacts_of(made) == {story.person.name}
	assert_consistent()


def test_participants_are_copied_once(kind, story):
	made = new(kind, story.of, interaction_chain=story.chain).insert()
	made.reload()
	made.interaction_participants = made.interaction_participants[:1]
	made.save()
	assert len(names(frappe.get_doc(kind, made.name))) == 1
	subject.set_for_chain(story.chain, None, None)
	made.reload()
	made.save()
	assert story.subjects() == {(None, None)}
	assert_consistent()


def test_existing_participants_are_not_copied_again(kind, story):
	made = new(kind, story.of, interaction_chain=story.chain)
	made.append("interaction_participants", {"full_name": "Ivan Babić", "email": "ivan@example.com"})
	made.append("interaction_participants", {"full_name": "Somebody Else"})
	made.insert()
	assert sorted(row.full_name for row in made.interaction_participants) == [
		"Administrator",
		"Ivan Babić",
		"Somebody Else",
	]
	assert_consistent()


def test_a_chosen_chain_keeps_its_existing_subject(kind, story):
	first = new(kind, story.of, interaction_chain=story.chain).insert()
	second = new(kind, story.of, interaction_chain=story.chain).insert()
	assert story.subjects() == {(kind, first.name)}
	assert chain_of(second) == story.chain
	assert "keeps its subject" in str(frappe.get_message_log())
	assert_consistent()


def test_a_chosen_chain_that_was_merged_stands_for_its_target(kind, story):
	other = interaction(story.of, title="Later")
	joining.join(("Interaction", other.name), ("Interaction", story.call.name))
	made = new(kind, story.of, interaction_chain=other.chain).insert()
	assert chain_of(made) == story.chain
	assert story.subjects() == {(kind, made.name)}
	assert_consistent()


def test_a_closed_chain_accepts_no_document(kind, story):
	closing.close(story.chain, "Not interested")
	with pytest.raises(ChainClosedError):
		api.create_subject(story.chain, kind)
	with pytest.raises(ChainClosedError):
		new(kind, story.of, interaction_chain=story.chain).insert()
	assert_consistent()


def test_deleting_the_subject_clears_it_everywhere(kind, story):
	made = new(kind, story.of, interaction_chain=story.chain).insert()
	frappe.delete_doc(kind, made.name)
	assert story.subjects() == {(None, None)}
	assert chain_subject(story.chain) == (None, None)
	assert not frappe.db.exists("Dynamic Link", {"link_doctype": kind, "link_name": made.name})
	assert_consistent()


def test_a_restored_subject_returns_to_its_chain(kind, story):
	from frappe.core.doctype.deleted_document.deleted_document import restore

	made = new(kind, story.of, interaction_chain=story.chain).insert()
	frappe.delete_doc(kind, made.name)
	restore(frappe.db.get_value("Deleted Document", {"deleted_name": made.name}), alert=False)
	((_type, name),) = story.subjects()
	assert frappe.db.get_value(kind, name, "interaction_chain") == story.chain
	assert_consistent()


def test_renaming_the_subject_renames_all_its_copies(kind, story):
	made = new(kind, story.of, interaction_chain=story.chain).insert()
	frappe.rename_doc(kind, made.name, "DEAL-X")
	assert story.subjects() == {(kind, "DEAL-X")}
	assert chain_subject(story.chain) == (kind, "DEAL-X")
	assert chain_of(frappe.get_doc(kind, "DEAL-X")) == story.chain
	assert_consistent()


@pytest.mark.parametrize("both", [True, False])
def test_merging_two_subjects_joins_their_chains(kind, story, both):
	one = new(kind, story.of, interaction_chain=story.chain).insert()
	other_call = interaction(story.of, title="Another matter")
	fields = {"interaction_chain": other_call.chain} if both else {}
	other = new(kind, story.of, **fields).insert()
	frappe.rename_doc(kind, one.name, other.name, merge=True)
	assert story.subjects() == {(kind, other.name)}
	assert chain_of(other) == chain_of(story.call)
	assert_consistent()


def test_a_type_outside_the_subject_types_is_refused(story):
	with pytest.raises(PartyTypeError):
		subject_documents.create_document(story.chain, "ToDo")
	assert_consistent()


def test_the_refusal_names_missing_fields(kind):
	need("erpnext")
	call = interaction(title="Unknown caller", party_type=None, party=None, direction="Incoming")
	before = frappe.db.count("Opportunity")
	with pytest.raises(frappe.MandatoryError, match=r"(?i)party|opportunity.from"):
		api.create_subject(call.chain, "Opportunity")
	with pytest.raises(frappe.MandatoryError, match=r"(?i)items"):
		api.create_subject(interaction().chain, "Quotation")
	assert frappe.db.count("Opportunity") == before
	assert chain_subject(call.chain) == (None, None)
	assert_consistent()


def test_a_failed_creation_leaves_no_records(kind, story, monkeypatch):
	before = {
		doctype: frappe.db.count(doctype) for doctype in (kind, "Activity Link", "Interaction Chain Log")
	}

	def fail(*_args):
		raise RuntimeError("in the middle")

	monkeypatch.setattr(subject, "set_for_chain", fail)
	with pytest.raises(RuntimeError):
		api.create_subject(story.chain, kind)
	assert {doctype: frappe.db.count(doctype) for doctype in before} == before
	assert story.subjects() == {(None, None)}
	assert_consistent()


def test_a_user_without_create_permission_is_refused(kind, story, as_user):
	user(SELLER, "Interaction User")
	as_user(SELLER)
	with pytest.raises(frappe.PermissionError):
		api.create_subject(story.chain, kind)
	as_user("Administrator")
	assert_consistent()


def test_choosing_a_chain_needs_write_permission_on_it(kind, story, as_user):
	user(SELLER, "Sales User", "Sales Manager")
	as_user(SELLER)
	made = new(kind, story.of, interaction_chain=story.chain)
	with pytest.raises(frappe.PermissionError):
		made.insert()
	as_user("Administrator")
	assert story.subjects() == {(None, None)}
	assert_consistent()


@pytest.mark.parametrize("doctype, field", [("Issue", "subject"), ("Project", "project_name")])
def test_issues_and_projects_can_be_created_from_a_chain(doctype, field):
	need("erpnext")
	story = story_with(partner())
	made = frappe.get_doc(doctype, api.create_subject(story.chain, doctype)["name"])
	assert (made.get(field), made.customer) == ("Catalogue", story.of.name)
	assert chain_of(made) == story.chain
	assert names(made) >= {"Ivan Babić", "Administrator"}
	in_table = story.person.name in {row.participant for row in made.interaction_participants}
	assert in_table == (doctype == "Project")
	assert made.get("contact") == (None if doctype == "Project" else story.person.name)
	assert_consistent()


@pytest.mark.parametrize("doctype, app", [("Campaign", "erpnext"), ("CRM Lead", "crm")])
def test_documents_that_are_not_activities_can_be_subjects(doctype, app):
	need(app)
	if frappe.db.exists("DocType", f"UTM {doctype}"):
		doctype = f"UTM {doctype}"  # Frappe 16; ERPNext creates one with each Campaign and keeps both
	story = story_with(organization() if app == "crm" else partner())
	done = api.create_subject(story.chain, doctype)
	assert story.subjects() == {(doctype, done["name"])}
	frappe.delete_doc(doctype, done["name"])
	assert story.subjects() == {(None, None)}
	assert_consistent()


def test_deleting_a_partner_removes_the_rows_of_tasks_about_it():
	of = partner("Short Acquaintance")
	reference = {"reference_type": of.doctype, "reference_name": of.name}
	todo = frappe.get_doc({"doctype": "ToDo", "description": "Call them", **reference}).insert()
	chain = chain_of(todo)
	frappe.delete_doc(of.doctype, of.name)
	assert not row_of(todo)
	assert frappe.db.get_value("Interaction Chain", chain, ["status", "party"]) == ("Closed", None)
	assert_consistent()


def test_a_partner_with_activities_cannot_be_deleted():
	story = story_with(partner())
	frappe.db.savepoint("not_deleted")
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc(story.of.doctype, story.of.name)
	frappe.db.rollback(save_point="not_deleted")  # as Frappe does after a refused request
	assert frappe.db.get_value("Interaction Chain", story.chain, "party") == story.of.name
	assert_consistent()


def test_a_document_of_an_added_subject_type_can_be_created_from_a_chain(settings):
	settings(subject_types=[{"subject_type": "Note"}])
	story = story_with(partner())
	done = api.create_subject(story.chain, "Note")
	assert frappe.db.get_value("Note", done["name"], "title") == "Catalogue"
	assert story.subjects() == {("Note", done["name"])}
	frappe.delete_doc("Note", done["name"])
	assert story.subjects() == {(None, None)}
	assert_consistent()


def test_a_subject_type_with_other_mandatory_fields_is_refused(settings):
	settings(subject_types=[{"subject_type": "Address"}])
	story = story_with(partner())
	with pytest.raises(frappe.MandatoryError, match="Address Line 1"):
		api.create_subject(story.chain, "Address")
	assert_consistent()


def test_a_document_of_a_removed_subject_type_joins_the_chosen_chain_but_is_no_subject(settings):
	need("erpnext")
	story = story_with(partner())
	settings(subject_types=[])
	made = opportunity(story.of, interaction_chain=story.chain)
	assert chain_of(made) == story.chain
	assert story.subjects() == {(None, None)}
	assert_consistent()


def test_a_project_brings_its_own_activities_into_the_chosen_chain():
	need("erpnext")
	story = story_with(partner())
	works = project(story.of)
	task = frappe.get_doc({"doctype": "Task", "subject": "Dig", "project": works.name}).insert()
	works.reload()
	works.interaction_chain = story.chain
	works.save()
	assert chain_of(task) == chain_of(works) == chain_of(story.call)
	assert_consistent()
