"""The platform's Google Calendar integration, asked by a job after the save.

It talks to Google inside every save of an Event. A save of an activity holds its chain, so it must neither wait for
Google nor fail with it.
"""

import frappe

EVENT = "Event"
OF_GOOGLE = ("google_calendar", "google_calendar_id", "google_calendar_event_id")


def fields_of(user: str) -> dict:
	"""Return the fields of an Event that is synchronised with this user's Google calendar, or with none."""
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
	"""Queue the sending of an Event to the Google calendar that it is synchronised with, if any."""
	if frappe.db.get_value(EVENT, event, "sync_with_google_calendar"):
		frappe.enqueue(
			"crm_interactions.followups.google.send_event",
			enqueue_after_commit=True,
			event=event,
		)


def send_event(event: str) -> None:
	"""Save an Event as it is; the platform's own save sends it."""
	if not frappe.db.exists(EVENT, event):
		return
	doc = frappe.get_doc(EVENT, event)
	doc.flags.of_activity = True
	doc.save(ignore_permissions=True)  # the user of the job saved the activity and may not own the event


def withdraw_event(event: str) -> None:
	"""Take an Event off Google, and queue its removal there."""
	there = frappe.db.get_value(EVENT, event, OF_GOOGLE, as_dict=True)
	if not there.google_calendar:
		return
	values = dict.fromkeys((*OF_GOOGLE, "google_meet_link"))
	frappe.db.set_value(EVENT, event, {**values, "sync_with_google_calendar": 0}, update_modified=False)
	if there.google_calendar_event_id:
		frappe.enqueue(
			"crm_interactions.followups.google.remove_event",
			enqueue_after_commit=True,
			values={"name": event, **there},
		)


def remove_event(values: dict) -> None:
	"""Remove from Google what an Event was there.

	Args:
		values: `name` of the Event and what it had in `OF_GOOGLE`.
	"""
	from frappe.integrations.doctype.google_calendar.google_calendar import delete_event_from_google_calendar

	delete_event_from_google_calendar(frappe._dict(values))
