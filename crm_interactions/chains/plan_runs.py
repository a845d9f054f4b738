"""Runs of activity plans: the chain that a run is in, and its end with the chain's result or closing (B9).

A run's steps name the journal rows of their activities, so a run follows them into other chains and document types.
"""

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.chains import bulk, locks
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import app_sources
from crm_interactions.journal.writer import ROW
from crm_interactions.platform.stored_text import of_message

RUN = "Activity Plan Run"
STEP = "Activity Plan Run Step"
ACTIVE, DONE, ENDED = "Active", "Done", "Ended"
SAVEPOINT = "crm_interactions_plan_step"


def list_active(chain: str, *, lock: bool = True) -> list[dict]:
	"""Return `name`, `plan`, `started_on` and `started_by` of the active runs with activities in a chain, oldest first.

	With `lock`, they are current: a run that another transaction has just started in the locked chain is among them.
	"""
	run, step, row = (frappe.qb.DocType(doctype) for doctype in (RUN, STEP, ROW))
	query = (
		frappe.qb.from_(row).join(step).on(step.journal_row == row.name).join(run).on(run.name == step.run)
	)
	query = query.select(run.name, run.plan, run.started_on, run.started_by)
	query = query.where((row.chain == chain) & row.activity_plan.isnotnull() & (run.status == ACTIVE))
	query = query.orderby(run.started_on).orderby(run.name)
	found = (query.for_update() if lock else query).run(as_dict=True)
	# PostgreSQL doesn't lock distinct rows
	return [*{one["name"]: one for one in found}.values()]


def list_planned(runs: list[str]) -> list[dict]:
	"""Return the journal rows of the runs' planned activities by date, each with `run`, `step` and `working_time`."""
	step, row = frappe.qb.DocType(STEP), frappe.qb.DocType(ROW)
	query = frappe.qb.from_(step).join(row).on(step.journal_row == row.name)
	query = query.select(row.star, step.run, step.name.as_("step"), step.working_time)
	query = query.where(step.run.isin(runs or [""]) & (row.status == "Planned"))
	query = query.where(row.activity_type.isin(app_sources.DOCTYPES))
	return query.orderby(row.activity_date).orderby(row.name).run(as_dict=True)


def end_all(chain: str) -> list[str]:
	"""End the active runs of a locked chain as `end` does; return the names of the cancelled activities."""
	found = list_active(chain)
	return end([run["name"] for run in found], chain) if found else []


def end(runs: list[str], chain: str) -> list[str]:
	"""End runs, and cancel their planned activities in a locked chain by saving each, without a check of rights.

	Activities that were moved to another chain stay planned, and so does, with a message, one that can't be cancelled.

	Returns: the names of those cancelled activities that the user may read.
	"""
	ended = {"status": ENDED, "ended_on": now(), "run_key": None}
	frappe.db.set_value(RUN, {"name": ("in", runs)}, ended)
	rows = [row for row in list_planned(runs) if row["chain"] == chain]
	cancelled = [doc for row in rows if (doc := _cancel(row["activity_type"], row["activity"]))]
	return [doc.name for doc in cancelled if frappe.has_permission(doc.doctype, "read", doc=doc)]


def _cancel(doctype: str, name: str):
	"""Cancel a planned activity and return it; None if its save is refused."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		doc = frappe.get_doc(doctype, name)
		doc.status = "Cancelled"
		# the right to end the plan, by closing the chain or by the status of its deal, includes its steps
		doc.save(ignore_permissions=True)
	except bulk.REFUSED as error:
		if locks.is_given_up(error):
			raise
		locks.roll_back(SAVEPOINT)
		text = _("{0} couldn't be cancelled and stays planned: {1}").format(bold(name), of_message(error))
		frappe.msgprint(text, indicator="orange")
		return None
	return doc


def delete_runs(chain: str) -> None:
	"""Delete the runs that were started in a chain, with their steps, by query; the activities stay."""
	names = frappe.get_all(RUN, {"chain": chain}, pluck="name")
	frappe.db.delete(STEP, {"run": ("in", names or [""])})
	frappe.db.delete(RUN, {"name": ("in", names or [""])})
