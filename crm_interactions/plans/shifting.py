"""Moving the rest of a plan when one of its steps slips (B9).

The ledger notes the former start of a moved activity. Moving the rest takes the note away, so a repeated request moves
nothing.
"""

import frappe
from frappe.utils import get_datetime

from crm_interactions.activities import period
from crm_interactions.chains import bulk, locks
from crm_interactions.chains.plan_runs import ACTIVE, STEP, list_planned
from crm_interactions.followups import clock
from crm_interactions.plans import runs


def note_move(doc, before) -> None:
	"""Note the former start of a step's activity that moved, unless its plan moved it."""
	if doc.flags.moved_by_plan or doc.status != "Planned" or before.status != "Planned":
		return
	if _seconds(doc.starts_on) == _seconds(before.starts_on):
		return
	if step := runs.find_step(doc):
		frappe.db.set_value(STEP, step["name"], "moved_from", before.starts_on)


def list_moves(doc) -> list[dict]:
	"""Return the later planned activities of the run in which `doc` was moved to a later time, with their new starts.

	Returns: the journal rows, with `moves_to` and `step`; [] if `doc` didn't move, or after its move was answered.
	"""
	step = runs.find_step(doc)
	if not step or step["run_status"] != ACTIVE or not step["moved_from"]:
		return []
	former, present = _seconds(step["moved_from"]), _seconds(doc.starts_on)
	if present <= former:
		return []
	rows = [row for row in list_planned([step["run"]]) if row["step"] != step["name"]]
	return [
		{**row, "moves_to": _find_start(row, former, present)}
		for row in rows
		if get_datetime(row["activity_date"]) >= former
	]


@locks.explain_save_conflicts
def move_rest(doctype: str, name: str) -> dict:
	"""Move the activities of `list_moves`, after the move of an activity, by saving each with the user's rights; a refused one stays.

	Returns: `done` and `refused`, as `bulk.change_each`.
	"""
	chain = frappe.db.get_value(doctype, name, "chain")
	locks.restart_transaction()
	if chain:
		locks.hold_chain_if_exists(chain)
	doc = frappe.get_doc(doctype, name)
	moves = {(row["activity_type"], row["activity"]): row["moves_to"] for row in list_moves(doc)}
	if step := runs.find_step(doc):
		frappe.db.set_value(STEP, step["name"], "moved_from", None)
	return bulk.change_each([*moves], lambda *activity: _move(frappe.get_doc(*activity), moves[activity]))


def _move(doc, start) -> None:
	doc.check_permission("write")
	if period.change_times(doc, start, None):
		doc.flags.moved_by_plan = True
		doc.save()


def _find_start(row: dict, former, present):
	start = get_datetime(row["activity_date"])
	return clock.shift(start, former, present, row["responsible"], in_working_time=bool(row["working_time"]))


def _seconds(moment):
	# forms send seconds, the database keeps microseconds
	return get_datetime(moment).replace(microsecond=0)
