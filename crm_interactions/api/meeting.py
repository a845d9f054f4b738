"""HTTP methods for meetings: check, call, answer."""

import frappe
from frappe import _

from crm_interactions.activities import period
from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.apps import exchange_rates
from crm_interactions.availability import day as availability
from crm_interactions.availability import people as availability_people
from crm_interactions.controllers import validation
from crm_interactions.invitations import meeting as invitations
from crm_interactions.resources.periods import USUAL

# users and resources of one question
MOST_ROWS = 50


@frappe.whitelist(methods=["POST"])
@arguments.checked
def invite(meeting: str, message: Text | None = None, left_out: Text | list | None = None) -> dict:
	"""Invite the participants with an e-mail address to a planned meeting, and save the meeting (R13).

	New ones get a queued e-mail, with `message` (plain text) above the details and with a calendar file; the timeline
	shows it. Participants invited before get the changes, removed ones a removal.

	Args:
		left_out: a list of addresses that get no invitation, neither now nor by later saves; none by default.

	Returns: `invited` (all addresses), `without_address` (names that no e-mail reaches) and `invited_on` (first time).

	Raises: PermissionError without write permission; ValidationError if the meeting isn't planned, or without an
		address or anything new to send; OutgoingEmailError if the site can't send e-mail.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("write")
	return invitations.invite_participants(doc, message, arguments.names(left_out, "left_out"))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def invitees(meeting: str) -> dict:
	"""Return the participants with an e-mail address that `invite` reaches, invited before or not; nothing is sent.

	Returns: `rows` of `email`, `full_name`, `invited` (1 if already invited), `left_out` (1 if left out) and `when`, the
		time in the recipient's zone; `without_address`, `open` (False if the meeting is no longer planned) and
		`reply_to`, the address for replies.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return invitations.preview_invitees(doc)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview_invitation(meeting: str, email: str) -> dict:
	"""Return the invitation that a participant would get, in the recipient's language and time zone; nothing is sent.

	Returns: `subject`, `opening`, `title`, `when`, `place`, `participants`, `agenda` and `closing`, all plain text, and
		their `labels`.

	Raises: PermissionError without read permission; ValidationError for an address that no invitation reaches.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return invitations.preview_mail(doc, email)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def costs(meeting: str) -> dict:
	"""Return the costs of a meeting in its company's currency, if ERPNext has a rate (R13).

	Returns: `expected_cost` and `actual_cost`, each with `amount`, `currency`, `rate` and the `date` of the rate;
		without costs that are already in the company's currency or have no rate. Empty without ERPNext.

	Raises: PermissionError without read permission.
	"""
	doc = frappe.get_doc("Meeting", meeting)
	doc.check_permission("read")
	return exchange_rates.costs_of(doc)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_availability(
	starts_on: str,
	ends_on: str | None = None,
	duration: int | str | None = None,
	people: Text | list | None = None,
	resources: Text | list | None = None,
	meeting: str | None = None,
) -> dict:
	"""Return when users and resources are busy on the day of a meeting's start, in the reader's time zone (R13, R14).

	Planned interactions, meetings and calendar events count. Their topics are told only to readers of the documents.

	Args:
		starts_on, ends_on, duration: the meeting's time; without end and duration (seconds), an hour.
		people: a list of pairs such as ["User", "ana@example.com"]; employees stand for their users. A name alone is a user.
		resources: a list of names; a pair with start and end, such as ["Car", "2026-03-02 09:00:00", "2026-03-02
			17:00:00"], has a time of its own.
		meeting: the name of the meeting, whose own times don't count.

	Returns: as `availability.day.read_day`. Unknown and disabled users, and unreadable resources, are left out.

	Raises: PermissionError without read permission on meetings; ValidationError for an invalid date or list, and for more
		than 50 users or resources.
	"""
	frappe.has_permission("Meeting", "read", throw=True)
	times = frappe._dict(starts_on=arguments.moment(starts_on, "starts_on"), duration=duration)
	times.ends_on = arguments.moment(ends_on, "ends_on") if ends_on else None
	asked = availability.Asked(
		chosen=period.period_of(times, usual=USUAL),
		users=availability_people.list_users([(row[0], row[1]) for row in _rows(people, "people", (1, 2))]),
		resources={row[0]: _own_period(row) for row in _rows(resources, "resources", (1, 3))},
		meeting=meeting,
	)
	return availability.read_day(asked)


def _rows(value, what: str, lengths: tuple[int, ...]) -> list[list[str]]:
	"""Return a list of lists of texts; a single text of `people` is a user, one of `resources` a name."""
	found = validation.parse_json(value, what) or []
	rows = [[row] if isinstance(row, str) else row for row in found] if isinstance(found, list) else [None]
	if not all(
		isinstance(row, list) and len(row) in lengths and all(isinstance(part, str) for part in row)
		for row in rows
	):
		validation.refuse(what)
	if len(rows) > MOST_ROWS:
		frappe.throw(
			_("{0} has more than {1} entries. Ask for fewer.").format(validation.bold(what), MOST_ROWS)
		)
	return [["User", *row] if what == "people" and len(row) == 1 else row for row in rows]


def _own_period(row: list[str]):
	return (arguments.moment(row[1], "from"), arguments.moment(row[2], "to")) if len(row) == 3 else None
