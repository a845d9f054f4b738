"""HTTP methods for activities; PermissionError means a missing right, DoesNotExistError an unknown name."""

import math

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.activities import completion
from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.capture import telephony
from crm_interactions.chains import bulk
from crm_interactions.chains.results import Result
from crm_interactions.clock import site_time
from crm_interactions.controllers import validation
from crm_interactions.day import snoozing
from crm_interactions.followups import converting, finishing, rules
from crm_interactions.supervision import bulk_review

COMPLETABLE = rules.PLANNING


@frappe.whitelist(methods=["POST"])
@arguments.checked
def complete(
	activity_type: str,
	activity: str,
	outcome: str | None = None,
	then: str = finishing.NOTHING,
	next: str | dict | None = None,
	note: Text | None = None,
	reason: Text | None = None,
	result: str | None = None,
	result_amount: float | int | str | None = None,
	result_currency: str | None = None,
) -> dict:
	"""Complete an activity, which makes it read-only (R9), and optionally plan the next step or close the chain (B3).

	A planned activity becomes Held and, if it starts in the future and has no resources, moves to now. A new next step
	is planned in the same chain and assigned to the responsible user; a planned one moves to the given number or date.

	Args:
		activity_type, activity: "Interaction" or "Meeting", and its name.
		outcome: name of an Interaction Outcome; the current one by default.
		then: "nothing", "plan" (the next step) or "close" (the chain, cancelling its planned activities).
		next: for "plan": `next_type`, `next_doctype`, `next_in` and `next_unit` (Hours, Days, Weeks, Months) or
			`next_on`, `next_title`; missing values come from the type's rules for the outcome.
		note, reason: plain text to append to the activity's notes; for "close", why contact ends.
		result, result_amount, result_currency: for "close", the result of the chain, as for `chain.close`.

	Returns: `name`, `status`, `completed_by`, `completed_on`, `next_activity_type`, `next_activity`, `next_step`
		(`interaction_type`, `title`, `starts_on` and `modified` of that activity, or None) and `closed` (chain or None).

	Raises: PermissionError, for "close" also for the chain or its planned activities; CompletedError if the activity is
		already completed; MandatoryError if it or the next step lacks a required value; ChainClosedError for a new step
		in a closed chain; ValidationError for another `then`, a chain to close that isn't open, or a step to move that
		isn't planned any more; ChangedMeanwhileError.
	"""
	doc = _get(activity_type, activity)
	done = finishing.finish_activity(
		doc,
		outcome=outcome,
		note=note,
		then=then,
		next_step=_dict(next),
		reason=reason,
		ended=Result(result, result_amount, result_currency),
	)
	return {**{field: doc.get(field) for field in ("name", "status", "completed_by", "completed_on")}, **done}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def complete_many(
	activity_type: str,
	activities: str | list,
	outcome: str | None = None,
	then: str = finishing.NOTHING,
	next: str | dict | None = None,
	note: Text | None = None,
	reason: Text | None = None,
	result: str | None = None,
	result_amount: float | int | str | None = None,
	result_currency: str | None = None,
) -> dict:
	"""Complete up to 500 activities of one type, each independently of the others; other arguments as for `complete`.

	Returns: `done` (names) and `refused` (rows of `activity` and `reason`; unknown names, too), which stay unchanged.

	Raises: PermissionError without write permission on the type; ValidationError for more than 500 activities;
		ChangedMeanwhileError, with nothing saved.
	"""
	_require_completable(activity_type)
	frappe.has_permission(activity_type, "write", throw=True)
	return finishing.finish_many(
		[(activity_type, str(name)) for name in _list(activities)],
		outcome=outcome,
		note=note,
		then=then,
		next_step=_dict(next),
		reason=reason,
		ended=Result(result, result_amount, result_currency),
	)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def snooze(activity_type: str, activity: str, to: str) -> dict:
	"""Put off planned work: an Interaction, a Meeting, or a ToDo, Event, Task or CRM Task (B11).

	Args:
		to: "hour" (from now), "tomorrow" (at 9:00), "week" (from today, at the planned time of day), or the new time in the
			site's time zone. Days are those of the user's clock. A document with a date alone takes the day.

	Returns: `date` and `former`, the new and the former time, as stored.

	Raises: PermissionError; ValidationError for a document that isn't planned, a type whose time can't be changed here,
		or a `to` that is no time; ChangedMeanwhileError, and as a save with the new time.
	"""
	snoozing.require_type(activity_type)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("write")
	return snoozing.snooze(doc, to if to in snoozing.SPANS else arguments.moment(to, "to"), site_time.now())


@frappe.whitelist(methods=["POST"])
@arguments.checked
def plan_next(activity_type: str, activity: str, next: str | dict | None = None) -> dict:
	"""Plan the next step of an activity, completed or not; the existing step of an uncompleted activity is moved (R22).

	`next` is as for `complete`; if it is empty, the rules give the step, or an uncompleted activity keeps its plan. Of
	a completed activity, only plan, link and `modified` are written.

	Returns: `next_activity_type` and `next_activity`.

	Raises: PermissionError; MandatoryError without a date; ChainClosedError; ValidationError if a completed activity
		has a next step, or if the step to move is no longer planned; ChangedMeanwhileError.
	"""
	return finishing.plan_next(_get(activity_type, activity), _dict(next))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def convert(activity_type: str, activity: str, interaction_type: str) -> dict:
	"""Convert a planned activity to another type: a call, a meeting, an e-mail or an SMS (R25).

	From or to a type with the medium Meeting, a new document with a new number takes over its chain, references,
	assignments and shares, and the old one is deleted for good; this takes no right to delete. A comment lists values
	without a field in the new document. Otherwise only the type changes.

	Returns: `doctype` and `name` of the converted activity.

	Raises: PermissionError, also to create the new document; DoesNotExistError for an unknown type; ValidationError if
		the activity isn't planned, lacks values that the new type requires, or is linked by another app's Link field.
	"""
	doc = converting.convert(_get(activity_type, activity), interaction_type)
	return {"doctype": doc.doctype, "name": doc.name}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def log(
	event: str,
	idempotency_key: str,
	from_number: str | None = None,
	to_number: str | None = None,
	direction: str = telephony.INCOMING,
	user: str | None = None,
	starts_on: str | None = None,
	duration: float | int | str | None = None,
	recording_url: Text | None = None,
	title: Text | None = None,
	notes: Text | None = None,
) -> dict:
	"""Report an event of a telephone call, for any telephone system (docs/telephony.md).

	A ringing call is stored nowhere: the user who is called sees a card. Each later event with the same key creates or
	updates one interaction, or one captured item if the number has no partner. Values that a user changed since stay, and
	a completed interaction stays as it is.

	Args:
		event: "ringing", "answered", "missed", or "ended" after an answered call.
		idempotency_key: number of the call in the telephone system, the same in all its events.
		from_number, to_number: as reported, in E.164 or national; later events may leave them out. Without the number of
			the person outside, as of a caller who withholds it, nothing is stored.
		direction: "Incoming" or "Outgoing".
		user: who is called or calls; by default the user, or the employee's, with our number.
		starts_on: in the site's time zone; by default the time of the first event that is stored.
		duration: seconds of the conversation.
		recording_url: address of the recording.
		title, notes: plain text.

	Returns: `doctype` and `name`, both None if nothing is stored, and `reason` why not: "no number", "internal",
		"excluded" or "daily limit"; None for a ringing call.

	Raises: PermissionError without the right to create interactions, or to write the call that another user reported
		with this key; ValidationError naming the wrong argument; OptionOffError if calls are switched off;
		ChangedMeanwhileError if too many requests have the same key.
	"""
	frappe.has_permission("Interaction", "create", throw=True)
	ours, theirs = (to_number or "").strip(), (from_number or "").strip()
	is_outgoing = direction.strip().capitalize() == telephony.OUTGOING
	return telephony.log_call(
		telephony.Report(
			event=event.strip().lower(),
			key=idempotency_key,
			direction=direction.strip().capitalize(),
			theirs=ours if is_outgoing else theirs,
			ours=theirs if is_outgoing else ours,
			user=user or None,
			starts_on=arguments.moment(starts_on, "starts_on") if starts_on else None,
			duration=_seconds(duration),
			recording=recording_url or "",
			title=title or "",
			text=notes or "",
		)
	)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def proposal(activity_type: str, activity: str, outcome: str | None = None) -> dict:
	"""Return the next step that the type's rules propose for an outcome, by default the activity's; nothing is planned.

	Returns: `next_doctype`, `next_type`, `next_in`, `next_unit`, `next_on`, `next_title`; `times`, the number of
		successive activities with this outcome (1 if the rule has no limit); `ask`, true beyond the rule's limit; and
		fields for the dialog. Without a rule for it or for all outcomes, or if `ask` is true, the step is only the
		activity's own type and DocType.
	"""
	_require_completable(activity_type)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("read")
	return finishing.propose_next_step(doc, outcome)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_due(
	next_in: int,
	next_unit: str,
	starts_on: str | None = None,
	ends_on: str | None = None,
	responsible: str | None = None,
	company: str | None = None,
	duration: float | str | None = None,
	completed: int = 0,
) -> str:
	"""Return the date and time a number of units after an activity, saved or not, as text in the site's time zone.

	Args:
		next_in, next_unit: from 0 to 10,000 Hours, Days, Weeks or Months.
		starts_on, ends_on, duration (seconds): period of the activity, whose end counts; without a start, or if the result
			has passed, now counts.
		responsible: user whose time zone (or the site's) and, if set, working time apply; by default the session's.
		company: company whose holidays apply if the user has no holiday list.
		completed: 1 for an activity that is completed now, which ends its period.

	Raises: PermissionError without read permission on interactions; ValidationError for an invalid value.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	about = {"company": company, "duration": duration, "completed": completed}
	return str(finishing.find_due_date(next_in, next_unit, starts_on, ends_on, responsible, **about))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def reopen(activity_type: str, activity: str, reason: Text | None = None) -> dict:
	"""Reopen a completed activity; store user, time and reason on it and in its timeline (R9).

	Status, time, assignments, calendar event and, if the completion closed it, the chain are as before the completion,
	unless they were changed since. A planned next step stays.

	Returns: `name`, `status`, `reopened_by` and `reopened_on`.

	Raises: PermissionError without write permission on level 2; ValidationError if the activity isn't completed.
	"""
	doc = _get(activity_type, activity)
	completion.reopen(doc, reason)
	return {field: doc.get(field) for field in ("name", "status", "reopened_by", "reopened_on")}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def reopen_many(activity_type: str, activities: str | list, reason: Text | None = None) -> dict:
	"""Reopen up to 500 activities of one type, each independently of the others, as `reopen` does (R9).

	Returns: `done` (names) and `refused` (rows of `activity` and `reason`), for example without the right to reopen.

	Raises: PermissionError without write permission on the type; ValidationError for more than 500 activities;
		ChangedMeanwhileError, with nothing saved.
	"""
	_require_completable(activity_type)
	frappe.has_permission(activity_type, "write", throw=True)
	pairs = [(activity_type, str(name)) for name in _list(activities)]
	return bulk.change_each(pairs, lambda *pair: completion.reopen(frappe.get_doc(*pair), reason))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def review(activities: str | list, reviewed: bool | int = True, review_again_on: str | None = None) -> dict:
	"""Mark activities as reviewed, recording user and time unless they are already, or take their reviews back (R12).

	Args:
		activities: rows of `activity_type` ("Interaction" or "Meeting") and `activity`; at most 500.
		reviewed: 0 takes the reviews back.
		review_again_on: future day on which the reviews expire; a blank one also clears the day of earlier reviews.

	Returns: `done` (names) and `refused` (rows of `activity` and `reason`), for example without the right to review.

	Raises: PermissionError without write permission on interactions; ValidationError for none or more than 500 rows.
	"""
	frappe.has_permission("Interaction", "write", throw=True)
	values = {"reviewed": int(bool(cint(reviewed))), "review_again_on": review_again_on or None}
	return bulk_review.change_many(_pairs(activities), values)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def control(activities: str | list, under_control: bool | int = True, control_on: str | None = None) -> dict:
	"""Put activities under control, or end the control and clear its day; all else as for `review` (R12).

	On `control_on`, the supervisor checks the activities; a blank day also clears an earlier one.
	"""
	frappe.has_permission("Interaction", "write", throw=True)
	values = {"under_control": int(bool(cint(under_control))), "control_on": control_on or None}
	return bulk_review.change_many(_pairs(activities), values)


def _get(activity_type: str, activity: str):
	_require_completable(activity_type)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("write")
	return doc


def _require_completable(activity_type: str) -> None:
	if activity_type not in COMPLETABLE:
		frappe.throw(
			_("Only {0} can be completed and reopened.").format(", ".join(_(d) for d in COMPLETABLE))
		)


def _seconds(value: float | str | None) -> float | None:
	if value is None or value == "":
		return None
	try:
		seconds = float(value)
	except ValueError:
		seconds = math.nan
	if not math.isfinite(seconds):
		frappe.throw(_("{0} is no duration. Send it in seconds.").format(validation.bold(value)))
	return seconds


def _dict(value: str | dict | None) -> dict:
	found = validation.parse_json(value, "next") or {}
	if not isinstance(found, dict):
		frappe.throw(
			_("The next step is not an object. Send one such as {0}.").format(
				'{"next_in": 2, "next_unit": "Days"}'
			)
		)
	return found


def _list(value: str | list) -> list:
	found = validation.parse_json(value, "activities") or []
	if not isinstance(found, list):
		frappe.throw(_("The activities are not a list. Send them as a list."))
	return found


def _pairs(value: str | list) -> list[tuple[str, str]]:
	"""Return (type, name) pairs of the submitted activities."""
	found = _list(value)
	# `_list` turns an empty object into an empty list
	if not found or not all(
		isinstance(row, dict) and row.get("activity_type") and row.get("activity") for row in found
	):
		frappe.throw(
			_("Activities are missing or not objects. Send each activity as an object such as {0}.").format(
				'{"activity_type": "Interaction", "activity": "INT-2026-00001"}'
			)
		)
	return [(str(row["activity_type"]), str(row["activity"])) for row in found]
