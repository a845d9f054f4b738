"""HTTP methods for chains; PermissionError means a missing right, DoesNotExistError an unknown name."""

import frappe
from frappe import _

from crm_interactions.api import arguments, reading
from crm_interactions.api.arguments import Text
from crm_interactions.chains import (
	closing,
	joining,
	locks,
	people,
	related,
	splitting,
	subject_documents,
	subject_results,
	undoing,
)
from crm_interactions.chains import counts as counting
from crm_interactions.chains import page as pages
from crm_interactions.chains.candidates import list_candidates
from crm_interactions.chains.open_chains import list_open_chains
from crm_interactions.chains.results import Result
from crm_interactions.chains.subject import SCOPES, require_type, set_for_chain, set_from
from crm_interactions.journal import writer
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
	"""Join the chains of two activities and log it; the younger chain is merged into the older one (R16).

	The joined chain is open, and takes a missing partner or subject from the younger one. The target becomes the
	previous activity of `activity`, unless that has one. Activities of one chain stay as they are.

	Args:
		across_partners, reopen: 1 confirms that the partners differ, and that a closed chain is reopened.

	Returns: `chain`, `joined` (number of moved activities that the user may read) and `log` (for `undo`; None if the
		activities were in the same chain).

	Raises: PermissionError without the right to read both activities and to write both chains; NeedsConfirmationError;
		ValidationError for a document with docstatus 2; ChangedMeanwhileError.
	"""
	pairs = ((activity_type, activity), (target_type, target))
	rows = []
	for pair in pairs:
		_may_read_activity(*pair)
		rows.append(writer.require_row(*pair))
		_may_write_chain(rows[-1]["chain"])
	confirmed = {"across_partners": bool(int(across_partners)), "reopen": bool(int(reopen))}
	done = joining.join(*pairs, **confirmed, known_rows=tuple(rows))
	return {**done, "joined": counting.moved_by(done["log"]) if done["log"] else 0}


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview(activity_type: str, activity: str, target_type: str, target: str) -> dict:
	"""Preview `link` without changes: return the chains `into` and `from`, `same`, and the `questions` to confirm.

	Each question has a `text` and the `argument` of `link` that confirms it. `activity_count` of the chains counts only
	activities that the user may read. If `same` is true, `from` is None. The right to write isn't checked.
	"""
	for pair in ((activity_type, activity), (target_type, target)):
		_may_read_activity(*pair)
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
	text: Text = "",
	kinds: str | list | None = None,
	start: int = 0,
	length: int = 20,
) -> dict:
	"""Return a page of the activities to which an activity can be linked, newest first, cancelled ones included.

	They are readable, in other chains, and of the activity's partner. `text` is a part of topic, name or chain; `kinds`
	are document types, all by default; `length` is cut to 100.

	Returns: `rows`, `more`, and `partner_known`: false without a partner, when `rows` are of all partners, and for an
		activity without a chain, which has no `rows`.
	"""
	_may_read_activity(activity_type, activity)
	return list_candidates(activity_type, activity, text, _kinds(kinds), int(start), int(length))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_open(party_type: str, party: str) -> list[dict]:
	"""Return a partner's open chains that the user may add to, newest first: `name`, `title` and `next_step_on`.

	The partner needn't be readable. An unknown one, and a user without the right to write chains, give [].

	Raises: PermissionError for a user without a role that reads chains.
	"""
	frappe.has_permission(CHAIN, "read", throw=True)
	return list_open_chains(party_type, party) if frappe.has_permission(CHAIN, "write") else []


@frappe.whitelist(methods=["POST"])
@arguments.checked
def unlink(activity_type: str, activity: str, with_followers: int = 0) -> dict:
	"""Move an activity, with `with_followers` also all that follow it, to a new chain without subject, and log it.

	Returns: `chain`, the new chain; `moved`, the number of moved activities that the user may read; `log`, for `undo`.

	Raises: PermissionError without the right to read the activity and to write its chain; ValidationError if the old
		chain would be empty; ChangedMeanwhileError.
	"""
	_may_read_activity(activity_type, activity)
	_may_write_chain(writer.require_row(activity_type, activity)["chain"])
	done = splitting.unlink(activity_type, activity, with_followers=bool(int(with_followers)))
	return {**done, "moved": counting.moved_by(done["log"])}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def undo(log: str) -> dict:
	"""Undo an entry of the chain log: a join, a split or a change of subject; activities moved since stay.

	Returns: `chain` and `log`, the entry of the undo.

	Raises: PermissionError without write permission on the chains; ValidationError for another action, for one already
		undone, or if a later change has to be undone first; ChangedMeanwhileError.
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
	document_type: str | None = None,
	document: str | None = None,
	ends: int = 0,
	feed: str | dict | None = None,
) -> dict:
	"""Return readable activities, newest first: a page of a partner, a document, a chain, or an activity's chain (R2, R17).

	A partner has also the activities of the lead or prospect that it was made from. Of the other documents, an invoice or
	a delivery note stands for the chain of its sales order, all others for the activities that concern them: a contact or
	an employee takes part, a campaign or another subject is their topic. A merged `chain` stands for its target.

	Args: `start` is the offset, `length` at most 100, and `kinds` are the document types of the rows, all by default;
		`ends` is 1 for the rows of a chain with `ends_on`, the planned or actual end, or None; `feed`, an object that may
		be empty, asks for a feed: `text`, `responsible`, `since` and `until` limit it (`chains.feed.Feed`).

	Returns: `rows`; `counts`, a list of `doctype`, `count`, `icon` and `color`, of all types; `total`, of `kinds`;
		`more`; `chain`, a dict (None for a partner, and for a document without a chain). In a feed, pinned and planned
		activities come first, rows have what `chains.feed.add_content` adds, and `people` are the responsible users.

	Raises: ValidationError without any of them.
	"""
	condition = journal_rows.row_condition()
	paging = (start, length, _kinds(kinds), condition, arguments.feed(feed))
	if party:
		reading.require_document(party_type, party)
		return {**pages.of_party(party_type, party, *paging), "chain": None}
	if document:
		reading.require_document(document_type, document)
		chain = related.find_chain(document_type, document, condition)
		if not chain:
			return {**pages.of_document(document_type, document, *paging), "chain": None}
	doc = _followed(chain) if chain else _seen_chain_of(activity_type, activity, condition)
	if not doc:  # a document without a journal row, such as a ToDo that assigns an activity
		return {"rows": [], "counts": [], "total": 0, "more": False, "chain": None}
	found = pages.of_chain(doc.name, *paging)
	doc.flags.row_seen = bool(found["counts"])  # saves a second query for the permission
	doc.check_permission("read")
	if ends:
		pages.add_ends(found["rows"])
	return {**found, "chain": _head(doc, condition)}


@frappe.whitelist(methods=["POST"])  # read-only; POST because a page of names is too long for a URL
@arguments.checked
def counts(activities: str | list, activity_type: str = "Interaction") -> dict:
	"""Return, for each activity, how many activities of each document type its chain holds, itself included (R18).

	Unreadable activities are left out of the result and of the counts, those without a chain out of the result.

	Args: `activities` are names of documents of one type; names after the first `MOST_NAMES` are ignored.
	"""
	frappe.has_permission(activity_type, "read", throw=True)
	return counting.count_by_type(activity_type, arguments.names(activities, "activities")[:MOST_NAMES])


@frappe.whitelist(methods=["GET"])
@arguments.checked
def members(
	chain: str | None = None,
	kind: str = "",
	party_type: str | None = None,
	party: str | None = None,
	document_type: str | None = None,
	document: str | None = None,
) -> list[str]:
	"""Return up to `MOST_NAMES` names of readable activities of a type, newest first: those that `page` lists.

	A merged chain has none, and an invoice or a delivery note those that concern it itself.
	"""
	if party:
		reading.require_document(party_type, party)
		where = related.are_with(related.list_partners(party_type, party))
	elif document:
		reading.require_document(document_type, document)
		where = related.concern(document_type, document)
	else:
		_may_read_chain(chain)
		where = related.are_in(chain)
	return counting.list_members(where, kind, MOST_NAMES)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def participants(chain: str) -> list[dict]:
	"""Return participants and contacts of a chain's readable interactions and meetings, each once; none if merged.

	Participants have the data of the latest activity, contacts their own.
	"""
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
	"""Set or clear the subject of a chain and log it (R20, B2).

	Args:
		subject_type, subject: the document; an empty `subject` clears it.
		reach: the scope: "chain" for the whole chain, "onwards" for an activity and all later ones, "this" for the
			activity alone. The last two move those activities to a new chain, unless they are the whole chain.
		activity_type, activity: the activity, for "onwards" and "this", or to name the chain.

	Returns: `chain`, which has the subject now, and `log`, for `undo` (None if a whole chain keeps its subject).

	Raises: PermissionError without the right to write the chain, and to read activity and subject; PartyTypeError if
		the type isn't a subject type; ValidationError for another `reach`; ChangedMeanwhileError.
	"""
	if reach not in SCOPES:
		frappe.throw(_("The value of reach is unknown. Send one of {0}.").format(", ".join(SCOPES)))
	if reach != "chain" or not chain:
		# the activity decides the chain, even if another chain was sent
		_may_read_activity(activity_type, activity)
		chain = writer.require_row(activity_type, activity)["chain"]
	_may_write_chain(chain)
	if subject:
		require_type(subject_type)
		frappe.has_permission(subject_type, "read", doc=subject, throw=True)
	if reach == "chain":
		return set_for_chain(chain, subject_type, subject)
	return set_from(activity_type, activity, subject_type, subject, reach=reach)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def create_subject(chain: str, doctype: str) -> dict:
	"""Create a deal, claim or campaign with a chain's participants, as its subject in place of any other (R20).

	Returns: `doctype` and `name` of the new document, `chain`, and `log`, for `undo`.

	Raises: PartyTypeError if the type isn't a subject type; ChainClosedError; MandatoryError for fields left blank.
	"""
	_may_write_chain(chain)
	frappe.has_permission(doctype, "create", throw=True)
	return subject_documents.create_document(chain, doctype)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def close(
	chain: str,
	reason: Text | None = None,
	cancel_planned: int = 0,
	result: str | None = None,
	result_amount: float | int | str | None = None,
	result_currency: str | None = None,
) -> dict:
	"""Close a chain and log it; a merged chain stands for its target (R19).

	Args:
		cancel_planned: 1 cancels planned interactions and meetings, which takes write permission on each.
		result: Won, Lost or No Decision; for a claim Resolved or Not Resolved; without a subject any of them. A result
			that the subject gives stays.
		result_amount, result_currency: the value; by default in the site's currency.

	Returns: `chain`, `cancelled` (names of the cancelled activities) and `log`.

	Raises: ValidationError if the chain isn't open, if the reason is too long, for a result that the chain can't have or
		that differs from the subject's, and for an amount without a result or below 0; DoesNotExistError for an unknown
		currency; MandatoryError without one.
	"""
	_may_write_chain(chain)
	ended = Result(result, result_amount, result_currency)
	return closing.close(chain, reason, cancel_planned=bool(int(cancel_planned)), ended=ended)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def reopen(chain: str) -> dict:
	"""Reopen a closed chain, clear its closing's details and log it; return `chain` and `log`.

	Raises: ValidationError if the chain isn't closed.
	"""
	_may_write_chain(chain)
	return closing.reopen(chain)


def _head(doc, condition) -> dict:
	"""Return the fields of a chain, the results to choose from, and its first interaction if it has no subject (R20)."""
	fields = (*locks.FIELDS, "started_on", "last_activity_on", "close_reason")
	first = None if doc.subject else pages.first_interaction(doc.name, condition)
	head = {field: doc.get(field) for field in fields}
	return {**head, **subject_results.describe(head), "first_interaction": first}


def _followed(chain: str):
	"""Return a chain or, if it was merged, the chain into which it was merged."""
	doc = frappe.get_doc(CHAIN, chain)
	while doc.status == "Merged" and doc.merged_into:
		doc = frappe.get_doc(CHAIN, doc.merged_into)
	return doc


def _seen_chain_of(activity_type: str | None, activity: str | None, condition):
	"""Return the chain of a readable activity; None for a readable document without a chain."""
	found = pages.chain_of(activity_type, activity, condition) if activity else None
	if found:
		return frappe.get_doc({"doctype": CHAIN, **found})
	_may_read_activity(activity_type, activity)
	return None


def _may_read_activity(activity_type: str | None, activity: str | None) -> None:
	if not activity_type or not activity:
		frappe.throw(_("The activity is missing. Send its document type and its name."))
	frappe.has_permission(activity_type, "read", doc=activity, throw=True)


def _may_read_chain(chain: str | None) -> None:
	if not chain:
		frappe.throw(_("The chain is missing. Send its name."))
	frappe.get_doc(CHAIN, chain).check_permission("read")


def _may_write_chain(chain: str) -> None:
	frappe.get_doc(CHAIN, chain).check_permission("write")


def _kinds(value) -> list[str] | None:
	return arguments.names(value, "kinds") or None
