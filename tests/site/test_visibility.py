"""*Own and Team*: each relation to an activity gives access through each interface (R26)."""

import json
from unittest.mock import patch

import frappe
import pytest
from frappe.desk import reportview
from frappe.desk.form import assign_to
from frappe.desk.search import search_link

from crm_interactions.api import chain as api
from crm_interactions.visibility import predicate
from tests.site.factories import contact, interaction, meeting, partner, product_record, user
from tests.site.visible import ACTIVITIES, colleagues, expected, team

pytestmark = pytest.mark.records_only

ME, MATE, BOSS, TOP, RIVAL = (f"{name}@example.com" for name in ("me", "mate", "boss", "top", "rival"))
CHIEF, ADMIN = "chief@example.com", "admin@example.com"
OUTSIDER = "outsider@example.com"


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
	make = {"Interaction": interaction, "Meeting": meeting, "Product Record": product_record}[doctype]
	frappe.set_user(name)
	doc = make(**fields)
	frappe.set_user("Administrator")
	return doc


def as_participant(doctype: str):
	rows = [
		{"full_name": "Ivan Babić", "side": "Theirs"},
		{"participant_type": "User", "participant": ME},
	]
	return made_by(OUTSIDER, doctype, participants=rows)


def as_contact(doctype: str):
	shop = partner()
	person = contact(shop, "Me", "Myself", user=ME)
	row = {"participant_type": "Contact", "participant": person.name, "side": "Theirs"}
	return made_by(OUTSIDER, doctype, of=shop, participants=[row])


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
	"contact": as_contact,
	"assigned": assigned,
	"shared": shared,
}
CASES = [
	(doctype, relation)
	for doctype in ACTIVITIES
	for relation in RELATIONS
	if doctype != "Product Record" or relation not in ("participant", "contact")
]


def in_list(doc) -> bool:
	return doc.name in frappe.get_list(doc.doctype, pluck="name", limit=0)


def by_right(doc) -> bool:
	return bool(frappe.has_permission(doc.doctype, "read", doc=doc.name))


def opened(doc) -> bool:
	try:
		frappe.get_doc(doc.doctype, doc.name).check_permission("read")
	except frappe.PermissionError:
		return False
	return True


def in_desk_list(doc) -> bool:
	frappe.local.form_dict = frappe._dict(
		doctype=doc.doctype, fields=json.dumps(["name"]), filters=json.dumps([["name", "=", doc.name]])
	)
	return bool(reportview.get())


def in_desk_count(doc) -> bool:
	frappe.local.form_dict = frappe._dict(
		doctype=doc.doctype,
		fields="[]",
		filters=json.dumps([["name", "=", doc.name]]),
		distinct="false",
		limit=10,
	)
	return bool(reportview.get_count())


def in_journal(doc) -> bool:
	return bool(frappe.get_list("Activity Link", {"activity_type": doc.doctype, "activity": doc.name}))


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


def chain_listed(doc) -> bool:
	return bool(frappe.get_list("Interaction Chain", {"name": doc.chain}))


DOORS = (
	in_list,
	by_right,
	opened,
	in_desk_list,
	in_desk_count,
	in_journal,
	in_link_search,
	on_page,
	in_counts,
	chain_listed,
)


def doors_open(doc, to: str) -> dict[str, bool]:
	frappe.set_user(to)
	found = {door.__name__: door(doc) for door in DOORS}
	frappe.set_user("Administrator")
	frappe.clear_messages()
	return found


@pytest.mark.parametrize(("doctype", "relation"), CASES)
def test_each_relation_gives_access_through_each_interface(doctype, relation):
	doc = RELATIONS[relation](doctype)
	mine = relation != "none"
	seen = {
		ME: mine,
		MATE: False,
		# a share with a user does not extend to their leaders
		BOSS: mine and relation != "shared",
		TOP: mine and relation != "shared",
		RIVAL: True,  # leads OUTSIDER, who is owner or responsible user
		OUTSIDER: True,
		CHIEF: True,
		ADMIN: True,
		"Administrator": True,
		"Guest": False,
	}
	for name, sees in seen.items():
		if name == "Guest":
			with pytest.raises(frappe.PermissionError):
				doors_open(doc, name)
			frappe.set_user("Administrator")
			continue
		assert set(doors_open(doc, name).values()) == {sees}, (name, doors_open(doc, name))
		assert ((doctype, doc.name) in expected(name)) is sees, name


def test_the_other_two_choices_give_access_through_each_interface(settings):
	doc = RELATIONS["none"]("Interaction")
	for choice in (predicate.EVERYBODY, predicate.ROLE_PERMISSIONS):
		settings(visibility=choice)
		assert set(doors_open(doc, ME).values()) == {True}, choice


def test_roles_that_see_all_are_chosen_in_the_settings(settings):
	doc = RELATIONS["none"]("Interaction")
	settings(see_all_roles=[{"role": "Interaction Administrator"}])
	assert set(doors_open(doc, CHIEF).values()) == {False}
	assert set(doors_open(doc, ADMIN).values()) == {True}
	settings(see_all_roles=[])
	assert set(doors_open(doc, ADMIN).values()) == {False}
	frappe.get_doc("User", ADMIN).add_roles("System Manager")
	assert set(doors_open(doc, ADMIN).values()) == {True}


def test_submitted_values_give_no_access():
	"""The stored document decides, not the values in the request."""
	doc = RELATIONS["none"]("Interaction")
	frappe.set_user(ME)
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
	new.update({"audience": theirs, "title": "Again"})
	new.save()
	assert new.audience == audience == frappe.db.get_value("Interaction", new.name, "audience")
	new.completed = 1
	new.save()
	new.audience = theirs
	new.save()
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
	doc = RELATIONS["none"]("Interaction")
	frappe.share.add("Interaction", doc.name, everyone=1)
	for name in (ME, BOSS, TOP):
		assert set(doors_open(doc, name).values()) == {True}, name
	frappe.delete_doc("DocShare", frappe.db.get_value("DocShare", {"share_name": doc.name, "everyone": 1}))
	for name in (ME, BOSS, TOP):
		assert set(doors_open(doc, name).values()) == {False}, name


def test_access_ends_at_once_with_the_relation():
	doc = assigned("Interaction")
	assert doors_open(doc, BOSS)["in_list"]
	assign_to.remove("Interaction", doc.name, ME)
	assert set(doors_open(doc, ME).values()) == {False}
	frappe.share.add("Interaction", doc.name, ME)
	assert doors_open(doc, ME)["in_list"]
	frappe.share.remove("Interaction", doc.name, ME)
	assert set(doors_open(doc, ME).values()) == {False}
	doc.reload()
	doc.responsible = ME
	doc.save()
	assert set(doors_open(doc, BOSS).values()) == {True}
	doc.db_set("responsible", OUTSIDER)
	assert set(doors_open(doc, BOSS).values()) == {False}
	doc.append("participants", {"participant_type": "User", "participant": ME})
	doc.save()
	assert set(doors_open(doc, ME).values()) == {True}
	doc.set("participants", [])
	doc.save()
	assert set(doors_open(doc, ME).values()) == {False}


def test_a_contact_linked_with_a_user_later_gives_access():
	shop = partner()
	person = contact(shop, "Me", "Myself")
	row = {"participant_type": "Contact", "participant": person.name, "side": "Theirs"}
	doc = made_by(OUTSIDER, of=shop, participants=[row])
	assert not doors_open(doc, ME)["in_list"]
	person.reload()
	person.user = ME
	person.save()
	assert set(doors_open(doc, ME).values()) == {True}


def test_global_search_shows_readable_activities_only():
	from frappe.utils import global_search

	from crm_interactions.api.search import search

	if frappe.db.db_type == "sqlite":
		pytest.skip("Frappe's search needs another database")
	mine, theirs = (made_by(name, title="Zagrebacka Pumpanova") for name in (ME, OUTSIDER))
	found = [
		frappe._dict(doctype=doc.doctype, name=doc.name, content="", rank=1, title=doc.title)
		for doc in (mine, theirs)
	]
	pages = lambda text, start, limit, doctype: found if not start else []  # noqa: E731
	with patch.object(global_search, "search", pages):
		frappe.set_user(ME)
		assert [row["name"] for row in search("Pumpanova")] == [mine.name]
		frappe.set_user(TOP)
		assert [row["name"] for row in search("Pumpanova", doctype="Interaction")] == [mine.name]
		frappe.set_user("Administrator")
		assert len(search("Pumpanova")) == 2
		assert len(search("Pumpanova", limit=1)) == 1
	overridden = frappe.get_hooks("override_whitelisted_methods")["frappe.utils.global_search.search"]
	assert overridden[-1] == "crm_interactions.api.search.search"


@pytest.mark.parametrize("choice", [predicate.OWN_AND_TEAM, predicate.EVERYBODY])
def test_child_rows_are_listed_only_with_their_document(choice, settings):
	"""Frappe itself lists child rows to every user who may read the DocType."""
	settings(visibility=choice)
	guests = [{"full_name": name, "side": "Theirs"} for name in ("Ivan Babić", "Petra Novak")]
	mine, theirs = made_by(ME, participants=guests[:1]), made_by(OUTSIDER, participants=guests[1:])
	frappe.set_user(ME)
	rows = frappe.get_list(
		"Interaction Participant", fields=["parent"], parent_doctype="Interaction", pluck="parent", limit=0
	)
	assert mine.name in rows
	assert (theirs.name in rows) is (choice == predicate.EVERYBODY)


def test_attachments_have_the_visibility_of_their_document():
	doc = RELATIONS["none"]("Interaction")
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "offer.txt",
			"content": "Secret",
			"is_private": 1,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
		}
	).insert()
	frappe.set_user(ME)
	assert not frappe.has_permission("File", "read", doc=file)
	frappe.set_user(OUTSIDER)
	assert frappe.has_permission("File", "read", doc=file)
