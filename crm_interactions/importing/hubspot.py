"""HubSpot's exports of calls, emails, meetings, notes and tasks. Imports no Frappe.

Internal names and values are those of HubSpot's guides to its API (developers.hubspot.com, CRM, Activities). The labels are
those of *HubSpot's default activity properties* (knowledge.hubspot.com) and of public code that reads such files.
"""

from crm_interactions.importing.exports import (
	CALL,
	CANCELLED,
	HELD,
	INCOMING,
	MAIL,
	MEETING,
	NOT_HELD,
	NOTE,
	OUTGOING,
	PLANNED,
	TASK,
	Column,
	Export,
)
from crm_interactions.importing.readers import Clock, choice, milliseconds, moment, several

COMMON = {
	"key": Column(("hs_object_id", "Record ID", "Object ID")),
	"starts_on": Column(("hs_timestamp", "Activity date"), moment),
	"user": Column(("hubspot_owner_id", "Activity assigned to")),
	"partner": Column(("Associated Company", "Associated Companies", "Company name"), several),
	"people": Column(("Associated Contact", "Associated Contacts", "Contact name"), several),
}
# states of a call that never came to an end are those of an unanswered one
CALL_STATUS = choice(
	**dict.fromkeys(("COMPLETED", "IN_PROGRESS"), HELD),
	**dict.fromkeys(("BUSY", "NO_ANSWER", "MISSED", "FAILED", "QUEUED", "RINGING"), NOT_HELD),
	**dict.fromkeys(("CONNECTING", "CALLING_CRM_USER"), NOT_HELD),
	CANCELED=CANCELLED,
)
# blank: the time decides, because HubSpot leaves the outcome of past meetings at SCHEDULED
MEETING_STATUS = choice(
	SCHEDULED="", COMPLETED=HELD, RESCHEDULED=NOT_HELD, NO_SHOW=NOT_HELD, CANCELED=CANCELLED
)
MAIL_STATUS = choice(SENT=HELD, BOUNCED=NOT_HELD, FAILED=NOT_HELD, SCHEDULED="", SENDING="")
TASK_STATUS = choice(
	COMPLETED=HELD, **dict.fromkeys(("NOT_STARTED", "IN_PROGRESS", "WAITING", "DEFERRED"), PLANNED)
)


def _settle_call(values: dict, clock: Clock) -> dict:
	return {**_common(values, CALL), "duration": values.get("duration"), "addresses": _theirs(values)}


def _settle_mail(values: dict, clock: Clock) -> dict:
	return {**_common(values, MAIL), "addresses": _theirs(values)}


def _settle_meeting(values: dict, clock: Clock) -> dict:
	begun = {"starts_on": values.get("begins_on") or values.get("starts_on")}
	return {**_common(values, MEETING), **begun, **_of(values, "ends_on", "agenda", "place")}


def _settle_note(values: dict, clock: Clock) -> dict:
	return {**_common(values, NOTE), "status": HELD}


def _settle_task(values: dict, clock: Clock) -> dict:
	return _common(values, values.get("kind", TASK))


def _common(values: dict, medium: str) -> dict:
	return {"medium": medium, **_of(values, "starts_on", "notes", "status", "direction")}


def _of(values: dict, *names: str) -> dict:
	return {name: values.get(name) for name in names}


def _theirs(values: dict) -> tuple[str, ...]:
	"""Return number or addresses of the person outside; without a direction, nothing tells who that is."""
	side = {INCOMING: "sender", OUTGOING: "receiver"}.get(values.get("direction", ""))
	return values.get(side, ()) if side else ()


EXPORTS = (
	Export(
		"HubSpot call",
		("title",),
		{
			**COMMON,
			"title": Column(("hs_call_title", "Call title")),
			"notes": Column(("hs_call_body", "Call notes")),
			"direction": Column(
				("hs_call_direction", "Call direction"), choice(INBOUND=INCOMING, OUTBOUND=OUTGOING)
			),
			"status": Column(("hs_call_status", "Call status"), CALL_STATUS),
			"duration": Column(("hs_call_duration", "Call duration"), milliseconds),
			"sender": Column(("hs_call_from_number", "From number"), several),
			"receiver": Column(("hs_call_to_number", "To number"), several),
		},
		_settle_call,
	),
	Export(
		"HubSpot email",
		("title",),
		{
			**COMMON,
			"title": Column(("hs_email_subject", "Email subject")),
			"notes": Column(("hs_email_text", "Email body", "hs_email_html", "Email HTML body")),
			# FORWARDED_EMAIL: a forwarded mail of either direction
			"direction": Column(
				("hs_email_direction", "Email direction"),
				choice(EMAIL=OUTGOING, INCOMING_EMAIL=INCOMING, FORWARDED_EMAIL=""),
			),
			"status": Column(("hs_email_status", "Email send status"), MAIL_STATUS),
			"sender": Column(("hs_email_from_email", "Email from address"), several),
			"receiver": Column(("hs_email_to_email", "Email to address"), several),
		},
		_settle_mail,
	),
	Export(
		"HubSpot meeting",
		("title",),
		{
			**COMMON,
			"title": Column(("hs_meeting_title", "Meeting name", "Meeting title")),
			"agenda": Column(("hs_meeting_body", "Meeting description")),
			"notes": Column(("hs_internal_meeting_notes", "Internal meeting notes", "Internal notes")),
			"status": Column(("hs_meeting_outcome", "Meeting outcome"), MEETING_STATUS),
			"begins_on": Column(("hs_meeting_start_time", "Meeting start time", "Start time"), moment),
			"ends_on": Column(("hs_meeting_end_time", "Meeting end time", "End time"), moment),
			"place": Column(("hs_meeting_location", "Meeting location", "Location")),
		},
		_settle_meeting,
	),
	Export(
		"HubSpot task",
		("title",),
		{
			**COMMON,
			"title": Column(("hs_task_subject", "Task title")),
			"notes": Column(("hs_task_body", "Task notes", "Notes")),
			"status": Column(("hs_task_status", "Task status"), TASK_STATUS),
			"kind": Column(
				("hs_task_type", "Task type"),
				choice(CALL=CALL, EMAIL=MAIL, **dict.fromkeys(("TODO", "TO_DO", "LINKED_IN"), TASK)),
			),
		},
		_settle_task,
	),
	Export(
		"HubSpot note", ("notes",), {**COMMON, "notes": Column(("hs_note_body", "Note body"))}, _settle_note
	),
)
