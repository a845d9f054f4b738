"""The Event of an activity in Google Calendar, with Google replaced (R24)."""

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.followups import google
from tests.site.checks import comments, stored
from tests.site.factories import change_record, interaction
from tests.site.in_calendar import ELEVEN, IVO, MARTA, NINE, TEN, event_of, reject_times

pytestmark = pytest.mark.records_only
GROUP = "marta@group.calendar.google.com"


@pytest.fixture
def connected(planned_call, monkeypatch):
	"""Connect Marta's Google Calendar; return the recorded calls to Google, the queued jobs and a planned call."""
	asked, jobs = [], []
	hook = "frappe.integrations.doctype.google_calendar.google_calendar"
	values = {"calendar_name": "Marta", "user": MARTA, "google_calendar_id": GROUP, "enable": 1}
	values |= {"push_to_google_calendar": 1, "pull_from_google_calendar": 1}
	frappe.get_doc({"doctype": "Google Calendar", **values}).db_insert()
	for name in ("insert_event_in", "update_event_in", "delete_event_from"):
		call = f"{hook}.{name}_google_calendar"
		monkeypatch.setattr(call, lambda doc, method=None, name=name: asked.append(name))
	monkeypatch.setattr(
		frappe, "enqueue", lambda method, **given: jobs.append((method.split(".")[-1], given))
	)
	doc = interaction(responsible=MARTA, starts_on=TEN, duration=1800, add_to_calendar=1)
	return frappe._dict(asked=asked, queued=jobs, doc=doc)


def app_jobs(queued) -> list[str]:
	return [method for method, kwargs in queued if method in ("send_event", "remove_event")]


def fetched(event: str):
	"""Return the Event with a Google ID, as in Frappe's job that fetches changes from Google."""
	frappe.db.set_value("Event", event, "google_calendar_event_id", "g1", update_modified=False)
	return frappe.get_doc("Event", event)


def test_the_event_is_sent_to_the_google_calendar_of_the_responsible_user(connected):
	event = event_of(connected.doc)
	assert (event.sync_with_google_calendar, event.google_calendar) == (1, "Marta")
	assert event.google_calendar_id == GROUP
	assert app_jobs(connected.queued) == ["send_event"]
	connected.queued.clear()
	google.send_event(event.name)
	assert connected.asked.count("update_event_in") >= 1, "Frappe sends it on save"


def test_the_event_is_sent_by_the_job_of_a_colleague_too(connected, as_user):
	as_user(IVO)
	connected.asked.clear()
	google.send_event(connected.doc.event)
	assert "update_event_in" in connected.asked


def test_a_save_does_not_wait_for_google(connected):
	connected.asked.clear()
	change_record(connected.doc.reload(), starts_on=ELEVEN)
	assert connected.asked == []
	assert "send_event" in app_jobs(connected.queued)


def test_without_a_google_calendar_the_event_is_not_synchronised(planned_call):
	assert not event_of(planned_call).sync_with_google_calendar


def test_a_new_responsible_user_removes_the_event_from_the_former_google_calendar(connected):
	fetched(connected.doc.event)
	connected.queued.clear()
	change_record(connected.doc.reload(), responsible=IVO)
	event = event_of(connected.doc)
	assert event.sync_with_google_calendar == 0
	assert (event.google_calendar, event.google_calendar_event_id) == (None, None)
	assert app_jobs(connected.queued) == ["remove_event"]
	((_method, kwargs),) = [job for job in connected.queued if job[0] == "remove_event"]
	google.remove_event(kwargs["values"])


def test_removing_the_event_removes_it_from_google(connected):
	fetched(connected.doc.event)
	connected.queued.clear()
	change_record(connected.doc.reload(), add_to_calendar=0)
	assert app_jobs(connected.queued) == ["remove_event"]


def test_a_change_from_google_moves_the_activity(connected):
	event = fetched(connected.doc.event)
	event.update({"subject": "Call", "description": "as Google has it", "starts_on": NINE, "ends_on": TEN})
	event.save(ignore_permissions=True)
	connected.doc.reload()
	assert (connected.doc.starts_on, connected.doc.ends_on) == (NINE, TEN)


@pytest.mark.parametrize("why", ["completed", "rule"])
def test_a_refused_change_from_google_is_reverted(connected, why, monkeypatch):
	if why == "completed":
		api.complete(connected.doc.doctype, connected.doc.name)
	else:
		reject_times(monkeypatch)
	frappe.local.message_log = []
	event = fetched(connected.doc.event)
	times = ["starts_on", "ends_on"]
	before = stored(event, times)
	event.update({"starts_on": NINE, "ends_on": TEN})
	event.save(ignore_permissions=True)
	assert stored(event, times) == before
	connected.doc.reload()
	# completing an activity before its time moves it to the present
	assert (connected.doc.starts_on == TEN) is (why == "rule")
	notes = comments(connected.doc, comment_type="Info")
	(text,) = (note for note in notes if "as in Google Calendar" in note)
	assert ("completed" if why == "completed" else "is taken") in text
	assert "<b>" not in text
	assert not frappe.local.message_log


def test_an_activity_whose_event_is_deleted_at_google_stays_planned(connected):
	"""Frappe closes the Event by a query and adds a comment."""
	event = fetched(connected.doc.event)
	frappe.db.set_value("Event", event.name, "status", "Closed")
	event.add_comment("Info", " - Event deleted from Google Calendar.")
	connected.doc.reload()
	assert (connected.doc.status, connected.doc.add_to_calendar) == ("Planned", 0)
