"""Undo of joins, splits and subject changes: exactly the moved rows return to their former chain (B2)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, locks, log, subject, summary
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import writer

UNDOABLE = ("Join", "Split", "Subject")


@locks.explain_conflicts
def undo_entry(name: str) -> dict:
	"""Undo a log entry, mark it as undone and log the undo, which can't be undone itself; rights aren't checked.

	Activities added or moved elsewhere since the entry stay where they are; others return, with the subject of their
	former chain and `modified` set. Undoing a join also restores both chains' status, and clears a partner or subject
	taken over unless changed since; undoing a split makes an empty new chain Merged.

	Returns: `chain` and `log`, the name of the new entry.

	Raises: DoesNotExistError; ValidationError for an undone entry, an action other than join, split or subject, a chain
		joined or a subject changed since, or a join without activities left; ChangedMeanwhileError.
	"""
	entry = log.hold_entry(name)
	if entry["action"] not in UNDOABLE:
		frappe.throw(_("Only joins, splits and subject changes can be undone. Reverse this change manually."))
	chain, other = _hold(entry)
	_refuse_later_join(entry, chain, other)
	{"Join": _undo_join, "Split": _undo_split, "Subject": _undo_subject}[entry["action"]](entry, chain, other)
	log.mark_undone(name)
	same = {field: entry[field] for field in ("other_chain", "activity_type", "activity")}
	undoing = log.write_entry("Undo", entry["chain"], **same, undoes=name)
	return {"chain": entry["chain"], "log": undoing}


def _hold(entry: dict) -> tuple[dict, dict | None]:
	chain, *others = locks.hold_chains(entry["chain"], entry["other_chain"])
	return chain, others[0] if others else None


def _refuse_later_join(entry: dict, chain: dict, other: dict | None) -> None:
	"""Raise ValidationError if a chain of the entry was later joined to another chain, which moved its rows on."""
	merged = chain if chain["status"] == "Merged" else None
	if entry["action"] == "Split" and other["status"] == "Merged":
		merged = other
	if merged:
		names = bold(merged["name"]), bold(merged["merged_into"])
		frappe.throw(
			_("{0} was later joined to {1}. Undo that join first.").format(*names),
			title=_("Undo the Later Change First"),
		)


def _undo_join(entry: dict, chain: dict, other: dict) -> None:
	_refuse_without_rows(entry)
	_restore_subject(entry, chain)
	parted = {"status": entry["other_status_before"], "merged_into": None}
	frappe.db.set_value(locks.CHAIN, other["name"], parted)
	values = {}
	if chain["status"] == "Open" and entry["status_before"] == "Closed":
		values["status"] = "Closed"
	party = ("party_type", "party")
	if entry["party_taken"] and all(chain[field] == other[field] for field in party):
		values |= dict.fromkeys(party)
	if values:
		frappe.db.set_value(locks.CHAIN, chain["name"], values)
	_move_back(entry, {chain["name"]: chain, other["name"]: other})
	summary.refresh_summary(chain["name"], other["name"])


def _refuse_without_rows(entry: dict) -> None:
	joined = [m["link"] for m in log.list_moves(entry["name"]) if m["from_chain"] != m["to_chain"]]
	if not frappe.db.exists(writer.ROW, {"name": ("in", joined or [""]), "chain": entry["chain"]}):
		frappe.throw(
			_("None of the joined activities is in {0} any more.").format(bold(entry["chain"])),
			title=_("Nothing to Undo"),
		)


def _undo_split(entry: dict, chain: dict, other: dict) -> None:
	"""Move the split-off rows back to the old chain and its subject; a new chain left empty becomes Merged."""
	_move_back(entry, {chain["name"]: chain, other["name"]: other})
	if not writer.hold_row_names(other["name"]):
		# the number of the empty chain must still lead to the activities
		frappe.db.set_value(locks.CHAIN, other["name"], {"status": "Merged", "merged_into": chain["name"]})
	summary.refresh_summary(chain["name"], other["name"])


def _undo_subject(entry: dict, chain: dict, other: dict | None) -> None:
	now = (chain["subject_type"] or None, chain["subject"] or None)
	if now != (entry["subject_type_after"] or None, entry["subject_after"] or None):
		frappe.throw(
			_("The subject of {0} has changed since. Undo that change first.").format(bold(chain["name"])),
			title=_("Undo the Later Change First"),
		)
	subject.write_subject(chain, (entry["subject_type_before"], entry["subject_before"]))


def _restore_subject(entry: dict, chain: dict) -> None:
	"""Clear a subject adopted by the join, unless the subject was changed since."""
	taken = (entry["subject_type_after"], entry["subject_after"])
	if taken[1] and taken == (chain["subject_type"], chain["subject"]):
		subject.write_subject(chain, (None, None))


def _move_back(entry: dict, chains: dict[str, dict]) -> None:
	"""Move rows that are still where the entry put them back to their chain, and restore their previous rows."""
	moves = log.list_moves(entry["name"])
	by_name = {row["name"]: row for name in chains for row in writer.hold_rows(name)}
	back = [move for move in moves if (row := by_name.get(move["link"])) and row["chain"] == move["to_chain"]]
	for origin in {move["from_chain"] for move in back}:
		rows = [by_name[m["link"]] for m in back if m["from_chain"] == origin and m["to_chain"] != origin]
		writer.move_rows([row["name"] for row in rows], chains[origin])
		copies.move_copies([(row["activity_type"], row["activity"]) for row in rows], chains[origin])
		for row in rows:
			row["chain"] = origin
	_relink(back, by_name)


def _relink(back: list[dict], by_name: dict[str, dict]) -> None:
	"""Restore changed previous rows, and clear those that are in another chain."""
	for move in back:
		if move["previous_changed"]:
			_set_previous(by_name[move["link"]], move["previous_before"], by_name)
	for row in by_name.values():
		previous = by_name.get(row["previous"])
		if row["previous"] and (not previous or previous["chain"] != row["chain"]):
			_set_previous(row, None, by_name)


def _set_previous(row: dict, previous: str | None, by_name: dict[str, dict]) -> None:
	known = by_name.get(previous)
	row["previous"] = previous if known and known["chain"] == row["chain"] else None
	writer.set_previous(row["name"], row["previous"])
