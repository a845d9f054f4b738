"""Exactly one follow-up of an activity: made, moved and cancelled with the plan of the activity that it follows (R22).

The follow-up is made in the transaction that saves the plan, under the lock that the platform takes on the saved
document. So there is none without a plan, and never two: whoever comes second saves an older version and is refused.
"""

import frappe
from frappe import _

from crm_interactions.activities import dictionaries
from crm_interactions.chains import locks
from crm_interactions.controllers import validation
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChainClosedError
from crm_interactions.followups import assignment, converting, planned, rules
from crm_interactions.journal import dynamic_links

# what only the server writes: what was planned from here, and from where this was planned
LINKS = ("next_activity_type", "next_activity", "planned_by_type", "planned_by")
COPIED = ("party_type", "party", "contact", "how_to_reach", "add_to_calendar")
# a value that was disabled meanwhile can't be newly chosen
COPIED_IF_ENABLED = {"priority": "Interaction Priority", "category": "Interaction Category"}
COPIED_IF_THERE = ("company", "branch", "department", "employee", "project", "campaign")
PERSON = ("participant_type", "participant", "full_name", "email", "phone", "side")
MAKE, MOVE, CANCEL = "make", "move", "cancel"


def keep_links(doc, before) -> None:
	"""Take from the database what only the server writes."""
	if not doc.meta.has_field("plan_next") or doc.flags.converted:
		return
	for field in LINKS:
		if not (field in ("planned_by_type", "planned_by") and doc.flags.planned_by_server):
			doc.set(field, before.get(field) if before else None)


def prepare_plan(doc) -> None:
	"""Complete the plan before it is saved, and note what `apply` has to do about it.

	Raises: MandatoryError, ValidationError (see `planned.complete_plan`).
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
	"""Carry out what `prepare` noted; the document is saved by now, and in its chain."""
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
	"""Make the planned activity that an activity's plan says, in the same chain, assigned to who is responsible.

	Args:
		doc: a saved Interaction or Meeting whose plan is complete.

	Returns: the new Interaction or Meeting.

	Raises: ChainClosedError; what saving the new one refuses; the platform's PermissionError for who may not create it.
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
			# whoever plans a contact means to make it
			"direction": "Outgoing",
			"status": "Planned",
			"title": doc.next_title or doc.title,
			"starts_on": doc.next_on,
			"responsible": _who_acts(doc),
			"planned_by_type": doc.doctype,
			"planned_by": doc.name,
		}
	)
	for row in doc.participants:
		follow_up.append("participants", {field: row.get(field) for field in PERSON})
	for row in doc.dictionary_values:
		if _may_be_chosen(row):
			follow_up.append("dictionary_values", {"dictionary": row.dictionary, "value": row.value})
	follow_up.flags.planned_by_server = True
	follow_up.insert()
	_point(doc, {"next_activity_type": follow_up.doctype, "next_activity": follow_up.name})
	assignment.assign_follow_up(follow_up)
	return follow_up


def _who_acts(doc) -> str:
	"""Return who is responsible, or whoever plans it where that one has left."""
	is_here = frappe.get_cached_value("User", doc.responsible, "enabled")
	return doc.responsible if is_here else frappe.session.user


def _may_be_chosen(row) -> bool:
	return bool(
		dictionaries.find_enabled("Interaction Dictionary", row.dictionary)
		and dictionaries.find_enabled("Interaction Dictionary Value", row.value)
	)


def plan_after(doc, next_step: dict):
	"""Plan the next step of an activity that is completed, which stays as it was recorded otherwise.

	Args:
		doc: a completed Interaction or Meeting.
		next_step: values of `planned.GIVEN`.

	Returns: the planned activity.

	Raises: ValidationError when its next step is planned already.
	"""
	locks.hold_chain_if_exists(doc.chain)
	latest = frappe.db.get_value(doc.doctype, doc.name, "next_activity", for_update=True)
	if latest:
		frappe.throw(
			_("The next step of {0} is {1} already. Change that one, or plan from it.").format(
				bold(doc.name), bold(latest)
			),
			title=_("Planned Already"),
		)
	set_plan(doc, next_step)
	_require_plain(doc)
	planned.complete_plan(doc)
	plan = {field: doc.get(field) for field in ("plan_next", *planned.GIVEN)}
	# a form that was opened before would write the empty plan back
	frappe.db.set_value(doc.doctype, doc.name, plan)
	return create_follow_up(doc)


def _require_plain(doc) -> None:
	"""Check a plan as a save would, which a completed activity doesn't have.

	Raises: ValidationError.
	"""
	validation.require_fields(doc)
	doc.next_title = validation.clean_html(doc.next_title)
	validation.require_room(doc)
	doc._validate_selects()


def set_plan(doc, next_step: dict | None) -> None:
	"""Write a plan that somebody gave into the fields of an activity; what was planned before is replaced.

	Raises: ValidationError for what is no part of a plan.
	"""
	next_step = {field: value for field, value in (next_step or {}).items() if value not in (None, "")}
	if unknown := next_step.keys() - {*planned.GIVEN}:
		frappe.throw(
			_("A next step has no {0}. It has {1}.").format(
				bold(", ".join(sorted(unknown))), ", ".join(planned.GIVEN)
			)
		)
	if next_step or not doc.plan_next:
		planned.clear_plan(doc)
	doc.plan_next = 1
	doc.update(next_step)


def on_trash(doc) -> None:
	"""What pointed at a deleted activity points at nothing; what it had planned stays planned."""
	pair = {"type": doc.doctype, "name": doc.name}
	for doctype in rules.PLANNING:
		frappe.db.set_value(
			doctype,
			{"next_activity_type": pair["type"], "next_activity": pair["name"]},
			{"next_activity_type": None, "next_activity": None, "plan_next": 0},
		)
		frappe.db.set_value(
			doctype,
			{"planned_by_type": pair["type"], "planned_by": pair["name"]},
			{"planned_by_type": None, "planned_by": None},
		)


def _follow_up(doc):
	if not doc.next_activity or not frappe.db.exists(doc.next_activity_type, doc.next_activity):
		return None
	return frappe.get_doc(doc.next_activity_type, doc.next_activity)


def _move(doc, follow_up) -> None:
	_require_planned(follow_up)
	if follow_up.doctype != doc.next_doctype:
		follow_up = converting.become(follow_up, doc.next_doctype, doc.next_type)
		_point(doc, {"next_activity_type": follow_up.doctype, "next_activity": follow_up.name})
	follow_up.update({"interaction_type": doc.next_type, "starts_on": doc.next_on, "ends_on": None})
	follow_up.title = doc.next_title or follow_up.title
	follow_up.save()


def _cancel(doc, follow_up) -> None:
	if follow_up.status == "Planned":
		follow_up.status = "Cancelled"
		follow_up.save()
	_point(doc, {"next_activity_type": None, "next_activity": None})


def _require_planned(follow_up) -> None:
	if follow_up.status != "Planned" or follow_up.completed:
		frappe.throw(
			_(
				"The next step {0} is {1} by now, so that it can't be moved. Plan the next one from there."
			).format(bold(follow_up.name), _(follow_up.status)),
			title=_("Planned Already"),
		)


def _require_open(chain: str | None) -> None:
	if chain and frappe.db.get_value(locks.CHAIN, chain, "status") == "Closed":
		frappe.throw(
			_("The chain {0} is closed, so nothing is planned in it. Reopen it first.").format(bold(chain)),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)


def _point(doc, values: dict) -> None:
	"""Past the document's own save, which is over or, for a completed one, isn't allowed to anybody."""
	frappe.db.set_value(doc.doctype, doc.name, values, update_modified=False)
	dynamic_links.announce_types(doc.doctype, values)
	doc.update(values)
