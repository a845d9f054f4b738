"""Pipedrive's export of activities. Imports no Frappe.

The headings are those of the sample data that Pipedrive offers for imports (support.pipedrive.com, *Importing: sample
import spreadsheets*) and of public code that reads the exports; Pipedrive publishes no list of its export's columns.
"""

from datetime import datetime

from crm_interactions.importing.exports import (
	CALL,
	HELD,
	MAIL,
	MEETING,
	PLANNED,
	TASK,
	Column,
	Export,
)
from crm_interactions.importing.readers import (
	Clock,
	LeftOut,
	choice,
	day,
	hours_and_minutes,
	moment,
	on_site,
	several,
	time_of_day,
)

MEDIUM = choice(
	CALL=CALL, EMAIL=MAIL, **dict.fromkeys(("MEETING", "LUNCH"), MEETING), TASK=TASK, DEADLINE=TASK
)
STATUS = choice(
	**dict.fromkeys(("DONE", "YES", "TRUE", "1"), HELD),
	**dict.fromkeys(("TO_DO", "TODO", "UNDONE", "NO", "FALSE", "0"), PLANNED),
)


def _headings(entity: str, *fields: str) -> tuple[str, ...]:
	return tuple(f"{entity} - {field}" for field in fields)


def _settle(values: dict, clock: Clock) -> dict:
	mails, numbers = values.get("mails", ()), values.get("numbers", ())
	medium = values["kind"]
	return {
		"medium": medium,
		"starts_on": _start(values, clock),
		"addresses": (*mails, *numbers) if medium == MAIL else (*numbers, *mails),
		**{name: values.get(name) for name in ("duration", "status", "notes", "place")},
	}


def _start(values: dict, clock: Clock):
	due, at = values.get("starts_on"), values.get("time")
	if not due or at is None:
		return due or values.get("created_on")
	try:
		return on_site(datetime.combine(due, at), f"{due} {at}", clock)
	except LeftOut as left_out:
		left_out.column = "time"
		raise


EXPORTS = (
	Export(
		"Pipedrive activity",
		("title", "kind"),
		{
			"key": Column(_headings("Activity", "ID", "Pipedrive System ID", "System ID")),
			"kind": Column(_headings("Activity", "Type"), MEDIUM),
			"title": Column(_headings("Activity", "Subject")),
			"starts_on": Column(_headings("Activity", "Due date"), day),
			"time": Column(_headings("Activity", "Due time"), time_of_day),
			"created_on": Column(_headings("Activity", "Add time", "Creation date"), moment, "starts_on"),
			"duration": Column(_headings("Activity", "Duration"), hours_and_minutes),
			"status": Column(_headings("Activity", "Done", "Status"), STATUS),
			"notes": Column(_headings("Activity", "Note")),
			"place": Column(_headings("Activity", "Location")),
			"user": Column(_headings("Activity", "Assigned to user")),
			"partner": Column(("Activity - Organization", "Organization - Name", "Organization"), several),
			"people": Column(
				("Activity - Contact person", "Activity - Person", "Person - Name", "Contact person"), several
			),
			"mails": Column(
				(
					*_headings("Person", "Email", "Email - Work", "Email - Home", "Email - Other"),
					*_headings("Person", "Email (Work)", "Email (Home)"),
				),
				several,
			),
			"numbers": Column(
				_headings(
					"Person", "Phone", "Phone - Work", "Phone - Mobile", "Phone - Home", "Phone - Other"
				),
				several,
			),
		},
		_settle,
	),
)
