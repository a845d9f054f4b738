"""The demo's data on a real site: made through the controllers, and gone without a trace."""

import os
from functools import cache

import frappe
import pytest
from factories import interaction
from frappe.model.dynamic_links import get_dynamic_link_map
from frappe.utils.password import check_password

from crm_interactions import demo
from crm_interactions.demo import people, plan, story
from crm_interactions.demo.write import creation, register, removal, surroundings

FIVE = 5  # partners, one of each language
ONE = 1
# ERPNext and MariaDB take several times as long for each record, and write it through the same controllers of the app. That
# the whole story is of the size it promises is shown once in each run of the checks, on the platform that is quick.
LIMIT = FIVE if "erpnext" in os.environ.get("CRM_PLATFORM", "") else None
OURS = ("Interaction", "Meeting", "Product Record")
# noted by the platform when the transaction ends, or counted up for good
NOT_COMPARED = {"Error Log", "RQ Job", "Scheduled Job Log"}


@pytest.fixture(autouse=True)
def no_commit(monkeypatch):
	"""Everything here is rolled back, so nothing of it may commit."""

	def refuse(*_args, **_kwargs):
		raise AssertionError("The demo committed in the middle of its work.")

	monkeypatch.setattr(frappe.db, "commit", refuse)


def row_counts() -> dict[str, int]:
	doctypes = frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
	counts = {
		doctype: frappe.db.count(doctype)
		for doctype in doctypes
		if doctype not in NOT_COMPARED and frappe.db.table_exists(doctype)
	}
	counts["__Auth"] = len(frappe.qb.from_("__Auth").select("name").run())
	counts["enabled currencies"] = frappe.db.count("Currency", {"enabled": 1})
	return counts


def differences(before: dict, after: dict) -> dict:
	return {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}


def remove() -> str:
	"""As a command does it: only in tests the platform finds out for each deletion anew what may be linked where."""
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr("frappe.model.delete_doc.get_dynamic_link_map", cache(get_dynamic_link_map))
		return removal.remove()


def a_partner() -> tuple[str, str]:
	for doctype in removal.PARTNERS:
		if frappe.db.exists("DocType", doctype) and register.names(doctype):
			return doctype, register.names(doctype)[0]
	raise AssertionError("no partner was made")


def test_what_create_makes_and_that_remove_leaves_the_site_as_it_was(as_user, capsys):
	"""One creation for all that only reads; each takes seconds."""
	before = row_counts()
	sentence = creation.create(LIMIT)
	made = {doctype: [frappe.get_doc(doctype, n) for n in register.names(doctype)] for doctype in OURS}
	number = sum(len(docs) for docs in made.values())
	partners = len({doc.party for docs in made.values() for doc in docs})
	assert partners == (LIMIT or 30)
	assert LIMIT or 570 <= number <= 650
	assert str(number) in sentence
	assert all(made.values())
	second_create_changes_nothing(capsys)
	activities_are_entered_by_their_employees(made["Interaction"] + made["Meeting"])
	what_is_planned_is_open(made["Interaction"] + made["Meeting"])
	worked_example_is_there(made["Interaction"])
	meetings_have_participants_place_and_costs(made["Meeting"])
	rooms_and_the_car_are_booked(made["Meeting"])
	dictionaries_are_used(made["Interaction"])
	no_mail_goes_out()
	users_log_in_and_see_their_work(as_user)
	# what the rules of the server say holds when somebody saves a record again
	for doctype in OURS:
		for doc in made[doctype][:: max(1, len(made[doctype]) // 5)]:
			doc.save()
	assert remove().startswith(f"Removed {number} activities and {partners} partners")
	assert differences(before, row_counts()) == {}


def second_create_changes_nothing(capsys):
	before = row_counts()
	demo.create()
	assert "there already" in capsys.readouterr().out
	assert differences(before, row_counts()) == {}


def activities_are_entered_by_their_employees(docs):
	emails = {person.email for person in people.PEOPLE}
	for doc in docs:
		assert doc.owner == doc.responsible
		assert doc.responsible in emails
		assert doc.party_name  # controllers fill it
		assert doc.reach_key or doc.doctype == "Meeting" or not doc.how_to_reach.startswith("+")
		assert not doc.completed or doc.completed_by == doc.owner
		assert not doc.completed or 0 <= (doc.completed_on - doc.ends_on).total_seconds() <= 600
		assert not doc.reviewed or doc.reviewed_by == people.SUPERVISOR.email


def what_is_planned_is_open(docs):
	planned = [doc for doc in docs if doc.status == "Planned"]
	assert planned
	assert not any(doc.completed or doc.reviewed for doc in planned)


def worked_example_is_there(docs):
	found = [doc for doc in docs if doc.title == "Консультация"]
	assert [(doc.party_name, doc.how_to_reach, doc.reviewed) for doc in found] == [
		("Бытовая техника (Москва)", "(495) 6329816", 1)
	]


def meetings_have_participants_place_and_costs(docs):
	held = [doc for doc in docs if doc.status == "Held"]
	assert all(doc.place and doc.agenda for doc in held)
	assert all({row.side for row in doc.participants} == {"Ours", "Theirs"} for doc in held)
	assert any(doc.actual_cost and doc.actual_cost_currency for doc in held)


def rooms_and_the_car_are_booked(docs):
	booked = {row.resource for doc in docs for row in doc.resources}
	assert booked == set(register.names("Meeting Resource")), "each of the three is in use"


def dictionaries_are_used(docs):
	values = frappe.get_all(
		"Interaction Dictionary Value", {"dictionary": surroundings.SOURCE}, pluck="value"
	)
	assert set(values) >= set(plan.SOURCES)
	assert all(any(row.dictionary == surroundings.REGION for row in doc.dictionary_values) for doc in docs)


def no_mail_goes_out():
	addresses = [contact.email for partner in story.partners() for contact in partner.contacts]
	addresses += [person.email for person in people.PEOPLE]
	assert not frappe.get_all("Email Queue Recipient", {"recipient": ("in", addresses)})


def users_log_in_and_see_their_work(as_user):
	for row in demo.credentials():
		assert check_password(row["user"], row["password"]) == row["user"]
		assert row["role"] in frappe.get_roles(row["user"])
		as_user(row["user"])
		assert frappe.get_list("Interaction", limit=1)
		as_user("Administrator")


def test_remove_without_demo_says_so(capsys):
	demo.remove()
	assert "no demo data" in capsys.readouterr().out


def test_edited_completed_renamed_and_deleted_records_are_no_obstacle():
	before = row_counts()
	creation.create(ONE)
	planned = frappe.get_doc(
		"Interaction", {"status": "Planned", "name": ("in", register.names("Interaction"))}
	)
	planned.completed = 1
	planned.add_comment("Comment", "Looked at it")
	planned.save()
	gone = next(n for n in register.names("Product Record"))
	frappe.delete_doc("Product Record", gone, delete_permanently=True)
	doctype, name = a_partner()
	frappe.rename_doc(doctype, name, f"{name} (new)", force=True)
	assert "Kept" not in remove()
	# the platform's own notes: of a deletion, and of a renaming
	left = {key for key, (was, now) in differences(before, row_counts()).items() if now > was}
	assert left <= {"Comment", "Version"}


def test_own_records_stay_and_keep_what_they_use(as_user):
	creation.create(ONE)
	doctype, party = a_partner()
	adopted = next(n for n in register.names("Product Record"))
	register.forget("Product Record", adopted)  # somebody took the tag off
	visitor = people.PEOPLE[1].email
	as_user(visitor)
	own = interaction(party_type=doctype, party=party)
	as_user("Administrator")
	register.add("Interaction", own.name)  # tagged later by somebody
	sentence = remove()
	assert f"{doctype} {party}" in sentence
	assert f"User {visitor}" in sentence
	assert frappe.db.exists("Interaction", own.name)
	assert frappe.db.exists("Product Record", adopted)
	assert frappe.db.exists(doctype, party)
	assert frappe.db.get_value("User", visitor, "enabled") == 0
	assert not register.is_there()
	assert not (frappe.db.get_value("Interaction", own.name, "_user_tags") or "").strip(",")
