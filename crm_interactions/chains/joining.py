"""Joining two chains: the younger one's activities move into the older, and its number leads there (R16)."""

import frappe
from frappe import _

from crm_interactions.chains import copies, entry_right, locks, log, membership, subject, summary
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import NeedsConfirmationError
from crm_interactions.journal import writer

Activity = tuple[str, str]


def plan(activity: Activity, target: Activity) -> dict:
	"""Say what joining would do, without doing it.

	Returns: `into` and `from`, the chains with what they hold; `same` when they are one already; `questions`, each
		with the argument of `join` that answers it.
	"""
	one, other = _chains(activity, target, lock=False)
	if one["name"] == other["name"]:
		return {"same": True, "into": one, "from": None, "questions": []}
	into, source = older_first(one, other)
	return {"same": False, "into": into, "from": source, "questions": list_confirmations(into, source)}


@locks.explain_conflicts
def join(
	activity: Activity, target: Activity, *, across_partners: bool = False, reopen: bool = False
) -> dict:
	"""Join the chains of two activities.

	Args:
		activity, target: type and name. Where `activity` followed nothing yet, it follows `target` from now on.
		across_partners: it is meant, though the partners differ.
		reopen: it is meant, though one of the chains is closed; the joined one is open.

	Returns: `chain`, the number of the chain; `joined`, how many activities were moved; `log`, the entry to undo.

	Raises: NeedsConfirmationError; ValidationError for a cancelled document; ChangedMeanwhileError.
	"""
	for one in (activity, target):
		_refuse_cancelled(*one)
	first, second = _chains(activity, target, lock=True)
	if first["name"] == second["name"]:
		return {"chain": first["name"], "joined": 0, "log": None}
	into, source = older_first(first, second)
	_confirm(into, source, across_partners, reopen)
	return merge(source, into, activity, target)


def merge(source: dict, into: dict, activity: Activity, target: Activity) -> dict:
	"""Move everything from one chain that is held into another one, log it, and bring dates and subject up to date."""
	follower = _follower(activity, target)
	moves = _moves(source["name"], into["name"], follower)
	adopted = _adopt_subject(into, source)
	entry = log.write_entry(
		"Join",
		into["name"],
		other_chain=source["name"],
		activity_type=activity[0],
		activity=activity[1],
		target_type=target[0],
		target=target[1],
		status_before=into["status"],
		other_status_before=source["status"],
		party_taken=int(takes_party(into, source)),
		**adopted,
	)
	log.write_moves(entry, moves)
	writer.move_chain(source["name"], into)
	copies.replace_chain(source["name"], into)
	if follower:
		writer.set_previous(follower["name"], follower["target"])
	frappe.db.set_value(locks.CHAIN, source["name"], {"status": "Merged", "merged_into": into["name"]})
	_open(into, source)
	summary.refresh_summary(into["name"], source["name"])
	moved = sum(move["from_chain"] != move["to_chain"] for move in moves)
	return {"chain": into["name"], "joined": moved, "log": entry}


def merge_activities(doctype: str, old: str, new: str) -> None:
	"""Prepare the merging of two documents: their chains become one, where the user may write to both, and the old row goes."""
	gone, stays = writer.find_row(doctype, old), writer.find_row(doctype, new)
	if not gone or not stays:
		return
	first, second = locks.hold_chains(gone["chain"], stays["chain"])
	if first["name"] != second["name"] and all(
		entry_right.may_change(one["name"]) for one in (first, second)
	):
		into, source = older_first(first, second)
		merge(source, into, (doctype, old), (doctype, new))
	gone, stays = writer.find_row(doctype, old, lock=True), writer.find_row(doctype, new, lock=True)
	is_joined = gone["chain"] == stays["chain"]
	if is_joined and gone["name"] not in writer.followed_by(stays):
		gone["previous"] = stays["name"]
	writer.delete_row(gone)
	summary.refresh_summary(gone["chain"])
	membership.close_empty([gone["chain"]])


def older_first(one: dict, other: dict) -> tuple[dict, dict]:
	"""The number that has been known for longer stays."""
	return tuple(sorted((one, other), key=lambda chain: (chain["creation"], chain["name"])))


def takes_party(into: dict, source: dict) -> bool:
	return bool(source["party"] and not into["party"])


def list_confirmations(into: dict, source: dict) -> list[dict]:
	"""Return what has to be confirmed before two chains are joined."""
	asked = []
	if into["party"] and source["party"] and _party(into) != _party(source):
		asked.append(
			{
				"argument": "across_partners",
				"text": _("The chains are with different partners: {0} and {1}.").format(
					into["party"], source["party"]
				),
			}
		)
	closed = [chain["name"] for chain in (into, source) if chain["status"] == "Closed"]
	if closed:
		asked.append(
			{
				"argument": "reopen",
				"text": _("{0} is closed. The joined chain will be open.").format(", ".join(closed)),
			}
		)
	return asked


def _confirm(into: dict, source: dict, across_partners: bool, reopen: bool) -> None:
	confirmed = {"across_partners": across_partners, "reopen": reopen}
	open_questions = [asked for asked in list_confirmations(into, source) if not confirmed[asked["argument"]]]
	if open_questions:
		frappe.throw(
			_("{0} Confirm with {1} that this is meant.").format(
				" ".join(asked["text"] for asked in open_questions),
				", ".join(asked["argument"] for asked in open_questions),
			),
			NeedsConfirmationError,
			title=_("Please Confirm"),
		)


def _chains(activity: Activity, target: Activity, *, lock: bool) -> list[dict]:
	"""Return the chains of both, each in its latest version when it is held."""
	rows = [_row(*activity), _row(*target)]
	names = [row["chain"] for row in rows]
	if not lock:
		return [frappe.db.get_value(locks.CHAIN, name, locks.FIELDS, as_dict=True) for name in names]
	chains = locks.hold_chains(*names)
	latest = [writer.find_row(*activity, lock=True), writer.find_row(*target, lock=True)]
	if None in latest:
		raise locks.changed_meanwhile()
	if [row["chain"] for row in latest] == names:
		return chains
	# they were joined or parted between our look and our lock; what they are in now
	return locks.hold_chains(*(row["chain"] for row in latest))


def _row(activity_type: str, activity: str) -> dict:
	row = writer.find_row(activity_type, activity)
	if not row:
		frappe.throw(
			_("{0} {1} has no chain. Only saved documents of registered types have one.").format(
				_(activity_type), bold(activity)
			),
			frappe.DoesNotExistError,
		)
	return row


def _refuse_cancelled(activity_type: str, activity: str) -> None:
	if frappe.db.get_value(activity_type, activity, "docstatus") == 2:
		frappe.throw(
			_("{0} is cancelled and can't be linked. Link the document that took its place.").format(
				bold(activity)
			),
			title=_("Document Is Cancelled"),
		)


def _party(chain: dict) -> tuple:
	return chain["party_type"], chain["party"]


def _follower(activity: Activity, target: Activity) -> dict | None:
	"""Return the row that follows the target from now on, unless it follows something already."""
	row, followed = writer.find_row(*activity, lock=True), writer.find_row(*target, lock=True)
	if row["previous"]:
		return None
	return {**row, "target": followed["name"]}


def _moves(source: str, into: str, follower: dict | None) -> list[dict]:
	names = writer.names_in(source)
	moves = {name: {"link": name, "from_chain": source, "to_chain": into} for name in names}
	if follower:
		stays = {"link": follower["name"], "from_chain": into, "to_chain": into}
		moves.setdefault(follower["name"], stays).update(
			previous_changed=1, previous_before=follower["previous"]
		)
	return list(moves.values())


def _adopt_subject(into: dict, source: dict) -> dict:
	"""The joined chain keeps the older one's subject; where that has none, it takes the younger one's."""
	if into["subject"] or not source["subject"]:
		return {}
	subject.write_subject(into, (source["subject_type"], source["subject"]))
	return {"subject_type_after": into["subject_type"], "subject_after": into["subject"]}


def _open(into: dict, source: dict) -> None:
	values = {}
	if into["status"] == "Closed":
		values = {"status": "Open"}  # when and why it was closed stays, for undoing
	if takes_party(into, source):
		values |= {"party_type": source["party_type"], "party": source["party"]}
	if values:
		frappe.db.set_value(locks.CHAIN, into["name"], values)
