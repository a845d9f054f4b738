"""An administrator sees the progress of numbering a new source, and can resume an interrupted job (R15)."""

import frappe
import pytest

from crm_interactions.api.settings import continue_numbering, get_numbering
from crm_interactions.journal import registry
from crm_interactions.recording import numbering, progress
from tests.site.checks import refused
from tests.site.factories import record

COUNT = 120
ADMIN = "Administrator"


@pytest.fixture
def notes(settings, monkeypatch) -> list[str]:
	"""Return notes older than the registration of their DocType; the job that numbers them is not queued."""
	found = [record("Note", title=f"Note {n}").name for n in range(COUNT)]
	monkeypatch.setattr(numbering, "queue_numbering", lambda doctype: None)
	settings(sources=[{"document_type": "Note", "title_field": "title"}])
	registry.clear_cache()
	# the job commits each batch; the test rolls all back
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	yield found
	progress.clear_progress("Note")


@pytest.fixture
def interrupted(notes, monkeypatch):
	"""Interrupt the job in its second batch."""
	record_all, batches = numbering.rebuilding.record_all, []

	def dying(*arguments):
		batches.append(arguments)
		if len(batches) > 1:
			raise KeyboardInterrupt
		return record_all(*arguments)

	with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
		patch.setattr(numbering.rebuilding, "record_all", dying)
		numbering.number_documents("Note", ADMIN)


def test_without_a_job_no_progress_is_shown():
	assert get_numbering() == []


@pytest.mark.usefixtures("interrupted")
def test_the_progress_of_an_interrupted_job_is_shown():
	counts = {"done": numbering.BATCH, "total": frappe.db.count("Note")}
	assert get_numbering() == [{"doctype": "Note", "running": False, **counts}]


@pytest.mark.usefixtures("interrupted")
def test_the_resumed_job_numbers_all_documents(notes):
	numbering.number_documents("Note", ADMIN)
	assert get_numbering() == []
	assert frappe.db.count("Activity Link", {"activity_type": "Note", "activity": ("in", notes)}) == COUNT


@pytest.mark.usefixtures("interrupted")
def test_an_update_records_only_the_documents_without_a_number(monkeypatch):
	numbered = frappe.get_all("Activity Link", {"activity_type": "Note"}, pluck="activity")
	recorded = {}
	keep = lambda names, doctype, source: recorded.update({doctype: names})  # noqa: E731
	monkeypatch.setattr(numbering.rebuilding, "record_all", keep)
	numbering.catch_up()
	assert numbered and {*recorded["Note"]} == {*frappe.get_all("Note", pluck="name")} - {*numbered}


def test_resuming_queues_the_job(notes, monkeypatch):
	queued = []
	monkeypatch.setattr(numbering, "queue_numbering", queued.append)
	assert continue_numbering("Note") is True
	assert queued == ["Note"]


def test_only_sources_of_the_journal_can_be_numbered():
	message = "Language.* is not an activity. Add it to Further Activities and save."
	with refused(frappe.ValidationError, message):
		continue_numbering("Language")


@pytest.mark.parametrize("notified", [False, True], ids=["few", "many"])
def test_the_requester_is_notified_at_the_end_of_a_long_job_only(notes, notified, monkeypatch):
	monkeypatch.setattr(numbering, "AT_ONCE", 1 if notified else 10_000)
	numbering.number_documents("Note", ADMIN)
	about = {"for_user": ADMIN, "document_type": "CRM Interactions Settings"}
	expected = [f"Note: all {frappe.db.count('Note')} documents have their reference number."]
	assert frappe.get_all("Notification Log", about, pluck="subject") == (expected if notified else [])
