"""Whose turn it is in a chain, after the last activity that took place (B4).

After an incoming activity it is ours, after an outgoing one the partner's. After one without a direction, such as a
meeting, it is ours, unless its outcome says *Partner's Turn*. Planned activities change nothing, and a closed chain
has no turn.
"""

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.terms import SubQuery

from crm_interactions.chains.locks import CHAIN
from crm_interactions.journal.writer import ROW
from crm_interactions.platform.write_turn import take_turn

OURS, THEIRS = "Ours", "Theirs"
OUTCOME = "Interaction Outcome"
# columns of a row that the turn is computed from, besides those of the summary
DEPEND_ON = {"direction", "outcome"}
JOB = "crm_interactions.chains.turn.refresh"


def after(values: dict) -> str | None:
	"""Return the turn after an activity, given as the values of its journal row; None unless it has taken place."""
	if values["status"] != "Done":
		return None
	direction, outcome = values.get("direction"), values.get("outcome")
	says = not direction and outcome and frappe.get_cached_value(OUTCOME, outcome, "their_turn")
	return THEIRS if direction == "Outgoing" or says else OURS


def of_row(row, outcome):
	"""Return `after` as an expression over the tables of rows and of their outcomes, for an activity that took place."""
	has_no_direction = row.direction.isnull() | (row.direction == "")
	is_theirs = (row.direction == "Outgoing") | (has_no_direction & (outcome.their_turn == 1))
	return Case().when(is_theirs, THEIRS).else_(OURS)


def set_turn(update, chain, last_activity_on):
	"""Add the turn, and since when, to an update of the table of chains; return the update.

	Args:
		last_activity_on: expression for the time of the last activity that took place, from which the turn counts.
	"""
	is_open = chain.status == "Open"
	update = update.set(chain.turn, Case().when(is_open, _latest(chain)).else_(None))
	return update.set(chain.turn_since, Case().when(is_open, last_activity_on).else_(None))


def queue_refresh(outcome: str) -> None:
	"""Queue the job that computes the turn again of all chains with an outcome, after its *Partner's Turn* changed."""
	frappe.enqueue(
		JOB,
		queue="long",
		job_id=f"{JOB}:{outcome}",
		deduplicate=True,
		enqueue_after_commit=True,
		outcome=outcome,
	)


def refresh(outcome: str | None = None) -> None:
	"""Compute the turn of all open chains, or of those with an activity of an outcome, in one statement."""
	chain, row = frappe.qb.DocType(CHAIN), frappe.qb.DocType(ROW)
	update = set_turn(frappe.qb.update(chain), chain, chain.last_activity_on).where(chain.status == "Open")
	if outcome:
		concerned = frappe.qb.from_(row).select(row.chain).where(row.outcome == outcome)
		update = update.where(chain.name.isin(concerned))
	take_turn()
	update.run()


def _latest(chain):
	"""Return the turn after the last activity of the updated chain that took place, as a subquery."""
	row, outcome = frappe.qb.DocType(ROW), frappe.qb.DocType(OUTCOME)
	query = frappe.qb.from_(row).left_join(outcome).on(outcome.name == row.outcome)
	query = query.select(of_row(row, outcome)).where((row.chain == chain.name) & (row.status == "Done"))
	for field in (row.activity_date, row.creation):
		query = query.orderby(field, order=Order.desc)
	return SubQuery(query.limit(1))
