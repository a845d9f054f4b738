"""Activities through HTTP: check, call, answer."""

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.activities import completion
from crm_interactions.api import arguments
from crm_interactions.controllers import validation
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
	note: str | None = None,
	reason: str | None = None,
) -> dict:
	"""Complete an activity, which makes it read-only (R9), and say what happens next (B3).

	Args:
		activity_type: "Interaction" or "Meeting".
		activity: its name.
		outcome: name of an Interaction Outcome; left out, the one that is there stays.
		then: "nothing", "plan" (the next step) or "close" (the chain, with what is planned in it).
		next: for "plan": `next_type`, `next_doctype`, `next_in` and `next_unit` (Hours, Days, Weeks, Months) or `next_on`,
			`next_title`; what is left out comes from the rules of the type for this outcome.
		note: plain text, added to the activity's note.
		reason: for "close": why contact ends.

	Returns: `name`, `status`, `completed_by`, `completed_on`, `next_activity_type`, `next_activity` and `closed` (the
		chain that was closed).

	Raises: PermissionError without write permission; CompletedError when it is completed already; MandatoryError when
		nobody says what comes next; ChainClosedError when its chain is closed.
	"""
	doc = _get(activity_type, activity)
	done = finishing.finish_activity(
		doc, outcome=outcome, note=note, then=then, next_step=_dict(next), reason=reason
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
	note: str | None = None,
	reason: str | None = None,
) -> dict:
	"""Complete several activities of a type, each by itself; arguments as for `complete`.

	Args:
		activities: their names, at most 500.

	Returns: `done` (names) and `refused` (for each `activity` and `reason`).
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
	)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def plan_next(activity_type: str, activity: str, next: str | dict | None = None) -> dict:
	"""Plan the next step of an activity, completed or not; arguments as for `complete` (R22).

	Returns: `next_activity_type` and `next_activity`.

	Raises: PermissionError; MandatoryError; ChainClosedError; ValidationError when it is planned already.
	"""
	return finishing.plan_next(_get(activity_type, activity), _dict(next))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def convert(activity_type: str, activity: str, interaction_type: str) -> dict:
	"""Turn a planned activity into a call, a meeting, an e-mail or an SMS (R25).

	Args:
		interaction_type: name of an Interaction Type; one of the medium Meeting makes it a Meeting, which is another
			document with another number.

	Returns: `doctype` and `name` of what it is now.

	Raises: PermissionError; ValidationError when it isn't planned any more, or the new kind needs more than is there.
	"""
	doc = converting.convert(_get(activity_type, activity), interaction_type)
	return {"doctype": doc.doctype, "name": doc.name}


@frappe.whitelist(methods=["GET"])
@arguments.checked
def proposal(activity_type: str, activity: str, outcome: str | None = None) -> dict:
	"""Return the next step that the rules of its type propose for an outcome.

	Returns: `next_doctype`, `next_type`, `next_in`, `next_unit`, `next_on`, `next_title`; `times` it came out like this in a
		row; `ask` when the rule has no more to propose; and what a dialog shows of the activity itself.
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
) -> str:
	"""Return the date and time that so many units after an activity lead to, saved or not.

	Args:
		next_in: how many.
		next_unit: Hours, Days, Weeks or Months.
		starts_on, ends_on: when the activity is; what is over, or not given, counts from now.
		responsible: whose clock and working time count; the session's user unless given.
		company: whose holidays count where the user has none of his own.

	Raises: PermissionError for who may not read interactions; ValidationError.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	return str(finishing.find_due_date(next_in, next_unit, starts_on, ends_on, responsible, company))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def reopen(activity_type: str, activity: str, reason: str | None = None) -> dict:
	"""Reopen a completed activity; a right of its own, write on permission level 2 (R9).

	Returns: `name`, `reopened_by` and `reopened_on`.

	Raises: PermissionError without the right, ValidationError when it isn't completed.
	"""
	doc = _get(activity_type, activity)
	completion.reopen(doc, reason)
	return {field: doc.get(field) for field in ("name", "reopened_by", "reopened_on")}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def review(activities: str | list, reviewed: bool | int = True, review_again_on: str | None = None) -> dict:
	"""Mark activities as reviewed, or take the review back; who and when is kept (R12).

	Args:
		activities: for each its `activity_type` ("Interaction" or "Meeting") and `activity`; at most 500.
		reviewed: 0 takes it back.
		review_again_on: from this day on they aren't reviewed any more; left out, the review stays.

	Returns: `done` (names) and `refused` (for each `activity` and `reason`).

	Raises: PermissionError for who may not write activities. Whoever isn't their supervisor is refused each.
	"""
	frappe.has_permission("Interaction", "write", throw=True)
	values = {"reviewed": int(bool(cint(reviewed))), "review_again_on": review_again_on or None}
	return bulk_review.change_many(_pairs(activities), values)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def control(activities: str | list, under_control: bool | int = True, control_on: str | None = None) -> dict:
	"""Put activities under control, or take them from it; arguments and answer as for `review` (R12).

	Args:
		control_on: the day on which the supervisor looks at them.
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


def _dict(value: str | dict | None) -> dict:
	found = validation.parse_json(value, "next") or {}
	if not isinstance(found, dict):
		frappe.throw(
			_("The next step has to be an object, such as {0}.").format('{"next_in": 2, "next_unit": "Days"}')
		)
	return found


def _list(value: str | list) -> list:
	found = validation.parse_json(value, "activities") or []
	if not isinstance(found, list):
		frappe.throw(_("Give the names of the activities as a list."))
	return found


def _pairs(value: str | list) -> list[tuple[str, str]]:
	"""Return type and name of each of the activities that a client names."""
	found = _list(value)
	# an empty object is taken for nothing by then
	if not found or not all(
		isinstance(one, dict) and one.get("activity_type") and one.get("activity") for one in found
	):
		frappe.throw(
			_("Give each activity as an object, such as {0}.").format(
				'{"activity_type": "Interaction", "activity": "INT-2026-00001"}'
			)
		)
	return [(str(one["activity_type"]), str(one["activity"])) for one in found]
