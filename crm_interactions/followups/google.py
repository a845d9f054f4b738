"""Frappe's Google Calendar integration, called from a job after the save.

Frappe calls Google inside every save of an Event. A save of an activity locks its chain, so it must neither wait for
Google nor fail with it.
"""

import frappe
from frappe.utils import now

from crm_interactions.platform.stored_text import as_typed

EVENT = "Event"
GOOGLE_FIELDS = ("google_calendar", "google_calendar_id", "google_calendar_event_id")


def fields_of(user: str) -> dict:
	"""Return the Google fields of an Event for the user's oldest enabled calendar with push; 0 and None without one."""
	found = frappe.db.get_value(
		"Google Calendar",
		{"user": user, "enable": 1, "push_to_google_calendar": 1},
		["name", "google_calendar_id"],
		as_dict=True,
		order_by="creation asc",
	)
	return {
		"sync_with_google_calendar": 1 if found else 0,
		"google_calendar": found and found.name,
		"google_calendar_id": found and found.google_calendar_id,
	}


def queue_push(event: str) -> None:
	"""Queue a job that sends an Event to Google after the commit, if the Event is synchronised."""
	if frappe.db.get_value(EVENT, event, "sync_with_google_calendar"):
		frappe.enqueue("crm_interactions.followups.google.send_event", enqueue_after_commit=True, event=event)


def send_event(event: str) -> None:
	"""Send an Event to Google as it is stored, if it exists; Google refuses by ValidationError."""
	# imported here, because Google's library is large
	from frappe.integrations.doctype.google_calendar.google_calendar import update_event_in_google_calendar

	if not frappe.db.exists(EVENT, event):
		return
	doc = frappe.get_doc(EVENT, event)
	doc.load_doc_before_save()
	# Frappe sends the subject as it is stored, and Google shows it as text
	doc.subject = as_typed(doc.subject)
	# Frappe sends no Event that is unchanged since its creation
	doc.modified = now()
	update_event_in_google_calendar(doc)


def withdraw_event(event: str) -> None:
	"""Clear the Google fields, if set, of an existing Event, and queue a job that removes it there after the commit."""
	stored = frappe.db.get_value(EVENT, event, GOOGLE_FIELDS, as_dict=True)
	if not stored.google_calendar:
		return
	values = dict.fromkeys((*GOOGLE_FIELDS, "google_meet_link"))
	frappe.db.set_value(EVENT, event, {**values, "sync_with_google_calendar": 0}, update_modified=False)
	if stored.google_calendar_event_id:
		frappe.enqueue(
			"crm_interactions.followups.google.remove_event",
			enqueue_after_commit=True,
			values={"name": event, **stored},
		)


def remove_event(values: dict) -> None:
	"""Remove an Event (`name`, former `GOOGLE_FIELDS`) from Google; show its refusal as a message, raise all else."""
	from frappe.integrations.doctype.google_calendar.google_calendar import delete_event_from_google_calendar

	delete_event_from_google_calendar(frappe._dict(values))
