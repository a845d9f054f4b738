"""Deals, claims and campaigns that are created from a chain, or for which a user chooses a chain (R20)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from crm_interactions.chains import closing, joining, people, subject, subject_documents, undoing
from crm_interactions.exceptions import ChainClosedError, PartyTypeError
from tests.site.chain_checks import chain_of, row_of
from tests.site.checks import stored
from tests.site.factories import change_record, contact, interaction, log_in, meeting, partner, record
from tests.site.other_apps import contacts_of, deal, need, opportunity, organization, project

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]

KINDS = {"Opportunity": "erpnext", "CRM Deal": "crm"}
SELLER = "salesman@example.com"


@pytest.fixture(params=KINDS)
def kind(request):
	need(KINDS[request.param])
	return request.param


def new(kind: str, of, **fields):
	"""Return an unsaved deal, as in a form."""
	make = deal if kind == "CRM Deal" else opportunity
	return make(of, insert=False, **fields)


class Story:
	"""A chain of a call with a contact person and a meeting with other participants."""

	def __init__(self, of):
		company = {"company_name": of.name} if of.doctype == "CRM Organization" else {}
		self.of = of
		self.person = contact(of, phone="+385 91 111 222", email="ana@example.com", **company)
		values = {"title": "Catalogue", "starts_on": "2026-01-05 10:00:00"}
		self.call = interaction(of, contact=self.person.name, **values)
		self.chain = self.call.chain
		people_there = [
			{"full_name": "Ivan Babić", "email": "ivan@example.com", "side": "Theirs"},
			{"participant_type": "User", "participant": "Administrator"},
			{"participant_type": "Contact", "participant": self.person.name},
		]
		self.visit = meeting(of, chain=self.chain, participants=people_there, starts_on="2026-01-16 10:00:00")

	def subjects(self) -> set:
		"""Return the subjects of both activities."""
		return {stored(doc, ("subject_type", "subject")) for doc in (self.call, self.visit)}

	def document(self, kind: str, **fields):
		"""Return a new deal for which this chain is chosen."""
		return new(kind, self.of, interaction_chain=self.chain, **fields).insert()


@pytest.fixture
def story(kind) -> Story:
	return Story(organization() if kind == "CRM Deal" else partner())


@pytest.fixture
def partner_story() -> Story:
	return Story(partner())


def names(doc) -> set[str]:
	return {row.full_name for row in doc.interaction_participants}


def chain_subject(chain: str):
	return frappe.db.get_value("Interaction Chain", chain, ["subject_type", "subject"])


def test_each_participant_is_listed_once(story):
	keys = [people.participant_key(row) for row in people.list_participants(story.chain)]
	assert len(keys) == len(set(keys)) == 3


def test_a_document_created_from_a_chain_becomes_its_subject(kind, story):
	done = api.create_subject(story.chain, kind)
	assert (done["doctype"], done["chain"]) == (kind, story.chain)
	made = frappe.get_doc(kind, done["name"])
	assert story.subjects() == {(kind, made.name)} == {chain_subject(story.chain)}
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


def test_undoing_the_creation_clears_the_subject_and_keeps_the_document(kind, story):
	done = api.create_subject(story.chain, kind)
	undoing.undo_entry(done["log"])
	assert story.subjects() == {(None, None)}
	assert frappe.db.exists(kind, done["name"])


def test_a_document_created_later_replaces_the_subject(kind, story):
	first, second = (api.create_subject(story.chain, kind) for _ in range(2))
	assert story.subjects() == {(kind, second["name"])}
	undoing.undo_entry(second["log"])
	assert story.subjects() == {(kind, first["name"])}


def test_a_chain_chosen_in_a_new_document_takes_it_as_subject(kind, story):
	made = story.document(kind)
	assert story.subjects() == {(kind, made.name)}
	assert chain_of(made) == story.chain
	assert contacts_of(made) == {story.person.name}
	assert names(made) == {"Ivan Babić", "Administrator"}


def test_a_chain_chosen_later_joins_the_chain_of_the_document(kind, story):
	made = new(kind, story.of).insert()
	assert chain_of(made) != story.chain
	change_record(made.reload(), interaction_chain=story.chain)
	assert chain_of(made) == chain_of(story.call) == story.chain
	assert story.subjects() == {(kind, made.name)}
	assert contacts_of(made) == {story.person.name}


def test_participants_are_copied_once(kind, story):
	made = story.document(kind)
	change_record(made.reload(), interaction_participants=made.interaction_participants[:1])
	assert len(names(frappe.get_doc(kind, made.name))) == 1
	subject.set_for_chain(story.chain, None, None)
	made.reload().save()
	assert story.subjects() == {(None, None)}


def test_existing_participants_are_not_copied_again(kind, story):
	rows = [{"full_name": "Ivan Babić", "email": "ivan@example.com"}, {"full_name": "Petra Novak"}]
	made = story.document(kind, interaction_participants=rows)
	found = sorted(row.full_name for row in made.interaction_participants)
	assert found == ["Administrator", "Ivan Babić", "Petra Novak"]


def test_a_chosen_chain_keeps_its_existing_subject(kind, story):
	first, second = story.document(kind), story.document(kind)
	assert story.subjects() == {(kind, first.name)}
	assert chain_of(second) == story.chain
	assert "keeps its subject" in str(frappe.get_message_log())


def test_a_chosen_chain_that_was_merged_stands_for_its_target(kind, story):
	other = interaction(story.of, title="Later")
	joining.join(("Interaction", other.name), ("Interaction", story.call.name))
	made = new(kind, story.of, interaction_chain=other.chain).insert()
	assert chain_of(made) == story.chain
	assert story.subjects() == {(kind, made.name)}


def test_a_closed_chain_accepts_no_document(kind, story):
	closing.close(story.chain, "Not interested")
	with pytest.raises(ChainClosedError):
		api.create_subject(story.chain, kind)
	with pytest.raises(ChainClosedError):
		story.document(kind)


def test_deleting_the_subject_clears_it_everywhere(kind, story):
	made = story.document(kind)
	frappe.delete_doc(kind, made.name)
	assert story.subjects() == {(None, None)} == {chain_subject(story.chain)}
	assert not frappe.db.exists("Dynamic Link", {"link_doctype": kind, "link_name": made.name})


def test_a_restored_subject_returns_to_its_chain(kind, story):
	from frappe.core.doctype.deleted_document.deleted_document import restore

	made = story.document(kind)
	frappe.delete_doc(kind, made.name)
	restore(frappe.db.get_value("Deleted Document", {"deleted_name": made.name}), alert=False)
	((_type, name),) = story.subjects()
	assert frappe.db.get_value(kind, name, "interaction_chain") == story.chain


def test_renaming_the_subject_renames_all_its_copies(kind, story):
	frappe.rename_doc(kind, story.document(kind).name, "DEAL-X")
	assert story.subjects() == {(kind, "DEAL-X")} == {chain_subject(story.chain)}
	assert chain_of(frappe.get_doc(kind, "DEAL-X")) == story.chain


@pytest.mark.parametrize("both", [True, False])
def test_merging_two_subjects_joins_their_chains(kind, story, both):
	one, other_call = story.document(kind), interaction(story.of, title="Another matter")
	other = new(kind, story.of, interaction_chain=other_call.chain if both else None).insert()
	frappe.rename_doc(kind, one.name, other.name, merge=True)
	assert story.subjects() == {(kind, other.name)}
	assert chain_of(other) == chain_of(story.call)


def test_a_type_outside_the_subject_types_is_refused(story):
	with pytest.raises(PartyTypeError):
		subject_documents.create_document(story.chain, "ToDo")


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


def test_a_failed_creation_leaves_no_records(kind, story, monkeypatch):
	def counts() -> list[int]:
		return [frappe.db.count(doctype) for doctype in (kind, "Activity Link", "Interaction Chain Log")]

	def fail(*_args):
		raise RuntimeError("in the middle")

	before = counts()
	monkeypatch.setattr(subject, "set_for_chain", fail)
	with pytest.raises(RuntimeError):
		api.create_subject(story.chain, kind)
	assert counts() == before
	assert story.subjects() == {(None, None)}


def test_a_user_without_create_permission_is_refused(kind, story):
	log_in(SELLER, "Interaction User")
	with pytest.raises(frappe.PermissionError):
		api.create_subject(story.chain, kind)


def test_choosing_a_chain_needs_write_permission_on_it(kind, story):
	log_in(SELLER, "Sales User", "Sales Manager")
	made = new(kind, story.of, interaction_chain=story.chain)
	with pytest.raises(frappe.PermissionError):
		made.insert()
	assert story.subjects() == {(None, None)}


@pytest.mark.parametrize("doctype, field", [("Issue", "subject"), ("Project", "project_name")])
def test_issues_and_projects_can_be_created_from_a_chain(doctype, field):
	need("erpnext")
	story = Story(partner())
	made = frappe.get_doc(doctype, api.create_subject(story.chain, doctype)["name"])
	assert (made.get(field), made.customer) == ("Catalogue", story.of.name)
	assert chain_of(made) == story.chain
	assert names(made) >= {"Ivan Babić", "Administrator"}
	in_table = story.person.name in {row.participant for row in made.interaction_participants}
	assert in_table == (doctype == "Project")
	assert made.get("contact") == (None if doctype == "Project" else story.person.name)


@pytest.mark.parametrize("doctype, app", [("Campaign", "erpnext"), ("CRM Lead", "crm")])
def test_documents_that_are_not_activities_can_be_subjects(doctype, app):
	need(app)
	if frappe.db.exists("DocType", f"UTM {doctype}"):
		doctype = f"UTM {doctype}"  # Frappe 16; ERPNext creates one with each Campaign and keeps both
	story = Story(organization() if app == "crm" else partner())
	done = api.create_subject(story.chain, doctype)
	assert story.subjects() == {(doctype, done["name"])}
	frappe.delete_doc(doctype, done["name"])
	assert story.subjects() == {(None, None)}


def test_deleting_a_partner_removes_the_rows_of_tasks_about_it():
	of = partner("Short Acquaintance")
	todo = record("ToDo", description="Call them", reference_type=of.doctype, reference_name=of.name)
	chain = chain_of(todo)
	frappe.delete_doc(of.doctype, of.name)
	assert not row_of(todo)
	assert frappe.db.get_value("Interaction Chain", chain, ["status", "party"]) == ("Closed", None)


def test_a_partner_with_activities_cannot_be_deleted(partner_story):
	frappe.db.savepoint("not_deleted")
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc(partner_story.of.doctype, partner_story.of.name)
	frappe.db.rollback(save_point="not_deleted")  # as Frappe does after a refused request
	assert frappe.db.get_value("Interaction Chain", partner_story.chain, "party") == partner_story.of.name


def test_a_document_of_an_added_subject_type_can_be_created_from_a_chain(settings, partner_story):
	settings(subject_types=[{"subject_type": "Note"}])
	done = api.create_subject(partner_story.chain, "Note")
	assert frappe.db.get_value("Note", done["name"], "title") == "Catalogue"
	assert partner_story.subjects() == {("Note", done["name"])}
	frappe.delete_doc("Note", done["name"])
	assert partner_story.subjects() == {(None, None)}


def test_a_subject_type_with_other_mandatory_fields_is_refused(settings, partner_story):
	settings(subject_types=[{"subject_type": "Address"}])
	with pytest.raises(frappe.MandatoryError, match="Address Line 1"):
		api.create_subject(partner_story.chain, "Address")


def test_a_document_of_a_removed_subject_type_joins_the_chain_but_is_no_subject(settings, partner_story):
	need("erpnext")
	settings(subject_types=[])
	made = opportunity(partner_story.of, interaction_chain=partner_story.chain)
	assert chain_of(made) == partner_story.chain
	assert partner_story.subjects() == {(None, None)}


def test_a_project_brings_its_own_activities_into_the_chosen_chain(partner_story):
	need("erpnext")
	works = project(partner_story.of)
	task = record("Task", subject="Dig", project=works.name)
	change_record(works.reload(), interaction_chain=partner_story.chain)
	assert chain_of(task) == chain_of(works) == chain_of(partner_story.call)
