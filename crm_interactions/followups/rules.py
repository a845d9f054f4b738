"""Rules of an Interaction Type that propose the next step, by outcome (B3)."""

import frappe

PLANNING = ("Interaction", "Meeting")


def find_proposal(doc, outcome: str | None = None) -> dict | None:
	"""Return the next step proposed by the type's first rule for this outcome, else by its first without an outcome.

	Without `outcome`, the activity's own counts. An unknown type raises DoesNotExistError.

	Returns: `next_type`, `next_in`, `next_unit`, `next_title`, `times` (how often in a row activities had this outcome,
		including this one; always 1 if the rule has no limit) and `ask` (True past that limit: the user has to decide).
		None if no rule applies or the activity has no type.
	"""
	outcome = outcome or doc.outcome
	if not doc.interaction_type:
		return None
	rows = frappe.get_cached_doc("Interaction Type", doc.interaction_type).next_steps
	row = _first(rows, outcome) or _first(rows, None)
	if not row:
		return None
	times = count_in_a_row(doc, outcome, row.at_most + 1) if row.at_most else 1
	return frappe._dict(
		next_type=row.next_type,
		next_in=row.next_in,
		next_unit=row.next_unit,
		next_title=row.title,
		times=times,
		ask=bool(row.at_most and times > row.at_most),
	)


def count_in_a_row(doc, outcome: str | None, most: int) -> int:
	"""Count `doc` and, back by `planned_by`, activities of its type with this outcome in a row; stop at `most`."""
	times, planned_by = 1, (doc.planned_by_type, doc.planned_by)
	while times < most and all(planned_by):
		row = frappe.db.get_value(
			*planned_by, ["interaction_type", "outcome", "planned_by_type", "planned_by"], as_dict=True
		)
		if (
			not row
			or row.interaction_type != doc.interaction_type
			or (row.outcome or None) != (outcome or None)
		):
			break
		times, planned_by = times + 1, (row.planned_by_type, row.planned_by)
	return times


def _first(rows, outcome: str | None):
	return next((row for row in rows if (row.outcome or None) == (outcome or None)), None)
