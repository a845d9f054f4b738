"""Three ways to finish an activity: done, done with a next step planned, done with the chain closed (B3)."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from crm_interactions.activities import completion, period
from crm_interactions.chains import bulk, closing, locks, subject_results
from crm_interactions.chains.results import Result
from crm_interactions.controllers import rich_text
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import planned, planner, rules

NOTHING, PLAN, CLOSE = WAYS = ("nothing", "plan", "close")
SHOWN = (
	*(
		"title",
		"party_name",
		"outcome",
		"starts_on",
		"ends_on",
		"duration",
		"responsible",
		"company",
		"chain",
	),
	*("next_activity_type", "next_activity"),
)
SHOWN_OF_NEXT = ["interaction_type", "title", "starts_on", "modified"]


@locks.explain_conflicts
def finish_activity(
	doc,
	*,
	outcome: str | None = None,
	note: str | None = None,
	then: str = NOTHING,
	next_step: dict | None = None,
	reason: str | None = None,
	ended: Result | None = None,
) -> dict:
	"""Complete and save an activity, then plan its next step or close its chain if asked to.

	A planned activity becomes *Held*, and moves to now if it starts later and has no resources. With a number or date,
	`plan` moves a next step that is already planned; `close` cancels it, and `nothing` keeps it.

	Args:
		outcome: name of an Interaction Outcome; None keeps the current one.
		note: plain text, appended to the activity's notes.
		then: one of `WAYS`.
		next_step: for `plan`, values of `planned.GIVEN`; blank fields are filled from the type's rules.
		reason: for `close`, why contact ends; planned activities of the chain are cancelled.
		ended: for `close`, the result of the chain.

	Returns: `next_activity_type`, `next_activity` (None without a next step), `next_step` with the fields of
		`SHOWN_OF_NEXT` (None without one) and `closed` (the chain or None).

	Raises: PermissionError, also for the chain and its planned activities; CompletedError if it is already completed;
		MandatoryError if it lacks a required value, or if neither `next_step` nor a rule gives a date; ChainClosedError
		for a new step in a closed chain; ValidationError for an invalid value, a chain to close that isn't open, or a
		step to move that has taken place; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	if then not in WAYS:
		ways = ", ".join(WAYS)
		frappe.throw(_("The argument 'then' must be one of {0}, not {1}.").format(ways, bold(then)))
	doc.check_permission("write")
	_hold(doc)
	if outcome:
		doc.outcome = outcome
	if note and note.strip():
		doc.notes = rich_text.to_html(doc.notes) + rich_text.from_plain_text(note)
	if then == PLAN:
		planner.set_plan(doc, next_step)
	# a step of a plan that waits for the outcome isn't planned in a chain that is about to be closed
	doc.flags.closes_chain = then == CLOSE
	completion.complete(doc)
	closed = _close(doc, reason, ended) if then == CLOSE else None
	links = {field: doc.get(field) or None for field in ("next_activity_type", "next_activity")}
	shown = doc.next_activity and frappe.db.get_value(*links.values(), SHOWN_OF_NEXT, as_dict=True)
	return {**links, "next_step": shown or None, "closed": closed}


def finish_many(activities: list[tuple[str, str]], **options) -> dict:
	"""Finish several activities in one transaction; a refused one is rolled back and doesn't stop the others.

	Args:
		activities: type and name of each, at most `bulk.MOST`; `options` are keyword arguments of `finish_activity`.

	Returns: `done`, the names, and `refused`, rows of `activity` and `reason`, also for missing activities.

	Raises: ValidationError for more activities; ChangedMeanwhileError after a deadlock: the caller has to roll back.
	"""
	return bulk.change_each(
		activities, lambda doctype, name: finish_activity(frappe.get_doc(doctype, name), **options)
	)


def plan_next(doc, next_step: dict | None) -> dict:
	"""Plan the next step of an activity and create or move its follow-up; save the activity unless it is completed.

	A given plan replaces an existing one, which stays if no values are given; blank values come from the type's rules.

	Returns: `next_activity_type` and `next_activity`.

	Raises: PermissionError; ValidationError if a completed activity already has a next step, or the step to move has
		taken place; CompletedError if another request has just completed it; MandatoryError without a date;
		ChainClosedError; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	doc.check_permission("write")
	_hold(doc)
	if doc.completed:
		planner.plan_after(doc, next_step or {})
	else:
		planner.set_plan(doc, next_step)
		doc.save()
	return {field: doc.get(field) for field in ("next_activity_type", "next_activity")}


def propose_next_step(doc, outcome: str | None = None) -> dict:
	"""Return the next step that the rules propose, and the fields that a dialog shows; save nothing.

	Without `outcome`, the activity's own counts. Returns: the fields of a plan (`planned.GIVEN`), counted as
	`planned.find_due_date` (raises as `clock.add_units`), `times` and `ask` (`rules.find_proposal`). Without a rule
	(`times` is 1) or past its limit, the plan has only the activity's own `next_doctype` and `next_type`. In addition the
	activity's fields of `SHOWN`, `chain_status`, `next_activity_on` if a step is already planned, and the chain's
	`results`, `result` and `subject` (`subject_results.describe`).
	"""
	return {**_shown(doc), **_proposed(doc, outcome)}


def find_due_date(next_in: int, next_unit: str, starts_on=None, ends_on=None, responsible=None, **about):
	"""Return the date of a next step as `planned.find_due_date`; without a start, it counts from now.

	`starts_on` and `ends_on` are text in the database's format, `responsible` is by default the session's user, and
	`about` may have `company`, `duration` and `completed`. Raises ValidationError for an invalid date, and as
	`clock.add_units`.
	"""
	field = frappe._dict(fieldtype="Datetime", label="Starts On")
	start, end = (period.parse_value(field, value) if value else None for value in (starts_on, ends_on))
	about |= {"starts_on": start or now_datetime(), "ends_on": end}
	about["responsible"] = responsible or frappe.session.user
	return planned.find_due_date(frappe._dict(about), next_in, next_unit)


def _shown(doc) -> dict:
	shown = {field: doc.get(field) for field in SHOWN}
	chain = doc.chain and frappe.db.get_value(locks.CHAIN, doc.chain, locks.FIELDS, as_dict=True)
	shown["chain_status"] = chain["status"] if chain else None
	shown |= subject_results.describe(chain) if chain else {}
	if doc.next_activity:
		following = doc.next_activity_type, doc.next_activity
		shown["next_activity_on"] = frappe.db.get_value(*following, "starts_on")
	return shown


def _proposed(doc, outcome: str | None) -> dict:
	found = rules.find_proposal(doc, outcome)
	same = {"next_doctype": doc.doctype, "next_type": doc.interaction_type, "times": 1, "ask": False}
	if not found or found.ask:
		return {**same, **({"times": found.times, "ask": True} if found else {})}
	plan = frappe.copy_doc(doc, ignore_no_copy=False)
	# a copy has no outcome, by which a rule of 0 hours or days is looked up again
	plan.update({"name": doc.name, "completed": 1, "outcome": outcome or doc.outcome})
	planned.clear_plan(plan)
	plan.update({field: found[field] for field in ("next_type", "next_in", "next_unit", "next_title")})
	planned.complete_plan(plan)
	fields = {field: plan.get(field) for field in planned.GIVEN}
	return {**fields, "times": found.times, "ask": False}


def reopen_chain(doc) -> None:
	"""Reopen the chain that the completion of a reopened activity closed, with the right to write it; skip all others.

	A chain that was reopened since stays as it is, and the steps that were cancelled with the closing stay cancelled.
	"""
	chain, closed_on = completion.take_former(doc, "chain") or (None, None)
	latest = chain and frappe.db.get_value(locks.CHAIN, chain, ["status", "closed_on"], as_dict=True)
	if not latest or latest.status != "Closed" or str(latest.closed_on) != closed_on:
		return
	if frappe.has_permission(locks.CHAIN, "write", doc=chain):
		closing.reopen(chain)


def _close(doc, reason: str | None, ended: Result | None) -> str:
	frappe.get_doc(locks.CHAIN, doc.chain).check_permission("write")
	closed = closing.close(doc.chain, reason, cancel_planned=True, ended=ended)["chain"]
	completion.note_former(doc, chain=[closed, frappe.db.get_value(locks.CHAIN, closed, "closed_on")])
	# a completed activity refuses a save
	former = {completion.FORMER: doc.get(completion.FORMER)}
	frappe.db.set_value(doc.doctype, doc.name, former, update_modified=False)
	return closed


def _hold(doc) -> None:
	"""Lock the chain, then the record, in the app's order of locks.

	Raises: CompletedError if another request has completed the activity meanwhile; ChangedMeanwhileError.
	"""
	if doc.chain:
		locks.hold_chain_if_exists(doc.chain)
	fields = ["completed", "completed_by"]
	latest = frappe.db.get_value(doc.doctype, doc.name, fields, as_dict=True, for_update=True)
	if latest and latest.completed and not doc.completed:
		completion.refuse_again(doc.name, latest.completed_by)
