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
from tests.site.factories import change_record, contact, interaction, meeting, partner, product_record, record

pytestmark = pytest.mark.records_only
ROW = "Activity Link"
UNCHANGED = {"added": 0, "changed": 0, "removed": 0}


def todo(about=None, **fields):
	"""Return a new task about a document."""
	reference = {"reference_type": about.doctype, "reference_name": about.name} if about else {}
	return record("ToDo", description="Call back", **reference, **fields)


def event(*about):
	"""Return a new Event that refers to these documents."""
	rows = [{"reference_doctype": doc.doctype, "reference_docname": doc.name} for doc in about]
	return record("Event", subject="Fair", starts_on="2099-05-01 10:00:00", event_participants=rows)


def days_of_a_chain() -> list:
	"""Return three calls of one chain, on three days in a row."""
	first = interaction(starts_on="2026-01-01 10:00:00")
	return [first, *(interaction(starts_on=f"2026-01-0{day} 10:00:00", chain=first.chain) for day in (2, 3))]


def snapshot() -> list[dict]:
	return frappe.get_all(ROW, fields=["*"], order_by="name", limit_page_length=0)


def restored(doc):
	deleted = frappe.get_doc("Deleted Document", {"deleted_name": doc.name})
	restore(deleted.name, alert=False)
	return frappe.get_doc(doc.doctype, deleted.reload().new_name)


def test_a_journal_row_matches_its_document():
	fields = {"priority": "High", "category": "Trade Negotiations", "reviewed": 1}
	doc = interaction(title="Prices", starts_on="2026-02-03 09:30:00", **fields)
	row = frappe.get_doc(ROW, {"activity": doc.name})
	assert (row.title, str(row.activity_date), row.status) == ("Prices", "2026-02-03 09:30:00", "Done")
	for field in ("party_type", "party", "responsible", "interaction_type"):
		assert row.get(field) == doc.get(field), field
	assert {field: row.get(field) for field in fields} == fields
	change_record(doc, title="New prices", starts_on="2026-02-04 09:30:00", status="Not Held")
	row.reload()
	assert (row.title, str(row.activity_date)) == ("New prices", "2026-02-04 09:30:00")
	assert row.status == "Cancelled"
	assert_consistent()


def test_the_status_of_a_row_depends_on_type_and_time():
	assert row_of(interaction(starts_on="2099-01-01 10:00:00")).status == "Planned"
	assert row_of(meeting(starts_on="2099-01-01 10:00:00")).status == "Planned"
	assert row_of(product_record()).status == "Done"
	assert_consistent()


def test_setting_a_value_in_the_database_updates_the_row():
	doc = interaction()
	doc.db_set("title", "Set by server code")
	assert row_of(doc).title == "Set by server code"
	doc.add_tag("x")
	assert_consistent()


def test_an_attachment_marks_the_row():
	doc = interaction()
	owner = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	file = record("File", file_name="offer.txt", content="offer", **owner)
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "has_attachment") == 1
	file.delete()
	assert frappe.db.get_value(ROW, {"activity": doc.name}, "has_attachment") == 0


def test_a_task_gets_a_row_and_an_assignment_does_not(shop):
	task = todo(shop, date="2026-05-01")
	row = row_of(task)
	assert (row.status, row.party, row.title) == ("Planned", shop.name, "Call back")
	change_record(task, status="Closed")
	assert row_of(task).status == "Done"
	assert row_of(todo(interaction(shop), allocated_to="Administrator")) is None
	assert_consistent()


def test_an_event_takes_partner_and_chain_from_its_participants(shop):
	first = interaction(shop)
	row = row_of(event(shop, first))
	assert (row.party, row.chain, row.previous) == (shop.name, first.chain, row_of(first).name)
	assert_consistent()


def test_a_contact_stands_for_its_partner(shop):
	assert row_of(todo(contact(shop))).party == shop.name


def test_a_restored_task_returns_to_its_chain(shop):
	first, task = interaction(shop), todo(shop)
	joining.join(("ToDo", task.name), ("Interaction", first.name))
	chain = row_of(task).chain
	task.delete()
	assert not frappe.db.exists(ROW, {"activity": task.name})
	assert_consistent()
	assert row_of(restored(task)).chain == chain
	assert_consistent()


def test_an_activity_after_a_deleted_one_follows_the_one_before():
	first, second, third = days_of_a_chain()
	assert row_of(third).previous == row_of(second).name
	second.delete()
	assert row_of(third).previous == row_of(first).name
	assert_consistent()


def test_rows_and_chains_follow_renamed_and_merged_activities():
	first, second = (interaction(title=title) for title in ("One", "Two"))
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
	frappe.rename_doc("Meeting", meeting().name, "MTG-RENAMED", force=True)
	assert frappe.db.exists(ROW, {"activity": "MTG-RENAMED"})
	assert_consistent()


def test_merging_an_activity_with_a_later_one_creates_no_loop():
	first, second, third = days_of_a_chain()
	frappe.rename_doc("Interaction", first.name, third.name, merge=True, force=True)
	assert {row_of(second).previous, row_of(third).previous} == {None, row_of(second).name}
	assert_consistent()


def test_rows_and_chains_follow_merged_partners():
	shop, other = partner(), partner("Other")
	doc = interaction(shop)
	frappe.rename_doc(shop.doctype, shop.name, other.name, merge=True, force=True)
	assert row_of(doc).party == other.name
	assert frappe.db.get_value("Interaction Chain", doc.chain, "party") == other.name
	assert_consistent()


def test_a_rebuild_repairs_all_rows_and_changes_no_correct_one(shop):
	first, second = interaction(shop), interaction(shop)
	meeting(shop), product_record(shop)
	task = todo(shop)
	joining.join(("Interaction", second.name), ("Interaction", first.name))
	recording.rebuild()
	before = snapshot()
	assert recording.rebuild() == UNCHANGED
	assert snapshot() == before
	frappe.db.set_value(ROW, {"activity": first.name}, {"title": "Wrong", "status": "Planned", "party": None})
	frappe.db.delete(ROW, {"activity": second.name})
	frappe.db.sql("delete from `tabToDo` where name = %s", task.name)
	assert recording.rebuild() == {"added": 1, "changed": 1, "removed": 1}
	assert row_of(second).chain == first.chain
	assert_consistent()


@pytest.mark.changes_metadata
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
		"""Return the job that numbers documents, without its commits."""
		monkeypatch.setattr(frappe.db, "commit", lambda: None)
		return numbering.number_documents

	def test_new_documents_get_rows_at_once_and_old_ones_by_the_job(self, register, run):
		old = record("Note", title="Old")
		assert register() == ["Note"]
		assert row_of(record("Note", title="New")).chain
		assert row_of(old) is None
		run("Note")
		assert row_of(old).chain
		before = snapshot()
		run("Note")
		assert snapshot() == before
		assert_consistent()

	def test_a_removed_source_loses_its_rows(self, register, run, settings):
		register()
		doc = record("Note", title="Remember")
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


def test_an_event_without_a_partner_takes_the_partner_of_its_origin():
	call = interaction()
	first = event(call)
	assert [row_of(doc).party for doc in (first, event(first))] == [call.party] * 2
	assert row_of(first).party_type == call.party_type
	assert row_of(event()).party is None
	assert_consistent()


def test_the_own_partner_of_an_event_comes_first():
	call, other = interaction(), partner("Other")
	doc = event(call, other)
	assert row_of(doc).party == other.name
	change_record(call, party=partner("Third").name)
	assert row_of(doc).party == other.name


def test_events_follow_the_partner_of_their_origin():
	call = interaction(party_type=None, party=None, direction="Incoming")
	first = event(call)
	second = event(first)
	assert row_of(second).party is None
	for name in ("Adriatic Trade", "Sever Supplies"):
		of = partner(name)
		change_record(call, party_type=of.doctype, party=of.name)
		assert [row_of(doc).party for doc in (first, second)] == [of.name] * 2
	assert recording.rebuild() == UNCHANGED
	assert_consistent()


def test_the_inherited_partner_does_not_depend_on_the_order_of_rebuilding():
	call = interaction()
	first = event(call)
	docs = (first, event(first), call)
	frappe.db.delete(ROW, {"activity": ("in", [doc.name for doc in docs])})
	for doctype in ("Event", "Interaction"):
		assert recording.rebuild(doctype)["added"]
	assert [row_of(doc).party for doc in docs] == [call.party] * 3
	assert recording.rebuild() == UNCHANGED


def test_two_events_that_refer_to_each_other_have_no_partner():
	first = event()
	second = event(first)
	first.append("event_participants", {"reference_doctype": "Event", "reference_docname": second.name})
	first.save()
	assert [row_of(doc).party for doc in (first, second)] == [None, None]


def test_an_event_takes_the_partner_of_its_merged_origin():
	one, other = interaction(), interaction(partner("Other"))
	doc = event(one)
	frappe.rename_doc("Interaction", one.name, other.name, merge=True, force=True)
	assert row_of(doc).party == other.party
	assert recording.rebuild("Event")["changed"] == 0


def test_a_document_without_an_inherited_partner_needs_no_query_for_it(monkeypatch):
	call, shop = interaction(), partner("Other")
	without = interaction(party_type=None, party=None, direction="Incoming")
	made = (event(), event(shop), event(call, shop), call, without)
	docs = [frappe.get_doc(doc.doctype, doc.name) for doc in made]
	sent, send = [], frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **given: sent.append(args[0]) or send(*args, **given))
	for doc in docs:
		journal_row.build_values(doc, registry.get_source(doc.doctype))
	assert sent == []
