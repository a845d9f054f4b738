"""An administrator sees how far the numbering of a new source is, and lets it go on where it was cut off (R15)."""

import frappe
import pytest
from checks import refused

from crm_interactions.api.settings import continue_numbering, get_numbering
from crm_interactions.journal import registry
from crm_interactions.recording import numbering, progress

COUNT = 120
ADMIN = "Administrator"


@pytest.fixture
def notes(settings, monkeypatch) -> list[str]:
	"""Return notes that were there before their type was registered; their job isn't queued."""
	found = [frappe.get_doc({"doctype": "Note", "title": f"Note {n}"}).insert().name for n in range(COUNT)]
	monkeypatch.setattr(numbering, "queue_numbering", lambda doctype: None)
	settings(sources=[{"document_type": "Note", "title_field": "title"}])
	registry.clear_cache()
	# the job keeps each batch; here everything is rolled back
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	yield found
	progress.clear_progress("Note")


@pytest.fixture
def cut_off(notes, monkeypatch):
	"""Run the job until it dies in its second batch."""
	record, batches = numbering.rebuilding.record_all, []

	def dying(*arguments):
		batches.append(arguments)
		if len(batches) > 1:
			raise KeyboardInterrupt
		return record(*arguments)

	monkeypatch.setattr(numbering.rebuilding, "record_all", dying)
	with pytest.raises(KeyboardInterrupt):
		numbering.number_documents("Note", ADMIN)
	monkeypatch.setattr(numbering.rebuilding, "record_all", record)


def test_nothing_is_said_where_nothing_is_numbered():
	assert get_numbering() == []


@pytest.mark.usefixtures("cut_off")
def test_it_is_said_where_it_was_cut_off():
	[told] = get_numbering()
	assert told == {
		"doctype": "Note",
		"running": False,
		"done": numbering.BATCH,
		"total": frappe.db.count("Note"),
	}


@pytest.mark.usefixtures("cut_off")
def test_going_on_finishes_it(notes):
	numbering.number_documents("Note", ADMIN)
	assert get_numbering() == []
	assert frappe.db.count("Activity Link", {"activity_type": "Note", "activity": ("in", notes)}) == COUNT


def test_going_on_queues_the_job(notes, monkeypatch):
	queued = []
	monkeypatch.setattr(numbering, "queue_numbering", queued.append)
	assert continue_numbering("Note") is True
	assert queued == ["Note"]


def test_only_activities_are_numbered():
	with refused(
		frappe.ValidationError, "Language.* is not an activity. Add it to Further Activities and save."
	):
		continue_numbering("Language")


@pytest.mark.parametrize("told", [False, True], ids=["few", "many"])
def test_who_asked_is_told_of_the_end_of_long_work(notes, told, monkeypatch):
	monkeypatch.setattr(numbering, "AT_ONCE", 1 if told else 10_000)
	numbering.number_documents("Note", ADMIN)
	logs = frappe.get_all(
		"Notification Log",
		{"for_user": ADMIN, "document_type": "CRM Interactions Settings"},
		pluck="subject",
	)
	count = frappe.db.count("Note")
	assert logs == ([f"Note: all {count} documents have their reference number."] if told else [])
