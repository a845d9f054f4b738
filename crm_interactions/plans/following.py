"""Steps that follow an outcome, and plans that start with the first activity of a chain (B9)."""

from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.chains import bulk, locks
from crm_interactions.chains.plan_runs import ENDED
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import bold
from crm_interactions.plans import runs, starting, steps
from crm_interactions.platform.stored_text import of_message

SAVEPOINT = "crm_interactions_plan"


def follow(doc, before) -> None:
	"""Answer the change of a step's activity: plan the step that waits for its outcome, and note the run's end.

	A step is planned once, also if the one before it is reopened and completed again. A completion that closes the chain
	plans nothing. A step that can't be planned doesn't stop the completion; a message gives the reason.
	"""
	is_completed = doc.completed and not before.completed
	if not is_completed and doc.status == before.status:
		return
	step = runs.find_step(doc)
	if not step or step["run_status"] == ENDED:
		return
	following = runs.find_following(step) if is_completed and not doc.flags.closes_chain else None
	if following and following.condition == doc.outcome:
		_plan(following, doc)
	runs.refresh_status(step["run"])


def forget(doc) -> None:
	"""End the run of a step's activity that is being deleted, if nothing else of it remains."""
	if step := runs.find_step(doc):
		runs.refresh_status(step["run"], without=step["name"])


@locks.explain_conflicts
def start_by_rule(doc) -> None:
	"""Start the plans that start with the first activity of its category, if this is the first one of a new chain.

	A plan that can't be started doesn't stop the save; a message gives the reason.
	"""
	rule = {"kind": doc.category, "starts_by_itself": 1, "disabled": 0}
	names = frappe.get_all(starting.PLAN, rule, pluck="name", order_by="creation, name")
	chain = names and doc.chain and locks.find_chain(doc.chain)
	if not chain or chain["activity_count"] != 1 or chain["status"] != "Open":
		return
	for name in names:
		_start(frappe.get_doc(starting.PLAN, name), chain, doc)


def _plan(step: dict, doc) -> None:
	plan, chain = frappe.get_doc(starting.PLAN, doc.activity_plan), locks.find_chain(doc.chain)
	if chain["status"] != "Open":
		return
	about = {"base": site_time.now(), **_about(doc)}
	with _reporting(_("The step {0} of the plan couldn't be planned: {1}"), step.title):
		runs.link_activity(step.name, steps.plan_activity(step, plan, chain, **about))


def _start(plan, chain: dict, doc) -> None:
	with _reporting(_("The plan {0} couldn't be started: {1}"), plan.name):
		chosen = starting.choose_steps(plan)
		started = starting.start_in_chain(plan, chosen, chain, **_about(doc))
		text = _("The plan {0} has started. Planned activities: {1}.")
		frappe.msgprint(text.format(bold(plan.name), cint(started["planned"])), indicator="green", alert=True)


def _about(doc) -> dict:
	return {"responsible": doc.responsible, "model": doc, "server": bool(doc.flags.ignore_permissions)}


@contextmanager
def _reporting(text: str, name: str):
	"""Undo the block if it is refused, and show the text with a name and the reason: the user's own save goes on."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		yield
	except bulk.REFUSED as error:
		if locks.is_given_up(error):
			raise
		locks.roll_back(SAVEPOINT)
		frappe.msgprint(text.format(bold(name), of_message(error)), indicator="orange")
