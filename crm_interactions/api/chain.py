"""Chains through HTTP: check, call, answer."""

import frappe
from frappe import _

from crm_interactions.api import arguments
from crm_interactions.chains import (
	candidates as candidate_rows,
)
from crm_interactions.chains import (
	closing,
	joining,
	locks,
	people,
	splitting,
	subject_documents,
	undoing,
)
from crm_interactions.chains import (
	counts as counting,
)
from crm_interactions.chains import (
	page as pages,
)
from crm_interactions.chains import (
	subject as subjects,
)
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import registry, writer
from crm_interactions.visibility import journal_rows

CHAIN = locks.CHAIN
MOST_NAMES = 500


@frappe.whitelist(methods=["POST"])
@arguments.checked
def link(
	activity_type: str,
	activity: str,
	target_type: str,
	target: str,
	across_partners: int = 0,
	reopen: int = 0,
) -> dict:
	"""Join the chains of two activities (R16).

	Args:
		activity_type, activity: what is linked.
		target_type, target: what it is linked to.
		across_partners: 1 when it is meant, though the partners differ.
		reopen: 1 when it is meant, though one of the chains is closed.

	Returns: `chain`, `joined` (how many activities moved that the user may read) and `log` (for `undo`; None when they were one chain).

	Raises: PermissionError; NeedsConfirmationError; ChangedMeanwhileError.
	"""
	for one in ((activity_type, activity), (target_type, target)):
		_may_read_activity(*one)
		_may_write_chain(_chain_of(*one))
	done = joining.join(
		(activity_type, activity),
		(target_type, target),
		across_partners=bool(int(across_partners)),
		reopen=bool(int(reopen)),
	)
	return {**done, "joined": counting.moved_by(done["log"]) if done["log"] else 0}


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview(activity_type: str, activity: str, target_type: str, target: str) -> dict:
	"""Say what `link` would join: `into`, `from`, `same` and `questions` to be confirmed first.

	The chains say how many activities they hold that the user may read.
	"""
	for one in ((activity_type, activity), (target_type, target)):
		_may_read_activity(*one)
	plan = joining.plan((activity_type, activity), (target_type, target))
	chains = [chain for chain in (plan["into"], plan["from"]) if chain]
	seen = counting.in_chains([chain["name"] for chain in chains])
	for chain in chains:
		chain["activity_count"] = seen[chain["name"]]
	return plan


@frappe.whitelist(methods=["GET"])
@arguments.checked
def candidates(
	activity_type: str,
	activity: str,
	text: str = "",
	kinds: str | list | None = None,
	start: int = 0,
	length: int = 20,
) -> dict:
	"""Return a page of what an activity can be linked to, newest first.

	Returns: `rows`, `more`, and `partner_known`: false where the activity names no partner and those of all are offered.
	"""
	_may_read_activity(activity_type, activity)
	return candidate_rows.list_candidates(
		activity_type, activity, text, _kinds(kinds), int(start), int(length)
	)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def unlink(activity_type: str, activity: str, with_followers: int = 0) -> dict:
	"""Take an activity out of its chain, into one of its own.

	Args:
		with_followers: 1 to take along what followed from it.

	Returns: `chain`, the new number; `moved`, how many activities that the user may read; `log`, for `undo`.
	"""
	_may_read_activity(activity_type, activity)
	_may_write_chain(_chain_of(activity_type, activity))
	done = splitting.unlink(activity_type, activity, with_followers=bool(int(with_followers)))
	return {**done, "moved": counting.moved_by(done["log"])}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def undo(log: str) -> dict:
	"""Undo a join, a split or a change of subject: exactly what it moved goes back.

	Args:
		log: name of the entry in the chain's log.

	Returns: `chain` and `log`, the entry that says so.
	"""
	for chain in frappe.db.get_value("Interaction Chain Log", log, ["chain", "other_chain"]) or [None]:
		if chain:
			_may_write_chain(chain)
	return undoing.undo_entry(log)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def page(
	chain: str | None = None,
	activity_type: str | None = None,
	activity: str | None = None,
	party_type: str | None = None,
	party: str | None = None,
	start: int = 0,
	length: int = 20,
	kinds: str | list | None = None,
) -> dict:
	"""Return a page of activities, newest first: of a chain, of an activity's chain, or of a partner (R2, R17).

	Args:
		start, length: from which row on and how many, at most 100.
		kinds: document types to show; all unless given.

	Returns: `rows`, `counts` by document type, `total`, `more`, and `chain` (None for a partner's and for a
		document that has no chain).
	"""
	kinds, condition = _kinds(kinds), journal_rows.row_condition()
	if party:
		if not party_type:
			frappe.throw(_("Say which partner is meant: its document type and its name."))
		frappe.has_permission(party_type, "read", doc=party, throw=True)
		return {**pages.of_party(party_type, party, start, length, kinds, condition), "chain": None}
	doc = _followed(chain) if chain else _seen_chain_of(activity_type, activity, condition)
	if not doc:  # no activity of its own, such as the task that assigns one
		return {"rows": [], "counts": [], "total": 0, "more": False, "chain": None}
	found = pages.of_chain(doc.name, start, length, kinds, condition)
	doc.flags.row_seen = bool(found["counts"])  # so that the permission needn't be looked up once more
	doc.check_permission("read")
	return {**found, "chain": _head(doc, condition)}


@frappe.whitelist(methods=["POST"])  # it only reads, but an address has no room for a page of names
@arguments.checked
def counts(activities: str | list, activity_type: str = "Interaction") -> dict:
	"""Return, for each activity, how many activities of each document type its chain holds (R18).

	What the user may not read is neither answered for nor counted.

	Args:
		activities: names of documents of one type, at most as many as a list shows.
		activity_type: that type.
	"""
	frappe.has_permission(activity_type, "read", throw=True)
	return counting.count_by_type(activity_type, arguments.names(activities, "activities")[:MOST_NAMES])


@frappe.whitelist(methods=["GET"])
@arguments.checked
def members(chain: str, kind: str) -> list[str]:
	"""Return the names of a chain's activities of one document type, for their list."""
	_may_read_chain(chain)
	return counting.list_members(chain, kind, MOST_NAMES)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def participants(chain: str) -> list[dict]:
	"""Return who took part in any activity of a chain that the user may read, each once."""
	_may_read_chain(chain)
	return people.list_participants(chain, journal_rows.row_condition())


@frappe.whitelist(methods=["POST"])
@arguments.checked
def set_subject(
	chain: str | None = None,
	subject_type: str | None = None,
	subject: str | None = None,
	reach: str = "chain",
	activity_type: str | None = None,
	activity: str | None = None,
) -> dict:
	"""Give a chain a subject, or another one, or none (R20, B2).

	Args:
		subject_type, subject: the document; both empty to clear it.
		reach: "chain" for all of it; "onwards" for this activity and what came after it, "this" for it alone: these
			two part that from the chain.
		activity_type, activity: for the last two.

	Returns: `chain`, the one that has the subject now, and `log`, for `undo`.
	"""
	if reach not in subjects.REACHES:
		frappe.throw(_("The reach is one of {0}.").format(", ".join(subjects.REACHES)))
	if reach != "chain" or not chain:
		# of this activity's chain, whichever else was named
		_may_read_activity(activity_type, activity)
		chain = _chain_of(activity_type, activity)
	_may_write_chain(chain)
	if subject:
		subjects.require_type(subject_type)
		frappe.has_permission(subject_type, "read", doc=subject, throw=True)
	if reach == "chain":
		return subjects.set_for_chain(chain, subject_type, subject)
	return subjects.set_from(activity_type, activity, subject_type, subject, reach=reach)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def create_subject(chain: str, doctype: str) -> dict:
	"""Make a deal, claim or campaign from a chain: it becomes the subject and gets the participants (R20).

	Returns: `doctype` and `name` of the new document, and `chain`.
	"""
	_may_write_chain(chain)
	frappe.has_permission(doctype, "create", throw=True)
	return subject_documents.create_document(chain, doctype)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def close(chain: str, reason: str | None = None, cancel_planned: int = 0) -> dict:
	"""Close a chain (R19).

	Args:
		reason: why contact ends.
		cancel_planned: 1 to cancel its planned interactions and meetings.
	"""
	_may_write_chain(chain)
	return closing.close(chain, reason, cancel_planned=bool(int(cancel_planned)))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def reopen(chain: str) -> dict:
	"""Reopen a closed chain."""
	_may_write_chain(chain)
	return closing.reopen(chain)


def _head(doc, condition) -> dict:
	"""Return the chain itself, with what stands for its subject while it has none (R20)."""
	fields = (*locks.FIELDS, "started_on", "last_activity_on", "close_reason")
	head = {field: doc.get(field) for field in fields}
	return {
		**head,
		"first_interaction": None if doc.subject else pages.first_interaction(doc.name, condition),
	}


def _followed(chain: str):
	"""Return the chain, or the one that its number leads to."""
	doc = frappe.get_doc(CHAIN, chain)
	while doc.status == "Merged" and doc.merged_into:
		doc = frappe.get_doc(CHAIN, doc.merged_into)
	return doc


def _seen_chain_of(activity_type: str | None, activity: str | None, condition):
	"""Return the chain of an activity that the user may see; None for a document that has none."""
	found = pages.chain_of(activity_type, activity, condition) if activity else None
	if found:
		return frappe.get_doc({"doctype": CHAIN, **found})
	_may_read_activity(activity_type, activity)
	return None


def _may_read_activity(activity_type: str | None, activity: str | None) -> None:
	if not activity_type or not activity:
		frappe.throw(_("Say which activity is meant: its document type and its name."))
	frappe.has_permission(activity_type, "read", doc=activity, throw=True)


def _may_read_chain(chain: str):
	doc = frappe.get_doc(CHAIN, chain)
	doc.check_permission("read")
	return doc


def _may_write_chain(chain: str) -> None:
	frappe.get_doc(CHAIN, chain).check_permission("write")


def _chain_of(activity_type: str, activity: str) -> str:
	row = writer.find_row(activity_type, activity) if registry.get_source(activity_type) else None
	if not row:
		frappe.throw(
			_("{0} {1} has no chain. Only saved documents of registered types have one.").format(
				_(activity_type), bold(activity)
			),
			frappe.DoesNotExistError,
		)
	return row["chain"]


def _kinds(value) -> list[str] | None:
	return arguments.names(value, "kinds") or None
