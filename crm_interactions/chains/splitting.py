"""Splitting activities off a chain into a new chain (B2)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, locks, log, numbers, summary
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import writer


@locks.explain_conflicts
def unlink(activity_type: str, activity: str, *, with_followers: bool = False) -> dict:
	"""Move an activity from its chain into a new open chain without a subject, and log it; rights aren't checked.

	Rows and copies get a new `modified`. Activities cut off from their previous one follow the nearest one before that.

	Args:
		with_followers: also move the activities that follow it, directly or not.

	Returns: `chain`, the name of the new chain; `moved`, the number of moved activities; `log`, the entry to undo.

	Raises: ValidationError if the old chain would be empty; DoesNotExistError for an activity without a row;
		ChangedMeanwhileError, also if it has just moved.
	"""
	rows, chain, root = hold_chain_rows(activity_type, activity)
	names = find_followers(rows, root["name"]) if with_followers else {root["name"]}
	return split_off(chain, rows, names, root)


def split_off(
	chain: dict, rows: list[dict], names: set[str], root: dict, subject: numbers.Subject = (None, None)
) -> dict:
	"""Move rows of a locked chain, and their copies, into a new open chain and log it; rights aren't checked.

	A row cut off from its previous row follows the nearest earlier one on its side. `modified` is set.

	Args:
		rows: all rows of the chain; `names` are the names of those to move.
		root: the row that gives the new chain its title, partner and responsible user; `subject` is its subject.

	Returns: `chain`, the new one's name, `moved`, the number of rows, and `log`. Raises ValidationError if none stays.
	"""
	if len(names) == len(rows):
		shown = bold(root["activity"]), bold(chain["name"])
		frappe.throw(
			_("Unlinking {0} would leave chain {1} empty. Keep at least one activity in it.").format(*shown),
			title=_("Nothing to Unlink"),
		)
	new = numbers.start_chain(root, subject)
	moves = _moves(rows, names, chain["name"], new["name"])
	about = {"activity_type": root["activity_type"], "activity": root["activity"]}
	about |= {"other_chain": new["name"], "status_before": chain["status"]}
	entry = log.write_entry("Split", chain["name"], **about)
	log.write_moves(entry, moves)
	gone = [row for row in rows if row["name"] in names]
	writer.move_rows([row["name"] for row in gone], new)
	copies.move_copies([(row["activity_type"], row["activity"]) for row in gone], new)
	_relink(rows, moves, names)
	summary.refresh_summary(chain["name"], new["name"])
	return {"chain": new["name"], "moved": len(gone), "log": entry}


def hold_chain_rows(activity_type: str, activity: str) -> tuple[list[dict], dict, dict]:
	"""Lock an activity's chain and its rows; return rows, chain and the activity's row in their latest versions.

	Raises: DoesNotExistError without a row or a registered type; ChangedMeanwhileError if it moved before the lock.
	"""
	known = writer.require_row(activity_type, activity)
	chain = locks.hold_chain(known["chain"])
	rows = writer.hold_rows(chain["name"])
	wanted = (activity_type, activity)
	root = next((row for row in rows if (row["activity_type"], row["activity"]) == wanted), None)
	if not root:
		raise locks.changed_meanwhile()
	return rows, chain, root


def find_followers(rows: list[dict], root: str) -> set[str]:
	"""Return the names of a row and of all given rows that follow it, directly or not."""
	after: dict[str, list[str]] = {}
	for row in rows:
		after.setdefault(row["previous"], []).append(row["name"])
	found, waiting = set(), [root]
	while waiting:
		name = waiting.pop()
		if name not in found:
			found.add(name)
			waiting += after.get(name, [])
	return found


def _moves(rows: list[dict], names: set[str], source: str, new: str) -> list[dict]:
	"""Return log moves for each row that moves, and for each other row whose previous row changes."""
	moves = []
	for row in rows:
		goes = row["name"] in names
		cut = row["previous"] and (row["previous"] in names) != goes
		if goes or cut:
			move = {"link": row["name"], "from_chain": source, "to_chain": new if goes else source}
			before = row["previous"] if cut else None
			moves.append({**move, "previous_changed": int(bool(cut)), "previous_before": before})
	return moves


def _relink(rows: list[dict], moves: list[dict], names: set[str]) -> None:
	"""Set changed previous rows to the nearest predecessor on the same side of the split."""
	before = {row["name"]: row["previous"] for row in rows}
	for move in moves:
		if not move["previous_changed"]:
			continue
		side, previous = move["link"] in names, before[move["link"]]
		while previous and (previous in names) != side:
			previous = before.get(previous)
		writer.set_previous(move["link"], previous)
