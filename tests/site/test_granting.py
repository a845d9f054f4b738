"""Allowed ways to give other users access to an activity (R26); tests/permissions tests the refused ones."""

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.desk.form import assign_to
from frappe.model.rename_doc import rename_doc
from frappe.share import add as share
from frappe.utils import add_days, now_datetime
from frappe.utils.file_manager import save_file

from crm_interactions.journal import writer
from crm_interactions.patches import withdraw_unauthorised_relations as patch
from crm_interactions.visibility import audiences, predicate
from tests.site.chain_checks import row_of
from tests.site.factories import change_record, contact, interaction, partner, partner_of, record, user
from tests.site.visible import colleagues, recorded_by, team

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ME, MATE, BOSS, STRANGER = (f"{name}@example.com" for name in ("me", "mate", "boss", "stranger"))
DESK = "desk@example.com"


@pytest.fixture(autouse=True)
def firm(settings):
	"""Create two colleagues under a boss and a stranger, with the visibility *Own and Team*."""
	colleagues(ME, MATE, BOSS, STRANGER)
	team("Field", BOSS, ME, MATE)
	settings(visibility=predicate.OWN_AND_TEAM)


@pytest.fixture
def mine():
	return recorded_by(ME)


def reads(name: str, doc) -> bool:
	return bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=name))


def event(author: str, refers_to, **fields):
	"""Return an event of a user that refers to another document."""
	row = {"reference_doctype": refers_to.doctype, "reference_docname": refers_to.name}
	values = {"subject": "Lunch", "starts_on": now_datetime(), "event_type": "Private", **fields}
	return recorded_by(author, record, doctype="Event", **values, event_participants=[row])


def add_participant(doc, kind: str, name: str, side: str = "Theirs"):
	doc.append("participants", {"participant_type": kind, "participant": name, "side": side})
	doc.save()


@pytest.mark.parametrize("name", [ME, BOSS])
def test_the_responsible_user_and_their_leader_can_assign(name, mine):
	frappe.set_user(name)
	assign_to.add({"assign_to": [STRANGER], "doctype": mine.doctype, "name": mine.name})
	frappe.set_user("Administrator")
	assert reads(STRANGER, mine)


def test_a_reader_cannot_assign(mine):
	"""Frappe asks for read permission only, and a task gives its user full access."""
	share(mine.doctype, mine.name, STRANGER, read=1)
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="can't assign it"):
		assign_to.add({"assign_to": [STRANGER], "doctype": mine.doctype, "name": mine.name})


def test_a_reader_cannot_share_more_than_they_have(mine):
	share(mine.doctype, mine.name, STRANGER, read=1, share=1)
	frappe.set_user(STRANGER)
	# newer releases of Frappe 15 refuse it themselves
	with pytest.raises(frappe.PermissionError, match=r"can't share it|cannot share"):
		share(mine.doctype, mine.name, STRANGER, read=1, write=1)
	share(mine.doctype, mine.name, MATE, read=1)


def test_an_assignment_rule_applies_when_a_user_gives_the_activity_away(mine):
	rule = {"name": "Calls", "document_type": "Interaction", "description": "Call", "rule": "Round Robin"}
	rule |= {"assign_condition": f"responsible == '{STRANGER}'", "users": [{"user": STRANGER}]}
	record("Assignment Rule", assignment_days=[{"day": day} for day in WEEK], **rule)
	given = recorded_by(BOSS)
	frappe.set_user(ME)
	for doc in (mine, given):
		doc = frappe.get_doc(doc.doctype, doc.name)
		if doc.has_permission("write"):
			change_record(doc, responsible=STRANGER)
	assert frappe.db.exists("ToDo", {"reference_name": mine.name, "allocated_to": STRANGER})


def test_only_a_user_administrator_links_a_contact_with_a_user(mine):
	person = contact(partner_of(mine))
	add_participant(mine, "Contact", person.name)
	frappe.set_user(ME)
	with pytest.raises(frappe.PermissionError, match="Ask a user with the role"):
		change_record(person.reload(), user=STRANGER)
	frappe.set_user("Administrator")
	change_record(person.reload(), user=STRANGER)
	assert reads(STRANGER, mine)


def test_any_user_edits_a_contact_with_a_user_and_server_code_links_one(mine):
	shop = partner_of(mine)
	person, other = contact(shop, user=STRANGER), contact(shop, first_name="Eva")
	frappe.set_user(ME)
	person = change_record(frappe.get_doc("Contact", person.name), designation="Buyer")
	other = frappe.get_doc("Contact", other.name)
	other.user = MATE
	other.save(ignore_permissions=True)
	assert (person.user, other.user) == (STRANGER, MATE)


def test_any_user_links_a_contact_with_a_website_user(mine):
	guest = user("customer@example.com").name
	frappe.db.set_value("User", guest, "user_type", "Website User")
	frappe.set_user(ME)
	assert change_record(contact(partner_of(mine)), user=guest).user == guest


def test_an_event_joins_the_chain_of_an_activity_that_its_author_may_read(mine):
	share(mine.doctype, mine.name, STRANGER, read=1)
	assert row_of(event(STRANGER, mine)).chain == mine.chain


def test_a_reference_to_an_unreadable_activity_is_ignored(mine):
	lunch = event(STRANGER, mine)
	row = row_of(lunch)
	assert row.chain != mine.chain
	assert not row.party, "the partner of an unreadable activity stays hidden"
	row = row_of(change_record(lunch, subject="Dinner"))
	assert row.chain != mine.chain and not row.party


def test_a_changed_reference_to_an_unreadable_activity_reveals_no_partner(mine):
	"""The event keeps the partner and the chain of its author's own activity."""
	own = recorded_by(STRANGER, of=partner("Own Trade"))
	lunch = event(STRANGER, own)
	assert row_of(lunch).party == own.party
	frappe.set_user(STRANGER)
	lunch.event_participants[0].reference_docname = mine.name
	lunch.save()
	assert (row_of(lunch).party, row_of(lunch).chain) == (own.party, own.chain)


def test_an_event_of_a_user_without_a_role_of_the_app_enters_no_chain(mine, settings):
	settings(visibility=predicate.EVERYBODY)
	assert row_of(event(user(DESK, "Report Manager").name, mine)).chain != mine.chain
	assert row_of(event(STRANGER, mine)).chain == mine.chain


def test_a_document_saved_by_the_administrator_keeps_the_permissions_of_its_owner(mine):
	lunch = event(STRANGER, mine)
	frappe.db.delete("Activity Link", {"activity": lunch.name})
	assert row_of(lunch.reload().save()).chain != mine.chain


def test_adding_to_a_chain_needs_access_to_an_activity_in_it(mine):
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="may not add to the chain"):
		interaction(chain=mine.chain)
	frappe.set_user("Administrator")
	share(mine.doctype, mine.name, MATE, read=1)
	assert recorded_by(MATE, of=partner_of(mine), chain=mine.chain).chain == mine.chain


def test_an_unreadable_document_cannot_be_the_subject(mine, settings):
	settings(subject_types=[{"subject_type": "Event"}])
	about = {"subject_type": "Event", "subject": event(ME, mine).name}
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="can't be the subject"):
		interaction(**about)
	# server code may set it, and the activity still enters no chain
	assert interaction(insert=False, **about).insert(ignore_permissions=True).chain != mine.chain
	assert recorded_by(ME, of=partner_of(mine), **about).chain == mine.chain


def test_an_event_keeps_its_chain_when_another_is_merged_into_it(mine):
	"""Server code may merge them for a user without permission on the chain."""
	lunch = event("Administrator", mine, event_type="Public")
	own = event(DESK, user(DESK, "Report Manager"), subject="Own")
	frappe.set_user(DESK)
	rename_doc("Event", own.name, lunch.name, merge=True, ignore_permissions=True)
	assert row_of(lunch).chain == mine.chain
	assert not frappe.db.exists("Activity Link", {"activity": own.name})


def test_frappe_alone_decides_about_private_files_of_other_document_types():
	frappe.set_user(STRANGER)
	task = record("ToDo", description="x", allocated_to=STRANGER)
	file = save_file("plan.txt", b"plan", "ToDo", task.name, is_private=1)
	assert frappe.has_permission("File", "read", doc=file.name, user=STRANGER)
	assert not frappe.has_permission("File", "read", doc=file.name, user=ME)


def test_a_user_can_upload_a_file_with_the_content_of_a_hidden_one(mine):
	"""Frappe stores equal contents once, under one address."""
	save_file("offer.txt", b"the same offer", mine.doctype, mine.name, is_private=1)
	frappe.set_user(STRANGER)
	own = interaction()
	assert save_file("offer.txt", b"the same offer", own.doctype, own.name, is_private=1).file_url


def test_only_administrators_restore_a_deleted_activity(mine):
	frappe.delete_doc(mine.doctype, mine.name)
	deleted = frappe.db.get_value("Deleted Document", {"deleted_name": mine.name})
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="may not restore it"):
		restore(deleted)
	frappe.set_user("Administrator")
	restore(deleted)
	assert frappe.db.get_value("Deleted Document", deleted, "restored")


def test_a_restored_event_returns_to_its_chain_only_if_its_user_may_enter_it(mine):
	lunch = event(ME, mine)
	for name in (ME, STRANGER):
		frappe.set_user("Administrator")
		frappe.delete_doc("Event", lunch.name)
		deleted = frappe.db.get_value("Deleted Document", {"deleted_name": lunch.name, "restored": 0})
		frappe.set_user(name)
		restore(deleted)
		lunch = frappe.get_doc("Event", frappe.db.get_value("Deleted Document", deleted, "new_name"))
		assert (row_of(lunch).chain == mine.chain) == (name == ME)


class TestWithdrawing:
	"""A migration withdraws relations that older versions accepted without permission."""

	@pytest.fixture(autouse=True)
	def clean(self, firm):
		"""Withdraw relations that earlier tests committed on this site."""
		patch.execute()

	def withdraw(self) -> dict:
		log = {"method": "CRM Interactions: Relations Withdrawn"}
		frappe.db.delete("Error Log", log)
		patch.execute()
		text = frappe.db.get_value("Error Log", log, "error", order_by="creation desc")
		return frappe.parse_json(text) if text else {}

	def task(self, doc, author: str, allocated_to: str, creation=None) -> str:
		"""Insert a task without the checks of its controller; return its name."""
		about = {"reference_type": doc.doctype, "reference_name": doc.name, "allocated_to": allocated_to}
		made = frappe.get_doc({"doctype": "ToDo", "description": "x", "status": "Open", **about})
		made.name, made.owner = frappe.generate_hash(length=10), author
		made.creation = creation or now_datetime()
		made.db_insert()
		return made.name

	def test_tasks_assigned_without_permission_are_withdrawn(self, mine):
		by_boss = self.task(mine, BOSS, MATE)
		by_mate = self.task(mine, MATE, DESK, creation=add_days(now_datetime(), 1))
		by_stranger = self.task(mine, STRANGER, STRANGER)
		audiences.refresh_audiences(mine.doctype, [mine.name])
		assert reads(STRANGER, mine)
		assert self.withdraw()["tasks"] == [by_stranger]
		assert not reads(STRANGER, mine)
		assert frappe.db.count("ToDo", {"name": ("in", (by_boss, by_mate)), "status": "Open"}) == 2

	def test_tasks_assigned_by_participants_stay(self, mine):
		"""A participant has access to the activity, and may give it to others."""
		add_participant(mine, "User", MATE, "Ours")
		self.task(mine, MATE, STRANGER)
		assert self.withdraw() == {}

	def test_users_of_contacts_linked_without_permission_are_withdrawn(self, mine):
		shop = partner_of(mine)
		own = contact(shop, "Mate", "Own", user=MATE, email=MATE)
		taken = contact(shop, "Taken", "Over", user=STRANGER, email="buyer@example.com")
		for person in (own, taken):
			add_participant(mine, "Contact", person.name)
		assert reads(STRANGER, mine)
		assert self.withdraw()["contacts"] == [taken.name]
		assert not reads(STRANGER, mine) and reads(MATE, mine)

	def test_activities_leave_chains_that_their_author_may_not_enter(self, mine):
		bad, good = event(STRANGER, mine), event(ME, mine)
		chain = frappe.get_doc("Interaction Chain", mine.chain)
		writer.move_rows([row_of(bad).name], chain.as_dict())
		frappe.db.set_value("Activity Link", row_of(bad).name, "creation", add_days(now_datetime(), 1))
		assert reads(STRANGER, chain)
		assert self.withdraw()["activities"] == [f"Event {bad.name}"]
		assert not reads(STRANGER, chain)
		assert row_of(good).chain == mine.chain

	def test_nothing_is_withdrawn_if_everyone_may_read_all_activities(self, mine, settings):
		assert self.withdraw() == {}
		settings(visibility=predicate.EVERYBODY)
		self.task(mine, STRANGER, STRANGER)
		assert self.withdraw() == {}
