"""Joining two chains: activities move from the younger chain to the older, which its number then leads to (R16)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, entry_right, locks, log, membership, subject, summary
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import NeedsConfirmationError
from crm_interactions.journal import writer

Activity = tuple[str, str]
Rows = tuple[dict, dict]


def plan(activity: Activity, target: Activity) -> dict:
	"""Describe the join of two activities' chains without changing or locking anything or checking rights.

	Returns: `same`, whether both are in one chain; `into` and `from`, the older chain and the younger (None if `same`),
		with `locks.FIELDS`; `questions` to confirm, each with its `text` and the `argument` of `join` that confirms it.
		Raises DoesNotExistError for an activity without a row.
	"""
	rows = (writer.require_row(*activity), writer.require_row(*target))
	chains = (frappe.db.get_value(locks.CHAIN, row["chain"], locks.FIELDS, as_dict=True) for row in rows)
	first, second = chains
	if first["name"] == second["name"]:
		return {"same": True, "into": first, "from": None, "questions": []}
	into, source = older_first(first, second)
	return {"same": False, "into": into, "from": source, "questions": list_confirmations(into, source)}


@locks.explain_conflicts
def join(
	activity: Activity,
	target: Activity,
	*,
	across_partners: bool = False,
	reopen: bool = False,
	known_rows: Rows | None = None,
) -> dict:
	"""Join the chains of two activities and log it; do nothing if both are in one chain. Rights aren't checked.

	Rows and copies move, with `modified` set, to the older chain, which takes subject and partner of the other one if
	it has none. The other one becomes Merged.

	Args:
		activity, target: (type, name) pairs. `target` becomes the previous activity of `activity`, if it has none.
		across_partners: confirms joining chains of different partners.
		reopen: confirms joining a closed chain; the joined chain is open.
		known_rows: the journal rows of both, if the caller has read them.

	Returns: `chain`, the older chain; `joined`, the number of moved activities; `log`, the entry to undo, or None.

	Raises: NeedsConfirmationError; ValidationError for a document with docstatus 2; DoesNotExistError for an activity
		without a row; ChangedMeanwhileError, also if a row is deleted meanwhile.
	"""
	for document in (activity, target):
		_refuse_cancelled(*document)
	known_rows = known_rows or (writer.require_row(*activity), writer.require_row(*target))
	(first, second), rows = _hold(known_rows)
	if first["name"] == second["name"]:
		return {"chain": first["name"], "joined": 0, "log": None}
	into, source = older_first(first, second)
	_confirm(into, source, across_partners, reopen)
	return merge(source, into, rows)


def merge(source: dict, into: dict, rows: Rows) -> dict:
	"""Merge a locked chain into another one and log it, without the checks of `join`, whose result it returns.

	Rows and copies move, with `modified` set, and `source` becomes Merged. `into` takes subject and partner of `source`
	if it has none; if closed, it becomes Open but keeps time, user and reason of closing. `rows` are the locked rows of
	the activity and its target, which the activity follows from now on, unless it follows another row.
	"""
	row, target = rows
	# the activity follows the target from now on, unless it follows another one
	follower = None if row["previous"] else row
	moves = _moves(source["name"], into["name"], follower)
	adopted = _adopt_subject(into, source)
	about = {"activity_type": row["activity_type"], "activity": row["activity"]}
	about |= {"target_type": target["activity_type"], "target": target["activity"]}
	before = {"status_before": into["status"], "other_status_before": source["status"]}
	before["party_taken"] = int(takes_party(into, source))
	entry = log.write_entry("Join", into["name"], other_chain=source["name"], **about, **before, **adopted)
	log.write_moves(entry, moves)
	writer.move_chain(source["name"], into)
	copies.replace_chain(source["name"], into)
	if follower:
		writer.set_previous(follower["name"], target["name"])
	frappe.db.set_value(locks.CHAIN, source["name"], {"status": "Merged", "merged_into": into["name"]})
	_open(into, source)
	summary.refresh_summary(into["name"], source["name"])
	moved = sum(move["from_chain"] != move["to_chain"] for move in moves)
	return {"chain": into["name"], "joined": moved, "log": entry}


def merge_activities(doctype: str, old: str, new: str) -> None:
	"""Delete the row of `old`, which is about to be merged into `new`, after joining their chains without confirmation.

	Without write permission on both, the chains stay separate. In one chain, rows that followed the old row follow the
	new one. A chain left empty is closed. If either has no row, nothing happens. Raises ChangedMeanwhileError.
	"""
	known = (writer.find_row(doctype, old), writer.find_row(doctype, new))
	if None in known:
		return
	chains, rows = _hold(known)
	first, second = chains
	if first["name"] != second["name"] and all(entry_right.may_change(chain["name"]) for chain in chains):
		into, source = older_first(first, second)
		merge(source, into, rows)
		rows = (writer.find_row(doctype, old, lock=True), writer.find_row(doctype, new, lock=True))
	gone, stays = rows
	is_joined = gone["chain"] == stays["chain"]
	if is_joined and gone["name"] not in writer.list_predecessors(stays):
		gone["previous"] = stays["name"]
	writer.delete_row(gone)
	summary.refresh_summary(gone["chain"])
	membership.close_empty([gone["chain"]])


def older_first(first: dict, second: dict) -> tuple[dict, dict]:
	"""Return two chains as (older, younger) by creation, then by name; the older number is kept."""
	return tuple(sorted((first, second), key=lambda chain: (chain["creation"], chain["name"])))


def takes_party(into: dict, source: dict) -> bool:
	return bool(source["party"] and not into["party"])


def list_confirmations(into: dict, source: dict) -> list[dict]:
	"""Return the questions before a join, as `argument` and `text`: on different partners and on a closed chain."""
	questions = []
	if into["party"] and source["party"] and _party(into) != _party(source):
		partners = into["party"], source["party"]
		text = _("The chains have different partners: {0} and {1}.").format(*partners)
		questions.append({"argument": "across_partners", "text": text})
	closed = [chain["name"] for chain in (into, source) if chain["status"] == "Closed"]
	if closed:
		text = _("{0} is closed. The joined chain will be open.").format(", ".join(closed))
		questions.append({"argument": "reopen", "text": text})
	return questions


def _confirm(into: dict, source: dict, across_partners: bool, reopen: bool) -> None:
	confirmed = {"across_partners": across_partners, "reopen": reopen}
	open_questions = [item for item in list_confirmations(into, source) if not confirmed[item["argument"]]]
	if open_questions:
		texts = " ".join(item["text"] for item in open_questions)
		arguments = ", ".join(item["argument"] for item in open_questions)
		frappe.throw(
			_("{0} To join them anyway, confirm with {1}.").format(texts, arguments),
			NeedsConfirmationError,
			title=_("Please Confirm"),
		)


def _hold(known: Rows) -> tuple[list[dict], Rows]:
	"""Lock the chains of two rows, then the rows; return chains and rows in their latest versions."""
	names = [row["chain"] for row in known]
	chains = locks.hold_chains(*names)
	rows = tuple(writer.find_row(row["activity_type"], row["activity"], lock=True) for row in known)
	if None in rows:
		raise locks.changed_meanwhile()
	if [row["chain"] for row in rows] != names:
		# another user has joined or split the chains between the look and the lock
		chains = locks.hold_chains(*(row["chain"] for row in rows))
	return chains, rows


def _refuse_cancelled(activity_type: str, activity: str) -> None:
	if frappe.db.get_value(activity_type, activity, "docstatus") == 2:
		name = bold(activity)
		frappe.throw(
			_("{0} is cancelled and can't be linked. Link the document that replaces it.").format(name),
			title=_("Document Is Cancelled"),
		)


def _party(chain: dict) -> tuple:
	return chain["party_type"], chain["party"]


def _moves(source: str, into: str, follower: dict | None) -> list[dict]:
	names = writer.hold_row_names(source)
	moves = {name: {"link": name, "from_chain": source, "to_chain": into} for name in names}
	if follower:
		stays = {"link": follower["name"], "from_chain": into, "to_chain": into}
		relinked = {"previous_changed": 1, "previous_before": follower["previous"]}
		moves.setdefault(follower["name"], stays).update(relinked)
	return list(moves.values())


def _adopt_subject(into: dict, source: dict) -> dict:
	"""Copy the younger chain's subject to the older chain if that has none; return the fields for the log."""
	if into["subject"] or not source["subject"]:
		return {}
	subject.write_subject(into, (source["subject_type"], source["subject"]))
	return {"subject_type_after": into["subject_type"], "subject_after": into["subject"]}


def _open(into: dict, source: dict) -> None:
	values = {}
	if into["status"] == "Closed":
		values = {"status": "Open"}  # closing date and reason stay, so that undo can restore them
	if takes_party(into, source):
		values |= {"party_type": source["party_type"], "party": source["party"]}
	if values:
		frappe.db.set_value(locks.CHAIN, into["name"], values)
