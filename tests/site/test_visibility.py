"""*Own and Team*: each relation to an activity gives access through each interface (R26)."""

import json
from unittest.mock import patch

import frappe
import pytest
from frappe.desk import reportview
from frappe.desk.form import assign_to
from frappe.desk.search import search_link

from crm_interactions.api import chain as api
from crm_interactions.chains import joining
from crm_interactions.platform.search import may_ignore
from crm_interactions.visibility import predicate
from tests.site.factories import change_record, contact, interaction, record, some_partner, user
from tests.site.half_chain import key
from tests.site.kinds import MAKERS
from tests.site.visible import ACTIVITIES, colleagues, expected, recorded_by, team

pytestmark = pytest.mark.records_only

ME, MATE, BOSS, TOP, RIVAL = (f"{name}@example.com" for name in ("me", "mate", "boss", "top", "rival"))
CHIEF, ADMIN = "chief@example.com", "admin@example.com"
OUTSIDER = "outsider@example.com"
MOVE = "Interaction Chain Move"


@pytest.fixture(autouse=True)
def people_of_the_firm(settings):
	"""Create three teams: BOSS leads ME and MATE, TOP leads BOSS, RIVAL leads OUTSIDER."""
	colleagues(ME, MATE, BOSS, TOP, RIVAL, OUTSIDER)
	user(CHIEF, "Interaction Manager")
	user(ADMIN, "Interaction Administrator")
	team("Field", BOSS, ME, MATE)
	team("Sales", TOP, BOSS)
	team("Office", RIVAL, OUTSIDER)
	settings(visibility=predicate.OWN_AND_TEAM)


def made_by(name: str, doctype: str = "Interaction", **fields):
	return recorded_by(name, MAKERS[doctype], **fields)


def as_participant(doctype: str):
	rows = [{"full_name": "Ivan Babić", "side": "Theirs"}, {"participant_type": "User", "participant": ME}]
	return made_by(OUTSIDER, doctype, participants=rows)


def of_contact(person, doctype: str = "Interaction"):
	row = {"participant_type": "Contact", "participant": person.name, "side": "Theirs"}
	return made_by(OUTSIDER, doctype, of=some_partner(), participants=[row])


def assigned(doctype: str):
	doc = made_by(OUTSIDER, doctype)
	assign_to.add({"assign_to": [ME], "doctype": doctype, "name": doc.name, "description": "Call"})
	return doc


def shared(doctype: str):
	doc = made_by(OUTSIDER, doctype)
	frappe.share.add(doctype, doc.name, ME)
	return doc


# relation of ME → function that creates a document with it
RELATIONS = {
	"none": lambda doctype: made_by(OUTSIDER, doctype),
	"owner": lambda doctype: made_by(ME, doctype, responsible=OUTSIDER),
	"responsible": lambda doctype: made_by(OUTSIDER, doctype, responsible=ME),
	"participant": as_participant,
	"contact": lambda doctype: of_contact(contact(some_partner(), "Me", "Myself", user=ME), doctype),
	"assigned": assigned,
	"shared": shared,
}
CASES = [
	(doctype, relation)
	for doctype in ACTIVITIES
	for relation in RELATIONS
	if doctype != "Product Record" or relation not in ("participant", "contact")
]


def opened(doc) -> bool:
	try:
		frappe.get_doc(doc.doctype, doc.name).check_permission("read")
	except frappe.PermissionError:
		return False
	return True


def asked_for(doc, **values) -> None:
	"""Set the arguments of a request of the Desk about one document."""
	filters = json.dumps([["name", "=", doc.name]])
	frappe.local.form_dict = frappe._dict(doctype=doc.doctype, filters=filters, **values)


def in_desk_list(doc) -> bool:
	asked_for(doc, fields=json.dumps(["name"]))
	return bool(reportview.get())


def in_desk_count(doc) -> bool:
	asked_for(doc, fields="[]", distinct="false", limit=10)
	return bool(reportview.get_count())


def in_link_search(doc) -> bool:
	frappe.response.pop("results", None)
	found = search_link(doc.doctype, doc.name)
	return doc.name in {row["value"] for row in found or frappe.response.get("results") or []}


def on_page(doc) -> bool:
	try:
		page = api.page(chain=doc.chain)
	except frappe.PermissionError:
		return False
	return doc.name in {row["activity"] for row in page["rows"]}


def in_counts(doc) -> bool:
	return bool(api.counts([doc.name]).get(doc.name)) if doc.doctype == "Interaction" else on_page(doc)


# interface → function that tells whether the session's user finds a document there
DOORS = {
	"in_list": lambda doc: doc.name in frappe.get_list(doc.doctype, pluck="name", limit=0),
	"by_right": lambda doc: bool(frappe.has_permission(doc.doctype, "read", doc=doc.name)),
	"opened": opened,
	"in_desk_list": in_desk_list,
	"in_desk_count": in_desk_count,
	"in_journal": lambda doc: bool(
		frappe.get_list("Activity Link", {"activity_type": doc.doctype, "activity": doc.name})
	),
	"in_link_search": in_link_search,
	"on_page": on_page,
	"in_counts": in_counts,
	"chain_listed": lambda doc: bool(frappe.get_list("Interaction Chain", {"name": doc.chain})),
}


def doors_open(doc, to: str) -> dict[str, bool]:
	frappe.set_user(to)
	found = {name: door(doc) for name, door in DOORS.items()}
	frappe.set_user("Administrator")
	frappe.clear_messages()
	return found


def assert_seen(doc, sees: bool, *names: str) -> None:
	"""Check that all interfaces show the document to each user, or that none does."""
	for name in names:
		doors = doors_open(doc, name)
		assert set(doors.values()) == {sees}, (name, doors)


@pytest.mark.parametrize(("doctype", "relation"), CASES)
def test_each_relation_gives_access_through_each_interface(doctype, relation):
	doc = RELATIONS[relation](doctype)
	mine = relation != "none"
	# a share with a user does not extend to their leaders
	seen = {ME: mine, MATE: False, **dict.fromkeys((BOSS, TOP), mine and relation != "shared")}
	# RIVAL leads OUTSIDER, who is owner or responsible user
	seen |= dict.fromkeys((RIVAL, OUTSIDER, CHIEF, ADMIN, "Administrator"), True)
	for name, sees in seen.items():
		assert_seen(doc, sees, name)
		assert ((doctype, doc.name) in expected(name)) is sees, name
	with pytest.raises(frappe.PermissionError):
		doors_open(doc, "Guest")


def test_the_other_two_choices_give_access_through_each_interface(settings):
	doc = made_by(OUTSIDER)
	for choice in (predicate.EVERYBODY, predicate.ROLE_PERMISSIONS):
		settings(visibility=choice)
		assert_seen(doc, True, ME)


def test_roles_that_see_all_are_chosen_in_the_settings(settings):
	doc = made_by(OUTSIDER)
	settings(see_all_roles=[{"role": "Interaction Administrator"}])
	assert_seen(doc, False, CHIEF)
	assert_seen(doc, True, ADMIN)
	settings(see_all_roles=[])
	assert_seen(doc, False, ADMIN)
	frappe.get_doc("User", ADMIN).add_roles("System Manager")
	assert_seen(doc, True, ADMIN)


def test_submitted_values_give_no_access():
	"""The stored document decides, not the values in the request."""
	doc = made_by(OUTSIDER)
	mine = {"owner": ME, "responsible": ME, "audience": made_by(ME).audience}
	frappe.set_user(ME)
	taken = frappe.get_doc("Interaction", doc.name)
	for change in ({}, mine, {"title": "Mine now"}):
		taken.update(change)
		for right in ("read", "write", "share", "print", "email", "export"):
			assert not frappe.has_permission("Interaction", right, doc=taken)
		with pytest.raises(frappe.PermissionError):
			taken.save()
	assert frappe.db.get_value("Interaction", doc.name, "responsible") == OUTSIDER


def test_a_submitted_audience_is_ignored():
	theirs = made_by(OUTSIDER).audience
	frappe.set_user(ME)
	new = interaction(audience=theirs)
	assert new.audience != theirs
	audience = new.audience
	change_record(new, audience=theirs, title="Again")
	assert new.audience == audience == frappe.db.get_value("Interaction", new.name, "audience")
	change_record(new, completed=1)
	change_record(new, audience=theirs)
	assert frappe.db.get_value("Interaction", new.name, "audience") == audience


def test_a_read_share_gives_read_permission_only():
	doc = shared("Interaction")
	frappe.set_user(ME)
	assert frappe.has_permission("Interaction", "read", doc=doc.name)
	for right in ("write", "share", "delete", "export"):
		assert not frappe.has_permission("Interaction", right, doc=doc.name), right
	frappe.set_user("Administrator")
	frappe.share.add("Interaction", doc.name, ME, write=1)
	frappe.set_user(ME)
	assert frappe.has_permission("Interaction", "write", doc=doc.name)


def test_a_share_with_everyone_gives_access_to_all_users():
	doc = made_by(OUTSIDER)
	frappe.share.add("Interaction", doc.name, everyone=1)
	assert_seen(doc, True, ME, BOSS, TOP)
	frappe.delete_doc("DocShare", frappe.db.get_value("DocShare", {"share_name": doc.name, "everyone": 1}))
	assert_seen(doc, False, ME, BOSS, TOP)


def test_access_ends_at_once_with_the_relation():
	doc = assigned("Interaction")
	assert doors_open(doc, BOSS)["in_list"]
	assign_to.remove("Interaction", doc.name, ME)
	assert_seen(doc, False, ME)
	frappe.share.add("Interaction", doc.name, ME)
	assert doors_open(doc, ME)["in_list"]
	frappe.share.remove("Interaction", doc.name, ME)
	assert_seen(doc, False, ME)
	change_record(doc.reload(), responsible=ME)
	assert_seen(doc, True, BOSS)
	doc.db_set("responsible", OUTSIDER)
	assert_seen(doc, False, BOSS)
	change_record(doc, participants=[{"participant_type": "User", "participant": ME}])
	assert_seen(doc, True, ME)
	change_record(doc, participants=[])
	assert_seen(doc, False, ME)


def test_a_contact_linked_with_a_user_later_gives_access():
	person = contact(some_partner(), "Me", "Myself")
	doc = of_contact(person)
	assert not doors_open(doc, ME)["in_list"]
	change_record(person.reload(), user=ME)
	assert_seen(doc, True, ME)


def test_global_search_shows_readable_activities_only():
	from frappe.utils import global_search

	from crm_interactions.api.search import search

	docs = [made_by(name, title="Zagrebacka Pumpanova") for name in (ME, OUTSIDER)]
	rows = [{"doctype": doc.doctype, "name": doc.name, "title": doc.title} for doc in docs]
	found = [frappe._dict(row, content="", rank=1) for row in rows]
	pages = lambda text, start, limit, doctype: found if not start else []  # noqa: E731
	with patch.object(global_search, "search", pages):
		frappe.set_user(ME)
		assert [row["name"] for row in search("Pumpanova")] == [docs[0].name, docs[0].chain]
		frappe.set_user(TOP)
		assert [row["name"] for row in search("Pumpanova", doctype="Interaction")] == [docs[0].name]
		frappe.set_user("Administrator")
		assert len(search("Pumpanova", doctype="Interaction")) == 2
		assert len(search("Pumpanova", limit=1)) == 1
	overridden = frappe.get_hooks("override_whitelisted_methods")["frappe.utils.global_search.search"]
	assert overridden[-1] == "crm_interactions.api.search.search"


@pytest.mark.parametrize("name", [ME, OUTSIDER])
def test_log_and_moves_of_a_chain_are_read_with_the_chain(name):
	joined = [made_by(name) for _ in range(2)]
	log = joining.join(*map(key, joined))["log"]
	entries = [("Interaction Chain Log", log), (MOVE, frappe.db.get_value(MOVE, {"log": log}))]
	for doctype, entry in entries:
		assert bool(frappe.has_permission(doctype, "read", doc=entry, user=ME)) == (name == ME)


@pytest.mark.parametrize("choice", [predicate.OWN_AND_TEAM, predicate.EVERYBODY])
def test_child_rows_are_listed_only_with_their_document(choice, settings):
	"""Frappe itself lists child rows to every user who may read the DocType."""
	settings(visibility=choice)
	guests = [{"full_name": name, "side": "Theirs"} for name in ("Ivan Babić", "Petra Novak")]
	mine, theirs = made_by(ME, participants=guests[:1]), made_by(OUTSIDER, participants=guests[1:])
	frappe.set_user(ME)
	query = {"fields": ["parent"], "parent_doctype": "Interaction", "pluck": "parent", "limit": 0}
	listed = frappe.get_list("Interaction Participant", **query)
	assert mine.name in listed
	assert (theirs.name in listed) is (choice == predicate.EVERYBODY)


def test_the_refusal_of_a_row_does_not_name_its_document():
	theirs = made_by(OUTSIDER, participants=[{"full_name": "Ivan Babić", "side": "Theirs"}])
	row = frappe.get_doc("Interaction Participant", theirs.participants[0].name)
	frappe.set_user(ME)
	frappe.clear_messages()
	assert not row.has_permission("read")
	assert theirs.name not in str(frappe.message_log)


@pytest.mark.parametrize("doctype", ["ToDo", "Event", "Communication", "Comment", "Version", "DocShare"])
def test_a_link_search_for_traces_of_activities_ignores_no_permission(doctype):
	assert not may_ignore(doctype, ignore_user_permissions=1)


def test_attachments_have_the_visibility_of_their_document():
	doc = made_by(OUTSIDER)
	attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	file = record("File", file_name="offer.txt", content="Secret", is_private=1, **attached)
	frappe.set_user(ME)
	assert not frappe.has_permission("File", "read", doc=file)
	frappe.set_user(OUTSIDER)
	assert frappe.has_permission("File", "read", doc=file)
