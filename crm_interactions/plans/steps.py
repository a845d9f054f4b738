"""One step of a plan: its date, its responsible user, and the activity that plans it (B9)."""

from datetime import datetime

import frappe

from crm_interactions.activities import dictionaries
from crm_interactions.followups import assignment, clock, people, planned, planner

FIELD = "activity_plan"
# organisation fields that don't depend on the responsible user
SHARED = ("company", "project", "campaign")
RESPONSIBLE, CHAIN_RESPONSIBLE, USER = "Responsible", "Chain Responsible", "User"


def keep_plan(doc, before) -> None:
	"""Restore the plan of an activity, which only the server sets, from the stored version; clear it without one.

	A document with `flags.converted` or `flags.planned_by_plan` keeps it.
	"""
	if doc.meta.has_field(FIELD) and not (doc.flags.converted or doc.flags.planned_by_plan):
		doc.set(FIELD, before.get(FIELD) if before else None)


def find_responsible(step, responsible: str, of_chain: str | None) -> str:
	"""Return the user of a step: its own, the chain's or `responsible`; the session's user in place of a disabled one."""
	users = {USER: step.assignee_user, CHAIN_RESPONSIBLE: of_chain or responsible}
	found = users.get(step.assignee) or responsible
	return found if frappe.get_cached_value("User", found, "enabled") else frappe.session.user


def find_date(step, base: datetime, responsible: str, company: str | None = None) -> datetime:
	"""Return the date of a step: its offset after `base`, in working time if the step says so.

	Raises: as `clock.add_units`.
	"""
	in_working_time = bool(step.working_time)
	return clock.add_units(
		base, step.offset, step.offset_unit, responsible, company, in_working_time=in_working_time
	)


def plan_activity(
	step, plan, chain: dict, *, base: datetime, responsible: str, model=None, server: bool = False
):
	"""Insert the planned activity of a step with the user's rights, and assign it to its responsible user.

	It copies contact, participants and organisation of `model`. Without a contact there, the partner's first readable
	one is taken; without any, the activity needs none until it takes place.

	Args:
		step: a row of Activity Plan Step or Activity Plan Run Step.
		plan: the Activity Plan.
		chain: `name` (None for a new chain), `party_type`, `party` and `responsible`.
		base: the moment from which the offset counts.
		responsible: the user for steps of the assignee *Responsible*.
		model: an activity of the chain, or None.
		server: whether permissions are ignored, as for captured calls.

	Raises: as the save of an activity; as `clock.add_units`.
	"""
	user = find_responsible(step, responsible, chain["responsible"])
	doc = frappe.new_doc(planned.doctype_of(step.interaction_type))
	doc.update(
		{
			"interaction_type": step.interaction_type,
			# a planned contact is one that the user intends to make
			"direction": "Outgoing",
			"status": "Planned",
			"title": step.title,
			"category": dictionaries.find_enabled("Interaction Category", plan.kind),
			"party_type": chain["party_type"],
			"party": chain["party"],
			"chain": chain["name"],
			"responsible": user,
			FIELD: plan.name,
		}
	)
	_copy_organisation(doc, model)
	doc.starts_on = find_date(step, base, user, doc.get("company"))
	_set_people(doc, model)
	doc.flags.planned_by_plan = doc.flags.planned_by_server = True
	# a captured call is saved without permissions, and so are the steps that it starts
	doc.insert(ignore_permissions=server)
	assignment.assign_follow_up(doc)
	return doc


def _copy_organisation(doc, model) -> None:
	"""Copy company and project from an activity, if any; of the same user also branch, department and employee."""
	same = model and model.responsible == doc.responsible
	for field in planner.COPIED_IF_THERE if same else SHARED if model else ():
		if doc.meta.has_field(field) and model.get(field):
			doc.set(field, model.get(field))


def _set_people(doc, model) -> None:
	if model and (model.party_type, model.party) == (doc.party_type, doc.party):
		people.copy_people(model, doc)
	if not (doc.contact or doc.how_to_reach):
		doc.contact = _find_contact(doc.party_type, doc.party)
	if doc.doctype == planned.MEETING and doc.contact and not doc.has_contact():
		row = {"participant_type": "Contact", "participant": doc.contact, "side": "Theirs"}
		doc.append("participants", row)
	doc.flags.contact_left = not doc.has_contact()


def _find_contact(party_type: str | None, party: str | None) -> str | None:
	"""Return the partner's first contact that the user may read, the primary one if there is one."""
	if not party:
		return None
	link = [["Dynamic Link", "link_doctype", "=", party_type], ["Dynamic Link", "link_name", "=", party]]
	# Frappe 15 doesn't name the table, which the joined links make ambiguous
	order = "`tabContact`.`is_primary_contact` desc, `tabContact`.`creation` asc"
	found = frappe.get_list("Contact", link, pluck="name", order_by=order, limit_page_length=1)
	return found[0] if found else None
