"""*Add to Calendar* (R24): a Frappe Event in the responsible user's calendar, kept in sync with the activity.

The Event belongs to the responsible user. The system writes it, because a colleague may not write to that calendar.
Changes bypass Frappe's own save, which would call Google while the chain is locked (see `google`). The Event has no
participants: Frappe would copy a private entry into the contact's timeline, and Google would invite the contact.
"""

import frappe
from frappe.utils import cstr, get_datetime, get_url_to_form

from crm_interactions.activities import period
from crm_interactions.followups import google
from crm_interactions.platform.stored_text import as_html

EVENT = "Event"
OVER = ("Closed", "Cancelled")
# activity status → Event status; a held activity isn't Closed, which Frappe reports to Google as deleted
STATUS = {"Held": "Completed", "Not Held": "Cancelled", "Cancelled": "Cancelled"}
CATEGORIES = {"Phone Call": "Call", "Meeting": "Meeting", "E-mail": "Sent/Received Email", "SMS": "Other"}
CONTENT_FIELDS = ("event_category", "description")


def keep_event(doc, before) -> None:
	"""Restore `event`, which only the server sets, from `before`, or clear it without one; skip converted documents."""
	if doc.meta.has_field("event") and not doc.flags.converted:
		doc.event = before.event if before else None


def prepare_sync(doc) -> None:
	"""Set the flag for `sync_event` if the activity has or wants an Event, unless converted or moved by its Event."""
	doc.flags.calendar_follows = bool(
		doc.meta.has_field("event")
		and (doc.add_to_calendar or doc.event)
		and not (doc.flags.converted or doc.flags.moved_by_event)
	)


def sync_event(doc) -> None:
	"""Create, update or delete the Event of a saved activity, ignoring permissions, if `prepare_sync` set the flag.

	The Event of a held activity is Completed, that of a cancelled or not held one Cancelled; it is deleted only if *Add
	to Calendar* is off. A new responsible user takes it over. Else an update writes only the values that this save
	changed, so that the user's own edits stay. A job after the commit updates Google. Writing `event` keeps `modified`.
	The flag is needed because `on_change` also fires without a save.
	"""
	if not doc.flags.pop("calendar_follows", False):
		return
	if not doc.add_to_calendar:
		_remove(doc)
	elif doc.event:
		_change(doc)
	else:
		_add(doc)


def on_trash(doc) -> None:
	"""Delete the Event of an activity that is being deleted, also from Google, ignoring permissions.

	Other Events that refer to it are unlinked if closed or cancelled; open ones make Frappe refuse the deletion.
	"""
	if doc.get("event") and frappe.db.get_value(EVENT, doc.event, "reference_docname") == doc.name:
		_remove(doc)
	frappe.db.set_value(
		EVENT,
		{"reference_doctype": doc.doctype, "reference_docname": doc.name, "status": ("in", OVER)},
		{"reference_doctype": None, "reference_docname": None},
		update_modified=False,
	)


def refresh_content(doc) -> None:
	"""Update category and description of the Event, also in Google, after the activity became another document."""
	if doc.event:
		values = _values(doc)
		_write(doc.event, {field: values[field] for field in CONTENT_FIELDS})


def _add(doc) -> None:
	values = _values(doc)
	owner = values.pop("owner")
	event = frappe.get_doc(
		{
			"doctype": EVENT,
			"event_type": "Private",
			"reference_doctype": doc.doctype,
			"reference_docname": doc.name,
			# the app sends its own reminders
			"send_reminder": 0,
			**values,
		}
	)
	event.flags.of_activity = True
	event.insert(ignore_permissions=True)  # written by the system, see the module's docstring
	# Frappe sets the session's user as the owner of a new document
	frappe.db.set_value(EVENT, event.name, {"owner": owner, **google.fields_of(owner)}, update_modified=False)
	_set_event(doc, event.name)
	google.queue_push(event.name)


def _change(doc) -> None:
	"""Write the values that this save changed; the owner's own edits to the Event stay."""
	before = doc.get_doc_before_save()
	values, old = _values(doc), _values(before) if before and before.add_to_calendar else {}
	_write(doc.event, {field: value for field, value in values.items() if not _same(value, old.get(field))})


def _write(event: str, values: dict) -> None:
	stored = frappe.db.get_value(EVENT, event, [*values], as_dict=True) if values else {}
	changes = {field: value for field, value in values.items() if not _same(value, stored[field])}
	if not changes:
		return
	if "owner" in changes:
		google.withdraw_event(event)
		changes.update(google.fields_of(changes["owner"]))
	frappe.db.set_value(EVENT, event, changes)
	google.queue_push(event)


def _remove(doc) -> None:
	event = doc.event
	_set_event(doc, None)
	google.withdraw_event(event)
	frappe.delete_doc(
		EVENT,
		event,
		ignore_permissions=True,  # written by the system, see the module's docstring
		flags={"of_activity": True},
		delete_permanently=True,
	)


def _set_event(doc, event: str | None) -> None:
	frappe.db.set_value(doc.doctype, doc.name, "event", event, update_modified=False)
	doc.event = event


def _values(doc) -> dict:
	return {
		"subject": ": ".join(part for part in (doc.party_name, doc.title) if part),
		"event_category": _category(doc),
		"status": STATUS.get(doc.status, "Open"),
		"starts_on": get_datetime(doc.starts_on),
		"ends_on": period.shown_end(doc),
		"description": _description(doc),
		"owner": doc.responsible,
	}


def _category(doc) -> str:
	medium = frappe.get_cached_value("Interaction Type", doc.interaction_type, "medium")
	return CATEGORIES.get(medium, "Event")


def _description(doc) -> str:
	"""Return partner, contact, place and the activity's URL as HTML, without words to translate."""
	contact = frappe.db.get_value("Contact", doc.contact, "full_name") if doc.contact else None
	person = ", ".join(part for part in (contact or doc.contact, doc.how_to_reach) if part)
	lines = (doc.party_name, person, doc.get("place"), get_url_to_form(doc.doctype, doc.name))
	return "<br>".join(as_html(line).replace("\n", "<br>") for line in lines if line)


def _same(value, other) -> bool:
	if hasattr(value, "microsecond") and other:
		# forms send seconds, the database keeps microseconds
		return value.replace(microsecond=0) == get_datetime(other).replace(microsecond=0)
	return cstr(value) == cstr(other)
