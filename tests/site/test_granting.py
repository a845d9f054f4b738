"""Allowed ways to give other users access to an activity (R26); tests/permissions tests the refused ones."""

import frappe
import pytest
from frappe.desk.form import assign_to
from frappe.model.rename_doc import rename_doc
from frappe.share import add as share
from frappe.utils import add_days, now_datetime
from frappe.utils.file_manager import save_file

from crm_interactions.journal import writer
from crm_interactions.patches import withdraw_unauthorised_relations as patch
from crm_interactions.visibility import audiences, predicate
from tests.site.factories import contact, interaction, partner, user
from tests.site.visible import colleagues, team

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ME, MATE, BOSS, STRANGER = (f"{name}@example.com" for name in ("me", "mate", "boss", "stranger"))


@pytest.fixture(autouse=True)
def firm(settings):
	"""Create two colleagues under a boss and a stranger, with the visibility *Own and Team*."""
	colleagues(ME, MATE, BOSS, STRANGER)
	team("Field", BOSS, ME, MATE)
	settings(visibility=predicate.OWN_AND_TEAM)


@pytest.fixture
def mine():
	frappe.set_user(ME)
	doc = interaction()
	frappe.set_user("Administrator")
	return doc


def reads(name: str, doc) -> bool:
	return bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=name))


def event(refers_to, **fields):
	row = {"reference_doctype": refers_to.doctype, "reference_docname": refers_to.name}
	values = {"subject": "Lunch", "starts_on": now_datetime(), "event_type": "Private", **fields}
	return frappe.get_doc({"doctype": "Event", **values, "event_participants": [row]}).insert()


def row_of(doc):
	return frappe.get_doc("Activity Link", {"activity": doc.name})


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
	rule = {
		"name": "Calls",
		"document_type": "Interaction",
		"assign_condition": f"responsible == '{STRANGER}'",
		"description": "Call",
		"rule": "Round Robin",
		"users": [{"user": STRANGER}],
		"assignment_days": [{"day": day} for day in WEEK],
	}
	frappe.get_doc({"doctype": "Assignment Rule", **rule}).insert()
	frappe.set_user(BOSS)
	given = interaction()
	frappe.set_user(ME)
	for doc in (mine, given):
		doc = frappe.get_doc(doc.doctype, doc.name)
		if doc.has_permission("write"):
			doc.responsible = STRANGER
			doc.save()
	assert frappe.db.exists("ToDo", {"reference_name": mine.name, "allocated_to": STRANGER})


def test_only_a_user_administrator_links_a_contact_with_a_user(mine):
	person = contact(frappe.get_doc(mine.party_type, mine.party))
	mine.append("participants", {"participant_type": "Contact", "participant": person.name, "side": "Theirs"})
	mine.save()
	person.reload()
	person.user = STRANGER
	frappe.set_user(ME)
	with pytest.raises(frappe.PermissionError, match="Ask a user with the role"):
		person.save()
	frappe.set_user("Administrator")
	person.reload()
	person.user = STRANGER
	person.save()
	assert reads(STRANGER, mine)


def test_any_user_edits_a_contact_with_a_user_and_server_code_links_one(mine):
	shop = frappe.get_doc(mine.party_type, mine.party)
	person, other = contact(shop, user=STRANGER), contact(shop, first_name="Eva")
	frappe.set_user(ME)
	person = frappe.get_doc("Contact", person.name)
	person.designation = "Buyer"
	person.save()
	other = frappe.get_doc("Contact", other.name)
	other.user = MATE
	other.save(ignore_permissions=True)
	assert (person.user, other.user) == (STRANGER, MATE)


def test_any_user_links_a_contact_with_a_website_user(mine):
	guest = user("customer@example.com").name
	frappe.db.set_value("User", guest, "user_type", "Website User")
	frappe.set_user(ME)
	person = contact(frappe.get_doc(mine.party_type, mine.party))
	person.user = guest
	person.save()
	assert person.user == guest


def test_an_event_joins_the_chain_of_an_activity_that_its_author_may_read(mine):
	share(mine.doctype, mine.name, STRANGER, read=1)
	frappe.set_user(STRANGER)
	assert row_of(event(mine)).chain == mine.chain


def test_a_reference_to_an_unreadable_activity_is_ignored(mine):
	frappe.set_user(STRANGER)
	lunch = event(mine)
	row = row_of(lunch)
	assert row.chain != mine.chain
	assert not row.party, "the partner of an unreadable activity stays hidden"
	frappe.set_user("Administrator")
	lunch.subject = "Dinner"
	lunch.save()
	row.reload()
	assert row.chain != mine.chain and not row.party


def test_a_changed_reference_to_an_unreadable_activity_reveals_no_partner(mine):
	"""The event keeps the partner and the chain of its author's own activity."""
	frappe.set_user(STRANGER)
	own = interaction(partner("Own Trade"))
	lunch = event(own)
	assert row_of(lunch).party == own.party
	lunch.event_participants[0].reference_docname = mine.name
	lunch.save()
	assert (row_of(lunch).party, row_of(lunch).chain) == (own.party, own.chain)


def test_an_event_of_a_user_without_a_role_of_the_app_enters_no_chain(mine, settings):
	settings(visibility=predicate.EVERYBODY)
	other = user("desk@example.com", "Report Manager").name
	frappe.set_user(other)
	assert row_of(event(mine)).chain != mine.chain
	frappe.set_user(STRANGER)
	assert row_of(event(mine)).chain == mine.chain


def test_a_document_saved_by_the_administrator_keeps_the_permissions_of_its_owner(mine):
	frappe.set_user(STRANGER)
	lunch = event(mine)
	frappe.set_user("Administrator")
	frappe.db.delete("Activity Link", {"activity": lunch.name})
	lunch.reload()
	lunch.save()
	assert row_of(lunch).chain != mine.chain


def test_adding_to_a_chain_needs_access_to_an_activity_in_it(mine):
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="may not add to the chain"):
		interaction(chain=mine.chain)
	frappe.set_user(MATE)
	frappe.set_user("Administrator")
	share(mine.doctype, mine.name, MATE, read=1)
	frappe.set_user(MATE)
	assert interaction(frappe.get_doc(mine.party_type, mine.party), chain=mine.chain).chain == mine.chain


def test_an_unreadable_document_cannot_be_the_subject(mine, settings):
	settings(subject_types=[{"subject_type": "Event"}])
	frappe.set_user(ME)
	deal = event(mine)
	frappe.set_user(STRANGER)
	about = {"subject_type": "Event", "subject": deal.name}
	with pytest.raises(frappe.PermissionError, match="can't be the subject"):
		interaction(**about)
	# server code may set it, and the activity still enters no chain
	doc = interaction(insert=False, **about)
	assert doc.insert(ignore_permissions=True).chain != mine.chain
	frappe.set_user(ME)
	assert interaction(frappe.get_doc(mine.party_type, mine.party), **about).chain == mine.chain


def test_an_event_keeps_its_chain_when_another_is_merged_into_it(mine):
	"""Server code may merge them for a user without permission on the chain."""
	lunch = event(mine, event_type="Public")
	desk = user("desk@example.com", "Report Manager").name
	frappe.set_user(desk)
	own = event(frappe.get_doc("User", desk), subject="Own")
	rename_doc("Event", own.name, lunch.name, merge=True, ignore_permissions=True)
	frappe.set_user("Administrator")
	assert row_of(lunch).chain == mine.chain
	assert not frappe.db.exists("Activity Link", {"activity": own.name})


def test_frappe_alone_decides_about_private_files_of_other_document_types():
	frappe.set_user(STRANGER)
	task = frappe.get_doc({"doctype": "ToDo", "description": "x", "allocated_to": STRANGER}).insert()
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
	restore = frappe.get_attr("frappe.core.doctype.deleted_document.deleted_document.restore")
	frappe.delete_doc(mine.doctype, mine.name)
	deleted = frappe.db.get_value("Deleted Document", {"deleted_name": mine.name})
	frappe.set_user(STRANGER)
	with pytest.raises(frappe.PermissionError, match="may not restore it"):
		restore(deleted)
	frappe.set_user("Administrator")
	restore(deleted)
	assert frappe.db.get_value("Deleted Document", deleted, "restored")


def test_a_restored_event_returns_to_its_chain_only_if_its_user_may_enter_it(mine):
	restore = frappe.get_attr("frappe.core.doctype.deleted_document.deleted_document.restore")
	frappe.set_user(ME)
	lunch = event(mine)
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
		frappe.db.delete("Error Log", {"method": "CRM Interactions: Relations Withdrawn"})
		patch.execute()
		text = frappe.db.get_value(
			"Error Log",
			{"method": "CRM Interactions: Relations Withdrawn"},
			"error",
			order_by="creation desc",
		)
		return frappe.parse_json(text) if text else {}

	def task(self, doc, author: str, allocated_to: str, **fields) -> str:
		about = {"reference_type": doc.doctype, "reference_name": doc.name, "status": "Open"}
		made = frappe.get_doc(
			{"doctype": "ToDo", "description": "x", **about, "allocated_to": allocated_to, **fields}
		)
		made.name, made.owner = frappe.generate_hash(length=10), author
		made.creation = fields.get("creation") or now_datetime()
		made.db_insert()
		return made.name

	def refresh(self, doc) -> None:
		audiences.refresh_audiences(doc.doctype, [doc.name])

	def test_tasks_assigned_without_permission_are_withdrawn(self, mine):
		by_boss = self.task(mine, BOSS, MATE)
		by_mate = self.task(mine, MATE, "desk@example.com", creation=add_days(now_datetime(), 1))
		by_stranger = self.task(mine, STRANGER, STRANGER)
		self.refresh(mine)
		assert reads(STRANGER, mine)
		assert self.withdraw()["tasks"] == [by_stranger]
		assert not reads(STRANGER, mine)
		statuses = dict(
			frappe.get_all("ToDo", {"name": ("in", (by_boss, by_mate))}, ["name", "status"], as_list=True)
		)
		assert {*statuses.values()} == {"Open"}

	def test_tasks_assigned_by_participants_stay(self, mine):
		"""A participant has access to the activity, and may give it to others."""
		mine.append("participants", {"participant_type": "User", "participant": MATE, "side": "Ours"})
		mine.save()
		self.task(mine, MATE, STRANGER)
		assert self.withdraw() == {}

	def test_users_of_contacts_linked_without_permission_are_withdrawn(self, mine):
		shop = frappe.get_doc(mine.party_type, mine.party)
		own = contact(shop, "Mate", "Own", user=MATE, email=MATE)
		taken = contact(shop, "Taken", "Over", user=STRANGER, email="buyer@example.com")
		for person in (own, taken):
			mine.append(
				"participants", {"participant_type": "Contact", "participant": person.name, "side": "Theirs"}
			)
		mine.save()
		assert reads(STRANGER, mine)
		assert self.withdraw()["contacts"] == [taken.name]
		assert not reads(STRANGER, mine) and reads(MATE, mine)

	def test_activities_leave_chains_that_their_author_may_not_enter(self, mine):
		frappe.set_user(STRANGER)
		bad = event(mine)
		frappe.set_user(ME)
		good = event(mine)
		frappe.set_user("Administrator")
		chain = frappe.db.get_value(
			"Interaction Chain", mine.chain, ["name", "subject_type", "subject"], as_dict=True
		)
		writer.move_rows([row_of(bad).name], chain)
		frappe.db.set_value("Activity Link", row_of(bad).name, "creation", add_days(now_datetime(), 1))
		assert frappe.has_permission("Interaction Chain", "read", doc=mine.chain, user=STRANGER)
		assert self.withdraw()["activities"] == [f"Event {bad.name}"]
		assert not frappe.has_permission("Interaction Chain", "read", doc=mine.chain, user=STRANGER)
		assert row_of(good).chain == mine.chain

	def test_nothing_is_withdrawn_if_everyone_may_read_all_activities(self, mine, settings):
		assert self.withdraw() == {}
		settings(visibility=predicate.EVERYBODY)
		self.task(mine, STRANGER, STRANGER)
		assert self.withdraw() == {}
