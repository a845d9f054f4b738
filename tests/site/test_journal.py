"""The journal follows its documents in every event, including DocTypes that an administrator registers (B8)."""

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.model.dynamic_links import get_dynamic_link_map

from crm_interactions import recording
from crm_interactions.chains import joining
from crm_interactions.journal import registry
from crm_interactions.journal import row as journal_row
from crm_interactions.recording import numbering
from tests.site.chain_checks import assert_consistent, row_of
from tests.site.factories import contact, interaction, meeting, partner, product_record

ROW = "Activity Link"


def todo(**fields):
	return frappe.get_doc({"doctype": "ToDo", "description": "Call back", **fields}).insert()


def snapshot() -> list[dict]:
	return frappe.get_all(ROW, fields=["*"], order_by="name", limit_page_length=0)


def restored(doc):
	deleted = frappe.get_doc("Deleted Document", {"deleted_name": doc.name})
	restore(deleted.name, alert=False)
	return frappe.get_doc(doc.doctype, deleted.reload().new_name)


@pytest.mark.records_only
def test_a_journal_row_matches_its_document():
	doc = interaction(
		title="Prices",
		starts_on="2026-02-03 09:30:00",
		priority="High",
		category="Trade Negotiations",
		reviewed=1,
	)
	row = frappe.get_doc(ROW, {"activity": doc.name})
	assert (row.title, str(row.activity_date), row.status) == ("Prices", "2026-02-03 09:30:00", "Done")
	assert (row.party_type, row.party, row.responsible) == (doc.party_type, doc.party, doc.responsible)
	assert (row.interaction_type, row.priority, row.category) == (
		doc.interaction_type,
		"High",
		"Trade Negotiations",
	)
	assert row.reviewed == 1
	doc.update({"title": "New prices", "starts_on": "2026-02-04 09:30:00", "status": "Not Held"})
	doc.save()
	row.reload()
	assert (row.title, str(row.activity_date), row.status) == (
		"New prices",
		"2026-02-04 09:30:00",
		"Cancelled",
	)
	assert_consistent()


@pytest.mark.records_only
def test_the_status_of_a_row_depends_on_type_and_time():
	assert row_of(interaction(starts_on="2099-01-01 10:00:00")).status == "Planned"
	assert row_of(meeting(starts_on="2099-01-01 10:00:00")).status == "Planned"
	assert row_of(product_record()).status == "Done"
	assert_consistent()


@pytest.mark.records_only
def test_setting_a_value_in_the_database_updates_the_row():
	doc = interaction()
	doc.db_set("title", "Set by server code")
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "title") == "Set by server code"
	doc.add_tag("x")
	assert_consistent()


@pytest.mark.records_only
def test_an_attachment_marks_the_row():
	doc = interaction()
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "offer.txt",
			"content": "offer",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
		}
	).insert()
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "has_attachment") == 1
	file.delete()
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "has_attachment") == 0


@pytest.mark.records_only
def test_a_task_gets_a_row_and_an_assignment_does_not():
	shop = partner()
	task = todo(reference_type=shop.doctype, reference_name=shop.name, date="2026-05-01")
	row = frappe.get_doc(ROW, {"activity": task.name})
	assert (row.activity_type, row.status, row.party, row.title) == (
		"ToDo",
		"Planned",
		shop.name,
		"Call back",
	)
	task.status = "Closed"
	task.save()
	assert row_of(task).status == "Done"
	doc = interaction(shop)
	assigned = todo(reference_type="Interaction", reference_name=doc.name, allocated_to="Administrator")
	assert row_of(assigned) is None
	assert_consistent()


@pytest.mark.records_only
def test_an_event_takes_partner_and_chain_from_its_participants():
	shop = partner()
	first = interaction(shop)
	event = frappe.get_doc(
		{
			"doctype": "Event",
			"subject": "Fair",
			"starts_on": "2099-05-01 10:00:00",
			"event_participants": [
				{"reference_doctype": shop.doctype, "reference_docname": shop.name},
				{"reference_doctype": "Interaction", "reference_docname": first.name},
			],
		}
	).insert()
	row = frappe.get_doc(ROW, {"activity": event.name})
	assert (row.party, row.chain, row.previous) == (shop.name, first.chain, row_of(first).name)
	assert_consistent()


@pytest.mark.records_only
def test_a_contact_stands_for_its_partner():
	shop = partner()
	ana = contact(shop)
	task = todo(reference_type="Contact", reference_name=ana.name)
	assert frappe.db.get_value(ROW, {"activity": task.name}, "party") == shop.name


@pytest.mark.records_only
def test_a_restored_task_returns_to_its_chain():
	shop = partner()
	first, task = interaction(shop), todo(reference_type=shop.doctype, reference_name=shop.name)
	joining.join(("ToDo", task.name), ("Interaction", first.name))
	chain = row_of(task).chain
	task.delete()
	assert not frappe.db.exists(ROW, {"activity": task.name})
	assert_consistent()
	assert row_of(restored(task)).chain == chain
	assert_consistent()


@pytest.mark.records_only
def test_an_activity_after_a_deleted_one_follows_the_one_before():
	shop = partner()
	first = interaction(shop, starts_on="2026-01-01 10:00:00")
	second = interaction(shop, starts_on="2026-01-02 10:00:00", chain=first.chain)
	third = interaction(shop, starts_on="2026-01-03 10:00:00", chain=first.chain)
	assert row_of(third).previous == row_of(second).name
	second.delete()
	assert row_of(third).previous == row_of(first).name
	assert_consistent()


def test_rows_and_chains_follow_renamed_and_merged_activities():
	shop = partner()
	first, second = (interaction(shop, title=title) for title in ("One", "Two"))
	frappe.rename_doc("Interaction", second.name, "INT-RENAMED", force=True)
	assert frappe.db.get_value(ROW, {"activity": "INT-RENAMED"}, "title") == "Two"
	assert_consistent()
	frappe.rename_doc("Interaction", "INT-RENAMED", first.name, merge=True, force=True)
	assert frappe.db.count(ROW, {"activity": first.name}) == 1
	assert frappe.db.get_value("Interaction Chain", second.chain, "merged_into") == first.chain
	assert_consistent()


def test_the_first_activity_of_its_type_can_be_renamed():
	"""Frappe caches for hours which DocTypes a dynamic link holds; the app reports rows written by queries."""
	get_dynamic_link_map()
	doc = meeting()
	frappe.rename_doc("Meeting", doc.name, "MTG-RENAMED", force=True)
	assert frappe.db.exists(ROW, {"activity": "MTG-RENAMED"})
	assert_consistent()


def test_merging_an_activity_with_a_later_one_creates_no_loop():
	shop = partner()
	first = interaction(shop, starts_on="2026-01-01 10:00:00")
	second = interaction(shop, starts_on="2026-01-02 10:00:00", chain=first.chain)
	third = interaction(shop, starts_on="2026-01-03 10:00:00", chain=first.chain)
	frappe.rename_doc("Interaction", first.name, third.name, merge=True, force=True)
	assert {row_of(second).previous, row_of(third).previous} == {None, row_of(second).name}
	assert_consistent()


def test_rows_and_chains_follow_merged_partners():
	shop, other = partner(), partner("Other")
	doc = interaction(shop)
	frappe.rename_doc(shop.doctype, shop.name, other.name, merge=True, force=True)
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "party") == other.name
	assert frappe.db.get_value("Interaction Chain", doc.chain, "party") == other.name
	assert_consistent()


def test_a_rebuild_repairs_all_rows_and_changes_no_correct_one():
	shop = partner()
	first, second = interaction(shop), interaction(shop)
	meeting(shop), product_record(shop)
	task = todo(reference_type=shop.doctype, reference_name=shop.name)
	joining.join(("Interaction", second.name), ("Interaction", first.name))
	recording.rebuild()
	before = snapshot()
	assert recording.rebuild() == {"added": 0, "changed": 0, "removed": 0}
	assert snapshot() == before
	frappe.db.set_value(ROW, {"activity": first.name}, {"title": "Wrong", "status": "Planned", "party": None})
	frappe.db.delete(ROW, {"activity": second.name})
	frappe.db.sql("delete from `tabToDo` where name = %s", task.name)
	assert recording.rebuild() == {"added": 1, "changed": 1, "removed": 1}
	assert row_of(second).chain == first.chain
	assert_consistent()


class TestRegistering:
	"""An administrator registers a DocType by choosing its fields; a job adds rows for existing documents."""

	@pytest.fixture
	def register(self, settings, monkeypatch):
		queued = []
		monkeypatch.setattr(numbering, "queue_numbering", queued.append)

		def do(**fields):
			settings(sources=[{"document_type": "Note", "title_field": "title", **fields}])
			registry.clear_cache()
			return queued

		yield do
		registry.clear_cache()

	@pytest.fixture
	def run(self, monkeypatch):
		"""Return the job that numbers documents, with its commits turned off."""
		monkeypatch.setattr(frappe.db, "commit", lambda: None)
		return numbering.number_documents

	def note(self, title="Remember"):
		return frappe.get_doc({"doctype": "Note", "title": title}).insert()

	def test_new_documents_get_rows_at_once_and_old_ones_by_the_job(self, register, run):
		old = self.note("Old")
		assert register() == ["Note"]
		new = self.note("New")
		assert row_of(new).chain
		assert row_of(old) is None
		run("Note")
		assert row_of(old).chain
		before = snapshot()
		run("Note")
		assert snapshot() == before
		assert_consistent()

	def test_a_removed_source_loses_its_rows(self, register, run, settings):
		register()
		doc = self.note()
		settings(sources=[])
		registry.clear_cache()
		run("Note")
		assert row_of(doc) is None
		assert_consistent()

	def test_a_built_in_source_can_be_switched_off(self, register, run):
		task = todo()
		register(document_type="ToDo", title_field="description", disabled=1)
		run("ToDo")
		assert row_of(task) is None
		assert row_of(todo()) is None

	@pytest.mark.parametrize(
		("fields", "message"),
		[
			({"title_field": "nothing"}, "has no field"),
			({"date_field": "title"}, "can't be used here"),
			({"document_type": "Interaction"}, "needs no row"),
			({"document_type": "System Settings", "title_field": None}, "no documents of its own"),
		],
	)
	def test_an_invalid_source_is_refused(self, register, fields, message):
		with pytest.raises(frappe.ValidationError, match=message):
			register(**fields)

	def test_a_source_that_is_listed_twice_is_refused(self, settings):
		with pytest.raises(frappe.ValidationError, match="twice"):
			settings(sources=[{"document_type": "Note"}, {"document_type": "Note"}])


def event(*about, **fields):
	"""Return a new Event that refers to these documents."""
	rows = [{"reference_doctype": doc.doctype, "reference_docname": doc.name} for doc in about]
	values = {"subject": "Fair", "starts_on": "2099-05-01 10:00:00", "event_participants": rows, **fields}
	return frappe.get_doc({"doctype": "Event", **values}).insert()


@pytest.mark.records_only
def test_an_event_without_a_partner_takes_the_partner_of_its_origin():
	call = interaction()
	first = event(call)
	second = event(first)
	assert [row_of(doc).party for doc in (first, second)] == [call.party] * 2
	assert row_of(first).party_type == call.party_type
	assert row_of(event()).party is None
	assert_consistent()


@pytest.mark.records_only
def test_the_own_partner_of_an_event_comes_first():
	call, other = interaction(), partner("Other")
	doc = event(call, other)
	assert row_of(doc).party == other.name
	call.update({"party": partner("Third").name}).save()
	assert row_of(doc).party == other.name


@pytest.mark.records_only
def test_events_follow_the_partner_of_their_origin():
	call = interaction(party_type=None, party=None, direction="Incoming")
	first = event(call)
	second = event(first)
	assert row_of(second).party is None
	for name in ("Adriatic Trade", "Somebody Else"):
		of = partner(name)
		call.update({"party_type": of.doctype, "party": of.name}).save()
		assert [row_of(doc).party for doc in (first, second)] == [of.name] * 2
	assert recording.rebuild() == {"added": 0, "changed": 0, "removed": 0}
	assert_consistent()


@pytest.mark.records_only
def test_the_inherited_partner_does_not_depend_on_the_order_of_rebuilding():
	call = interaction()
	first = event(call)
	second = event(first)
	docs = (first, second, call)
	frappe.db.delete(ROW, {"activity": ("in", [doc.name for doc in docs])})
	for doctype in ("Event", "Interaction"):
		assert recording.rebuild(doctype)["added"]
	assert [row_of(doc).party for doc in docs] == [call.party] * 3
	assert recording.rebuild() == {"added": 0, "changed": 0, "removed": 0}


@pytest.mark.records_only
def test_two_events_that_refer_to_each_other_have_no_partner():
	first = event()
	second = event(first)
	first.append("event_participants", {"reference_doctype": "Event", "reference_docname": second.name})
	first.save()
	assert [row_of(doc).party for doc in (first, second)] == [None, None]


@pytest.mark.records_only
def test_an_event_takes_the_partner_of_its_merged_origin():
	one, other = interaction(), interaction(partner("Other"))
	doc = event(one)
	frappe.rename_doc("Interaction", one.name, other.name, merge=True, force=True)
	assert row_of(doc).party == other.party
	assert recording.rebuild("Event")["changed"] == 0


@pytest.mark.records_only
def test_a_document_without_an_inherited_partner_needs_no_query_for_it(monkeypatch):
	call, shop = interaction(), partner("Other")
	docs = [
		event(),
		event(shop),
		event(call, shop),
		call,
		interaction(party_type=None, party=None, direction="Incoming"),
	]
	docs = [frappe.get_doc(doc.doctype, doc.name) for doc in docs]
	sent, send = [], frappe.db.sql
	monkeypatch.setattr(
		frappe.db, "sql", lambda *args, **kwargs: sent.append(args[0]) or send(*args, **kwargs)
	)
	for doc in docs:
		journal_row.build_values(doc, registry.get_source(doc.doctype))
	assert sent == []
