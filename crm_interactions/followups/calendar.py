"""*Add to calendar* (R24): an Event of the platform in the responsible person's calendar, kept in step with the activity.

The system writes it: it belongs to who is responsible, and whoever plans for a colleague may not write to his calendar
otherwise. It is written past the platform's own save, which would ask Google while the chain is held (see `google`). It
names no participants: the platform would copy a private entry into the timeline of the contact person, and Google
would send him an invitation.
"""

import frappe
from frappe.utils import cstr, escape_html, get_datetime, get_url_to_form

from crm_interactions.activities import period
from crm_interactions.followups import google

EVENT = "Event"
OVER = ("Closed", "Cancelled")
# status of the activity → of its Event; for Google's sake a held one isn't Closed, which means deleted there
STATUS = {"Held": "Completed", "Not Held": "Cancelled", "Cancelled": "Cancelled"}
CATEGORIES = {"Phone Call": "Call", "Meeting": "Meeting", "E-mail": "Sent/Received Email", "SMS": "Other"}
OF_CONTENT = ("event_category", "description")


def keep_event(doc, before) -> None:
	"""Take from the database which Event it is; only the server writes that."""
	if doc.meta.has_field("event") and not doc.flags.converted:
		doc.event = before.event if before else None


def prepare_sync(doc) -> None:
	"""Note that the calendar has to follow this save; `on_change` comes without one, too."""
	doc.flags.calendar_follows = bool(
		doc.meta.has_field("event")
		and (doc.add_to_calendar or doc.event)
		and not (doc.flags.converted or doc.flags.moved_by_event)
	)


def sync_event(doc) -> None:
	"""Make, change or delete the Event of a saved activity, whatever the save asks for."""
	if not doc.flags.pop("calendar_follows", False):
		return
	if not doc.add_to_calendar:
		_remove(doc)
	elif doc.event:
		_change(doc)
	else:
		_add(doc)


def on_trash(doc) -> None:
	"""With the activity goes its Event, unless that is another document's by now; one that its owner cancelled stays his."""
	if doc.get("event") and frappe.db.get_value(EVENT, doc.event, "reference_docname") == doc.name:
		_remove(doc)
	frappe.db.set_value(
		EVENT,
		{"reference_doctype": doc.doctype, "reference_docname": doc.name, "status": ("in", OVER)},
		{"reference_doctype": None, "reference_docname": None},
		update_modified=False,
	)


def describe_again(doc) -> None:
	"""Bring up to date what an Event says of an activity that has become another document."""
	if doc.event:
		values = _values(doc)
		_write(doc.event, {field: values[field] for field in OF_CONTENT})


def _add(doc) -> None:
	values = _values(doc)
	owner = values.pop("owner")
	event = frappe.get_doc(
		{
			"doctype": EVENT,
			"event_type": "Private",
			"reference_doctype": doc.doctype,
			"reference_docname": doc.name,
			# the app reminds of activities itself
			"send_reminder": 0,
			**values,
		}
	)
	event.flags.of_activity = True
	event.insert(ignore_permissions=True)  # see above
	# the platform gives everything new to who makes it
	frappe.db.set_value(EVENT, event.name, {"owner": owner, **google.fields_of(owner)}, update_modified=False)
	_point(doc, event.name)
	google.queue_push(event.name)


def _change(doc) -> None:
	"""Write what this save changed; what its owner wrote into the Event himself stays."""
	before = doc.get_doc_before_save()
	values, were = _values(doc), _values(before) if before and before.add_to_calendar else {}
	_write(doc.event, {field: value for field, value in values.items() if not _same(value, were.get(field))})


def _write(event: str, values: dict) -> None:
	there = frappe.db.get_value(EVENT, event, [*values], as_dict=True) if values else {}
	changes = {field: value for field, value in values.items() if not _same(value, there[field])}
	if not changes:
		return
	if "owner" in changes:
		google.withdraw_event(event)
		changes.update(google.fields_of(changes["owner"]))
	frappe.db.set_value(EVENT, event, changes)
	google.queue_push(event)


def _remove(doc) -> None:
	event = doc.event
	_point(doc, None)
	google.withdraw_event(event)
	frappe.delete_doc(
		EVENT,
		event,
		ignore_permissions=True,  # see above
		flags={"of_activity": True},
		delete_permanently=True,
	)


def _point(doc, event: str | None) -> None:
	frappe.db.set_value(doc.doctype, doc.name, "event", event, update_modified=False)
	doc.event = event


def _values(doc) -> dict:
	return {
		"subject": ": ".join(part for part in (doc.party_name, doc.title) if part),
		"event_category": _category(doc),
		"status": STATUS.get(doc.status, "Open"),
		"starts_on": get_datetime(doc.starts_on),
		"ends_on": period.end_of(doc),
		"description": _description(doc),
		"owner": doc.responsible,
	}


def _category(doc) -> str:
	medium = frappe.get_cached_value("Interaction Type", doc.interaction_type, "medium")
	return CATEGORIES.get(medium, "Event")


def _description(doc) -> str:
	"""With whom, whom to ask for and how to reach them, where, and the activity's address; in no language."""
	contact = frappe.db.get_value("Contact", doc.contact, "full_name") if doc.contact else None
	reach = ", ".join(part for part in (contact or doc.contact, doc.how_to_reach) if part)
	lines = (doc.party_name, reach, doc.get("place"), get_url_to_form(doc.doctype, doc.name))
	return "<br>".join(escape_html(line).replace("\n", "<br>") for line in lines if line)


def _same(one, other) -> bool:
	if hasattr(one, "microsecond") and other:
		# forms send seconds, the database keeps microseconds
		return one.replace(microsecond=0) == get_datetime(other).replace(microsecond=0)
	return cstr(one) == cstr(other)
