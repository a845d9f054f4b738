"""The one follow-up of an activity: created, moved and cancelled with the activity's plan (R22).

The follow-up is created in the transaction that saves the plan, under the lock that Frappe takes on the saved document.
So there is no follow-up without a plan, and never a second one: a concurrent save is refused as outdated.
"""

import frappe
from frappe import _

from crm_interactions.activities import dictionaries
from crm_interactions.chains import locks
from crm_interactions.clock import site_time
from crm_interactions.controllers import validation
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChainClosedError
from crm_interactions.followups import assignment, converting, people, planned, rules
from crm_interactions.journal import dynamic_links

# written by the server only: the activity that this one planned, and the activity that planned this one
LINKS = ("next_activity_type", "next_activity", "planned_by_type", "planned_by")
COPIED = ("party_type", "party", "add_to_calendar")
# a value that has been disabled can't be chosen for a new activity
COPIED_IF_ENABLED = {"priority": "Interaction Priority", "category": "Interaction Category"}
COPIED_IF_THERE = ("company", "branch", "department", "employee", "project", "campaign")
MAKE, MOVE, CANCEL = "make", "move", "cancel"


def keep_links(doc, before) -> None:
	"""Restore the fields of `LINKS`, which only the server sets, from the stored version; clear them without one.

	A document with `flags.converted` keeps them all, one with `flags.planned_by_server` its *Planned By*.
	"""
	if not doc.meta.has_field("plan_next") or doc.flags.converted:
		return
	for field in LINKS:
		if not (field in ("planned_by_type", "planned_by") and doc.flags.planned_by_server):
			doc.set(field, before.get(field) if before else None)


def prepare_plan(doc) -> None:
	"""Complete the plan before the save, or clear a withdrawn one, and set the flag that tells `apply_plan` what to do.

	Raises: MandatoryError, ValidationError, as `planned.complete_plan`.
	"""
	if not doc.meta.has_field("plan_next") or doc.flags.converted:
		return
	before = doc.get_doc_before_save()
	doc.flags.next_step = None
	if not planned.is_wanted(doc, before):
		if before and before.plan_next:
			planned.clear_plan(doc)
			doc.flags.next_step = CANCEL
		return
	planned.complete_plan(doc, before)
	if not before or not before.plan_next:
		doc.flags.next_step = MAKE
	elif planned.is_plan_changed(doc, before):
		doc.flags.next_step = MOVE


@locks.explain_conflicts
def apply_plan(doc) -> None:
	"""Create, move or cancel the follow-up of a saved activity in a chain, as `prepare_plan` noted.

	A new follow-up joins the activity's chain and is assigned to the responsible user, who is notified. A move changes
	type, date and title of a planned follow-up, and empties its end; if the type belongs to the other DocType, a new
	document replaces it. If the follow-up was cancelled or deleted, a new one is created. A cancellation changes a
	planned follow-up only, and clears the link.

	Raises: ChainClosedError for a new follow-up in a closed chain; ValidationError if the follow-up to move has taken
		place, is invalid, or can't be shared; PermissionError if the user may not create or change it;
		ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	step, doc.flags.next_step = doc.flags.next_step, None
	if step in (MOVE, CANCEL):
		follow_up = _follow_up(doc)
		if follow_up and step == CANCEL:
			_cancel(doc, follow_up)
		elif follow_up and follow_up.status != "Cancelled":
			_move(doc, follow_up)
		elif step == MOVE:
			create_follow_up(doc)
	elif step == MAKE:
		create_follow_up(doc)


def create_follow_up(doc):
	"""Create the planned activity of an activity's plan in its chain, link both, and assign it to the responsible user.

	It copies partner, contact and participants (`people.copy_people`), organisation, project, campaign, *Add to
	Calendar*, enabled dictionary values and, if the plan has none, the title. The session's user replaces a disabled
	responsible user. The plan has to be complete; an existing follow-up is no longer linked. The link on `doc` is
	written without a new `modified`.

	Returns: the new Interaction or Meeting.

	Raises: ChainClosedError; PermissionError without create permission; ValidationError if it is invalid or can't be
		shared.
	"""
	_require_open(doc.chain)
	follow_up = frappe.new_doc(doc.next_doctype)
	for field in (*COPIED, *COPIED_IF_THERE):
		if follow_up.meta.has_field(field) and doc.get(field):
			follow_up.set(field, doc.get(field))
	for field, dictionary in COPIED_IF_ENABLED.items():
		follow_up.set(field, dictionaries.find_enabled(dictionary, doc.get(field)))
	follow_up.update(
		{
			"interaction_type": doc.next_type,
			# a planned contact is one that the user intends to make
			"direction": "Outgoing",
			"status": "Planned",
			"title": doc.next_title or doc.title,
			"starts_on": doc.next_on,
			"responsible": _find_responsible(doc),
			"planned_by_type": doc.doctype,
			"planned_by": doc.name,
		}
	)
	people.copy_people(doc, follow_up)
	for row in doc.dictionary_values:
		if _may_be_chosen(row):
			follow_up.append("dictionary_values", {"dictionary": row.dictionary, "value": row.value})
	follow_up.flags.planned_by_server = True
	# a captured call is saved without permissions, and so is its next step
	follow_up.insert(ignore_permissions=doc.flags.ignore_permissions)
	_set_links(doc, {"next_activity_type": follow_up.doctype, "next_activity": follow_up.name})
	assignment.assign_follow_up(follow_up)
	return follow_up


def _find_responsible(doc) -> str:
	"""Return the responsible user, or the session's user if that account is disabled."""
	enabled = frappe.get_cached_value("User", doc.responsible, "enabled")
	return doc.responsible if enabled else frappe.session.user


def _may_be_chosen(row) -> bool:
	return bool(
		dictionaries.find_enabled("Interaction Dictionary", row.dictionary)
		and dictionaries.find_enabled("Interaction Dictionary Value", row.value)
	)


def plan_after(doc, next_step: dict):
	"""Plan the next step of a completed activity without saving it: only its plan, link and `modified` change.

	Blank values of `next_step` (`planned.GIVEN`) come from the type's rules. The caller checks write permission.

	Returns: the planned activity.

	Raises: ValidationError if a next step, not cancelled, is there or the plan is invalid; as `create_follow_up`;
		ChangedMeanwhileError if the chain can't be locked.
	"""
	locks.hold_chain_if_exists(doc.chain)
	latest = frappe.db.get_value(doc.doctype, doc.name, "next_activity", for_update=True)
	if latest and frappe.db.get_value(doc.next_activity_type, latest, "status") != "Cancelled":
		names = bold(doc.name), bold(latest)
		frappe.throw(
			_("{0} already has the next step {1}. Change that step, or plan from it.").format(*names),
			title=_("Already Planned"),
		)
	set_plan(doc, next_step)
	doc.next_on = doc.next_on and site_time.skip_gap(doc.next_on)
	_validate_plan(doc)
	planned.complete_plan(doc)
	plan = {field: doc.get(field) for field in ("plan_next", *planned.GIVEN)}
	# this changes `modified`, so that a form opened earlier can't write the empty plan back
	frappe.db.set_value(doc.doctype, doc.name, plan)
	return create_follow_up(doc)


def _validate_plan(doc) -> None:
	"""Check and clean a plan as a save would; a completed activity isn't saved.

	Raises: ValidationError.
	"""
	validation.require_fields(doc)
	validation.escape_tags(doc)
	validation.require_room(doc)
	doc._validate_selects()


def set_plan(doc, next_step: dict | None) -> None:
	"""Write a plan into the fields of an activity and tick `plan_next`, without saving; blank values are ignored.

	Values replace an existing plan except its unit; with neither number nor date, the save then withdraws that plan.
	Without values an existing plan stays. The save fills blank fields of a new plan from the rules.

	Raises: ValidationError for a field that isn't in `planned.GIVEN`.
	"""
	next_step = {field: value for field, value in (next_step or {}).items() if value not in (None, "")}
	if unknown := next_step.keys() - {*planned.GIVEN}:
		wrong, right = bold(", ".join(sorted(unknown))), ", ".join(planned.GIVEN)
		frappe.throw(_("A next step has no field {0}. Use {1}.").format(wrong, right))
	if next_step or not doc.plan_next:
		planned.clear_plan(doc)
	doc.plan_next = 1
	doc.update(next_step)


def on_trash(doc) -> None:
	"""Clear the links to a deleted activity and its planner's `plan_next`, and set `modified`; its follow-up stays."""
	next_step = {"next_activity_type": doc.doctype, "next_activity": doc.name}
	planner = {"planned_by_type": doc.doctype, "planned_by": doc.name}
	for doctype in rules.PLANNING:
		frappe.db.set_value(doctype, next_step, {**dict.fromkeys(next_step), "plan_next": 0})
		frappe.db.set_value(doctype, planner, dict.fromkeys(planner))


def _follow_up(doc):
	if not doc.next_activity or not frappe.db.exists(doc.next_activity_type, doc.next_activity):
		return None
	return frappe.get_doc(doc.next_activity_type, doc.next_activity)


def _move(doc, follow_up) -> None:
	_require_planned(follow_up)
	if follow_up.doctype != doc.next_doctype:
		follow_up = converting.become(follow_up, doc.next_doctype, doc.next_type)
		_set_links(doc, {"next_activity_type": follow_up.doctype, "next_activity": follow_up.name})
	follow_up.update({"interaction_type": doc.next_type, "starts_on": doc.next_on, "ends_on": None})
	follow_up.title = doc.next_title or follow_up.title
	follow_up.save()


def _cancel(doc, follow_up) -> None:
	if follow_up.status == "Planned":
		follow_up.status = "Cancelled"
		# as for the activity itself, when a telephone system reports a change
		follow_up.save(ignore_permissions=doc.flags.ignore_permissions)
	_set_links(doc, {"next_activity_type": None, "next_activity": None})


def _require_planned(follow_up) -> None:
	if follow_up.status != "Planned" or follow_up.completed:
		frappe.throw(
			_(
				"The next step {0} is already {1} and can't be rescheduled. Plan a new next step from it."
			).format(bold(follow_up.name), _(follow_up.status)),
			title=_("Already Planned"),
		)


def _require_open(chain: str | None) -> None:
	if chain and frappe.db.get_value(locks.CHAIN, chain, "status") == "Closed":
		frappe.throw(
			_("Chain {0} is closed, so nothing can be planned in it. Reopen it first.").format(bold(chain)),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)


def _set_links(doc, values: dict) -> None:
	"""Write links without a save, which is over or, for a completed activity, refused."""
	frappe.db.set_value(doc.doctype, doc.name, values, update_modified=False)
	dynamic_links.announce_types(doc.doctype, values)
	doc.update(values)
