"""Undoing what was done to a chain: exactly what it moved goes back to where it was (B2)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, locks, log, subject, summary
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import writer

UNDOABLE = ("Join", "Split", "Subject")


@locks.explain_conflicts
def undo_entry(name: str) -> dict:
	"""Undo an entry of the log.

	What has come into the chain since stays where it is; so does what was moved on since.

	Returns: `chain` and `log`, the entry that says so.

	Raises: ValidationError when it was undone already, can't be undone, or something later has to be undone first.
	"""
	entry = log.hold_entry(name)
	if entry["action"] not in UNDOABLE:
		frappe.throw(_("Only joining, parting and a change of subject can be undone here."))
	chain, other = _hold(entry)
	_require_reachable(entry, chain, other)
	{"Join": _undo_join, "Split": _undo_split, "Subject": _undo_subject}[entry["action"]](entry, chain, other)
	log.mark_undone(name)
	undoing = log.write_entry(
		"Undo",
		entry["chain"],
		other_chain=entry["other_chain"],
		activity_type=entry["activity_type"],
		activity=entry["activity"],
		undoes=name,
	)
	return {"chain": entry["chain"], "log": undoing}


def _hold(entry: dict) -> tuple[dict, dict | None]:
	if not entry["other_chain"]:
		return locks.hold_chain(entry["chain"]), None
	chain, other = locks.hold_chains(entry["chain"], entry["other_chain"])
	return chain, other


def _require_reachable(entry: dict, chain: dict, other: dict | None) -> None:
	"""Where the activities have gone on with a whole chain, that joining is undone first."""
	gone = chain if chain["status"] == "Merged" else None
	if entry["action"] == "Split" and other["status"] == "Merged":
		gone = other
	if gone:
		frappe.throw(
			_("{0} was joined to {1} since. Undo that first.").format(
				bold(gone["name"]), bold(gone["merged_into"])
			),
			title=_("Undo the Later One First"),
		)


def _undo_join(entry: dict, chain: dict, other: dict) -> None:
	_require_something_left(entry)
	_restore_subject(entry, chain)
	frappe.db.set_value(
		locks.CHAIN, other["name"], {"status": entry["other_status_before"], "merged_into": None}
	)
	values = {}
	if chain["status"] == "Open" and entry["status_before"] == "Closed":
		values["status"] = "Closed"
	if entry["party_taken"] and (chain["party_type"], chain["party"]) == (
		other["party_type"],
		other["party"],
	):
		values |= {"party_type": None, "party": None}
	if values:
		frappe.db.set_value(locks.CHAIN, chain["name"], values)
	_move_back(entry, {chain["name"]: chain, other["name"]: other})
	summary.refresh_summary(chain["name"], other["name"])


def _require_something_left(entry: dict) -> None:
	joined = [move["link"] for move in log.moves_of(entry["name"]) if move["from_chain"] != move["to_chain"]]
	if not frappe.db.exists(writer.ROW, {"name": ("in", joined or [""]), "chain": entry["chain"]}):
		frappe.throw(
			_("Nothing of what was joined then is in {0} any more.").format(bold(entry["chain"])),
			title=_("Nothing to Undo"),
		)


def _undo_split(entry: dict, chain: dict, other: dict) -> None:
	"""What was parted takes its old chain's subject again with its number."""
	_move_back(entry, {chain["name"]: chain, other["name"]: other})
	if not writer.names_in(other["name"]):
		# its number still leads somewhere
		frappe.db.set_value(locks.CHAIN, other["name"], {"status": "Merged", "merged_into": chain["name"]})
	summary.refresh_summary(chain["name"], other["name"])


def _undo_subject(entry: dict, chain: dict, other: dict | None) -> None:
	now = (chain["subject_type"] or None, chain["subject"] or None)
	if now != (entry["subject_type_after"] or None, entry["subject_after"] or None):
		frappe.throw(
			_("The subject of {0} was changed again since. Undo that first.").format(bold(chain["name"])),
			title=_("Undo the Later One First"),
		)
	subject.write_subject(chain, (entry["subject_type_before"], entry["subject_before"]))


def _restore_subject(entry: dict, chain: dict) -> None:
	"""A subject that the joined chain took over goes again, unless it was changed since."""
	taken = (entry["subject_type_after"], entry["subject_after"])
	if taken[1] and taken == (chain["subject_type"], chain["subject"]):
		subject.write_subject(chain, (None, None))


def _move_back(entry: dict, chains: dict[str, dict]) -> None:
	"""Move what is still where this entry put it; put right what follows what."""
	moves = log.moves_of(entry["name"])
	here = {row["name"]: row for name in chains for row in writer.rows_in(name)}
	back = [move for move in moves if (row := here.get(move["link"])) and row["chain"] == move["to_chain"]]
	for home in {move["from_chain"] for move in back}:
		rows = [here[m["link"]] for m in back if m["from_chain"] == home and m["to_chain"] != home]
		writer.move_rows([row["name"] for row in rows], chains[home])
		copies.move_copies([(row["activity_type"], row["activity"]) for row in rows], chains[home])
		for row in rows:
			row["chain"] = home
	_relink(back, here)


def _relink(back: list[dict], here: dict[str, dict]) -> None:
	"""What followed something else before does so again; nothing follows an activity of another chain."""
	for move in back:
		if move["previous_changed"]:
			_follow(here[move["link"]], move["previous_before"], here)
	for row in here.values():
		previous = here.get(row["previous"])
		if row["previous"] and (not previous or previous["chain"] != row["chain"]):
			_follow(row, None, here)


def _follow(row: dict, previous: str | None, here: dict[str, dict]) -> None:
	known = here.get(previous)
	if known and known["chain"] == row["chain"]:
		row["previous"] = previous
	else:
		row["previous"] = None
	writer.set_previous(row["name"], row["previous"])
