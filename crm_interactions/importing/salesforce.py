"""Salesforce's exports of Task, Event, EmailMessage and Note, by the names of its API. Imports no Frappe.

Names and values are those of Salesforce's *Object Reference* and *Field Reference Guide* (developer.salesforce.com). Its
reports name columns by labels and write dates in the user's format; they aren't read.
"""

import string

from crm_interactions.importing.exports import (
	CALL,
	HELD,
	INCOMING,
	MAIL,
	MEETING,
	NOTE,
	OUTGOING,
	PLANNED,
	TASK,
	Column,
	Export,
)
from crm_interactions.importing.readers import (
	Clock,
	choice,
	day,
	first_day,
	minutes,
	moment,
	seconds,
	several,
	yes_or_no,
)

DAY = 24 * 60 * 60
SHORT, PART = 15, 5
CHECK = string.ascii_uppercase + "012345"
STATUS = choice(
	COMPLETED=HELD,
	**dict.fromkeys(("NOT_STARTED", "IN_PROGRESS", "WAITING_ON_SOMEONE_ELSE", "DEFERRED"), PLANNED),
)


def long_id(value: str, clock: Clock) -> str:
	"""Return an ID in 18 characters, of which no two differ in capitals only, as those of 15 characters may."""
	if len(value) != SHORT:
		return value
	parts = (value[start : start + PART] for start in range(0, SHORT, PART))
	capitals = (sum(char.isupper() << place for place, char in enumerate(part)) for part in parts)
	return value + "".join(CHECK[number] for number in capitals)


def _settle_task(values: dict, clock: Clock) -> dict:
	status = (HELD if values["closed"] else PLANNED) if "closed" in values else values.get("status")
	medium = values.get("kind", TASK)
	return {
		"medium": medium,
		"starts_on": values.get("starts_on") or values.get("completed_on") or values.get("created_on"),
		"status": status,
		"addresses": _addresses(values, medium),
		**_of(values, "duration", "direction", "notes"),
	}


def _settle_event(values: dict, clock: Clock) -> dict:
	made = {"medium": MEETING, "addresses": _addresses(values, MEETING), **_of(values, "notes", "place")}
	length = values.get("duration")
	if values.get("whole_day"):
		# a meeting of one day needs no length
		return {**made, "starts_on": values.get("day"), "duration": length if (length or 0) > DAY else None}
	return {**made, "duration": length, **_of(values, "starts_on", "ends_on")}


def _settle_mail(values: dict, clock: Clock) -> dict:
	direction = INCOMING if values.get("incoming") else OUTGOING
	return {
		"medium": MAIL,
		"direction": direction,
		"status": HELD,
		"starts_on": values.get("starts_on") or values.get("created_on"),
		"addresses": values.get("sender" if direction == INCOMING else "receiver", ()),
		**_of(values, "notes"),
	}


def _settle_note(values: dict, clock: Clock) -> dict:
	return {"medium": NOTE, "status": HELD, **_of(values, "starts_on", "notes")}


def _addresses(values: dict, medium: str) -> tuple[str, ...]:
	order = ("mail", "number") if medium == MAIL else ("number", "mail")
	return tuple(values[name] for name in order if name in values)


def _of(values: dict, *names: str) -> dict:
	return {name: values.get(name) for name in names}


COMMON = {
	"key": Column(("Id",), long_id),
	"title": Column(("Subject", "Title")),
	"user": Column(("Owner.Email", "Owner.Name", "OwnerId")),
}
PERSON = {
	"partner": Column(("Account.Name", "What.Name", "AccountId"), several),
	"people": Column(("Who.Name",), several),
	"mail": Column(("Who.Email",)),
	"number": Column(("Who.Phone",)),
}
CREATED = Column(("CreatedDate",), moment, "starts_on")

EXPORTS = (
	Export(
		"Salesforce event",
		("starts_on",),
		{
			**COMMON,
			**PERSON,
			"whole_day": Column(("IsAllDayEvent",), yes_or_no),
			"day": Column(("ActivityDate", "StartDateTime"), first_day),
			"starts_on": Column(("StartDateTime", "ActivityDateTime"), moment),
			"ends_on": Column(("EndDateTime",), moment),
			"duration": Column(("DurationInMinutes",), minutes),
			"notes": Column(("Description",)),
			"place": Column(("Location",)),
		},
		_settle_event,
	),
	Export(
		"Salesforce email",
		("sender",),
		{
			**COMMON,
			"user": Column(("CreatedBy.Email", "CreatedBy.Name", "CreatedById")),
			"partner": Column(("RelatedTo.Name", "RelatedToId"), several),
			"people": Column(()),
			"starts_on": Column(("MessageDate",), moment),
			"created_on": CREATED,
			"incoming": Column(("Incoming",), yes_or_no),
			"sender": Column(("FromAddress",), several),
			"receiver": Column(("ToAddress",), several),
			"notes": Column(("TextBody", "HtmlBody")),
		},
		_settle_mail,
	),
	Export(
		"Salesforce note",
		("notes",),
		{
			**COMMON,
			"partner": Column(("Parent.Name", "ParentId"), several),
			# a note belongs to an account or to a person
			"people": Column(("Parent.Name",), several),
			"starts_on": Column(("CreatedDate",), moment),
			"notes": Column(("Body",)),
		},
		_settle_note,
	),
	Export(
		"Salesforce task",
		("title", "status"),
		{
			**COMMON,
			**PERSON,
			"starts_on": Column(("ActivityDate",), day),
			"completed_on": Column(("CompletedDateTime",), moment, "starts_on"),
			"created_on": CREATED,
			# other values than Salesforce's own need this column, which tells what they mean
			"closed": Column(("IsClosed",), yes_or_no),
			"status": Column(("Status",), STATUS, "closed"),
			"kind": Column(
				("TaskSubtype",),
				choice(
					CALL=CALL,
					**dict.fromkeys(("EMAIL", "LISTEMAIL"), MAIL),
					**dict.fromkeys(("TASK", "CADENCE", "LINKEDIN"), TASK),
				),
			),
			"direction": Column(("CallType",), choice(INBOUND=INCOMING, OUTBOUND=OUTGOING, INTERNAL="")),
			"duration": Column(("CallDurationInSeconds",), seconds),
			"notes": Column(("Description",)),
		},
		_settle_task,
	),
)
