"""The ledger of running plans: which step became which activity, so that each is planned once (B9).

A run copies the steps that were chosen at its start, so a later change of the plan leaves it as it is. It is written
under the lock on its chain, and the database takes the key of an active run once.
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.chains.plan_runs import ACTIVE, DONE, ENDED, RUN, STEP, list_active, list_planned
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import writer

COPIED = (
	*("interaction_type", "title", "offset", "offset_unit", "working_time"),
	*("assignee", "assignee_user", "condition"),
)


def require_none_active(plan: str, chain: str) -> None:
	"""Raise ValidationError if the plan has an active run in a locked chain; a run without remaining steps is done."""
	found = {run["name"] for run in list_active(chain) if run["plan"] == plan}
	# one whose activities were deleted, or are in another chain by now
	found |= {frappe.db.get_value(RUN, {"run_key": _key(plan, chain)}, for_update=True)} - {None}
	for run in sorted(found):
		if refresh_status(run) == ACTIVE:
			frappe.throw(
				_("The plan {0} is already running in {1}. End it there before you start it again.").format(
					bold(plan), bold(chain)
				),
				title=_("Already Running"),
			)


def open_run(plan, chain: str, steps: list) -> dict[int, str]:
	"""Insert a run in a locked chain with copies of the plan's chosen steps; return position → name of each.

	Raises: UniqueValidationError if the plan has an active run in the chain.
	"""
	run = frappe.new_doc(RUN)
	run.update({"plan": plan.name, "chain": chain, "status": ACTIVE})
	run.update({"started_by": frappe.session.user, "started_on": now(), "run_key": _key(plan.name, chain)})
	# no role may write the ledger; the caller has checked the right to start
	run.insert(ignore_permissions=True)
	return {step.idx: _insert_step(run.name, step) for step in steps}


def link_activity(step: str, activity) -> None:
	"""Write the journal row of a step's new activity."""
	row = writer.require_row(activity.doctype, activity.name)
	frappe.db.set_value(STEP, step, "journal_row", row["name"])


def find_step(doc) -> dict | None:
	"""Return all fields of the step that an activity stands for, and `run_status`; None for other activities.

	Step and run are read with a lock, after that on the chain, so that their state is current.
	"""
	row = writer.find_row(doc.doctype, doc.name)
	step = row and frappe.db.get_value(STEP, {"journal_row": row["name"]}, "*", as_dict=True, for_update=True)
	if not step:
		return None
	return {**step, "run_status": frappe.db.get_value(RUN, step["run"], "status", for_update=True)}


def find_following(step: dict) -> dict | None:
	"""Return the step after another one, locked, if it waits for an outcome and has no activity yet."""
	about = {"run": step["run"], "position": step["position"] + 1}
	found = frappe.db.get_value(STEP, about, "*", as_dict=True, for_update=True)
	return found if found and found.condition and not found.journal_row else None


def refresh_status(run: str, *, without: str | None = None) -> str:
	"""Set a run that isn't ended to *Done* if nothing remains to be planned or done, else to *Active*; return it.

	A run whose plan was started again since stays *Done*. `without` is a step whose activity no longer counts.
	"""
	known = frappe.db.get_value(RUN, run, ["status", "plan", "chain"], as_dict=True)
	if known.status == ENDED:
		return ENDED
	remains = any(row["step"] != without for row in list_planned([run]))
	wanted = ACTIVE if remains else DONE
	if wanted == known.status:
		return wanted
	key = _key(known.plan, known.chain) if wanted == ACTIVE else None
	if key and frappe.db.exists(RUN, {"run_key": key}):
		return DONE
	ended_on = None if wanted == ACTIVE else now()
	frappe.db.set_value(RUN, run, {"status": wanted, "run_key": key, "ended_on": ended_on})
	return wanted


def _insert_step(run: str, step) -> str:
	doc = frappe.new_doc(STEP)
	doc.update({"run": run, "position": step.idx, **{field: step.get(field) for field in COPIED}})
	# a value may have been disabled or deleted since the plan was written; planning the step checks it
	doc.flags.ignore_links = True
	# no role may write the ledger
	return doc.insert(ignore_permissions=True).name


def _key(plan: str, chain: str) -> str:
	return hashlib.sha256(f"{chain}\n{plan}".encode()).hexdigest()
