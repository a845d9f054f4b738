"""Who has an activity, read from the documents (R26): whoever made it, is responsible, takes part or is assigned.

So has whoever took over a chain that it is the history of.

What was shared with somebody counts for him alone, not for those above him.
"""

from collections.abc import Iterable

import frappe

from crm_interactions.journal import app_sources

# somebody whom a document is shared with when it is shared with all
EVERYONE = "*"
USER = "User"
# a participant's document type → the field of it that says which user he is
USER_OF = {"Contact": "user", "Employee": "user_id"}
FINISHED = ("Closed", "Cancelled")
PARTICIPANT = "Interaction Participant"
HAND_OVER, ENTRY = "Interaction Hand Over", "Interaction Hand Over Entry"
# the result of an entry about an activity that its author keeps, and the successor reads
SHOWN = "History Shown"
# user → whether it is only shared with him
Holders = dict[str, bool]


def said_by(doc) -> tuple:
	"""Return what an activity itself says about who has it, to be compared."""
	rows = doc.get("participants") if doc.meta.has_field("participants") else []
	people = {(row.participant_type, row.participant) for row in rows or []}
	return doc.owner, doc.get("responsible"), people


def of_new(doc) -> Holders:
	"""Return who has an activity that is just being made: nothing is assigned or shared yet."""
	owner, responsible, people = said_by(doc)
	found = {owner, responsible, *_users(people).values()}
	return {user: False for user in found if user}


def of_saved(doc) -> Holders:
	"""Return who has an activity once it is saved as it is now."""
	found: Holders = {user: True for _name, user in _shared(doc.doctype, [doc.name])}
	theirs = [*_assigned(doc.doctype, [doc.name], lock=False), *taken_over(doc.doctype, [doc.name])]
	found.update({user: False for _name, user in theirs})
	return {**found, **of_new(doc)}


def read_members(doctype: str, names: list[str], *, lock: bool = False) -> dict[str, Holders]:
	"""Return who has activities of one type, by their names; a fixed number of queries.

	Args:
		doctype: one of ours.
		names: those that are not there are left out.
		lock: read assignments as they are now, and hold them, as the platform does when one changes.
	"""
	said = named(doctype, names)
	found: dict[str, Holders] = {name: {} for name, _user in said}
	shared = _shared(doctype, names)
	theirs = [
		*said,
		*taking_part(doctype, names),
		*_assigned(doctype, names, lock),
		*taken_over(doctype, names),
	]
	for pairs, only_shared in ((shared, True), (theirs, False)):
		for name, user in pairs:
			if name in found:
				found[name][user] = only_shared
	return found


def with_participant(kind: str, participant: str) -> dict[str, list[str]]:
	"""Return the activities that somebody takes part in, by document type."""
	return _with({"participant_type": kind, "participant": participant})


def with_participants_of(kind: str) -> dict[str, list[str]]:
	"""Return the activities with any participant of a document type, by their own document type."""
	return _with({"participant_type": kind})


def _with(filters: dict) -> dict[str, list[str]]:
	rows = frappe.get_all(
		PARTICIPANT,
		{**filters, "parenttype": ("in", app_sources.DOCTYPES)},
		["parenttype", "parent"],
		order_by=None,
		limit_page_length=0,
	)
	found: dict[str, list[str]] = {}
	for row in rows:
		found.setdefault(row.parenttype, []).append(row.parent)
	return found


def named(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name, table.owner, table.responsible)
	rows = query.where(table.name.isin(names)).run()
	return [(name, user) for name, *users in rows for user in users if user]


def taking_part(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	if not frappe.get_meta(doctype).has_field("participants"):
		return []
	row = frappe.qb.DocType(PARTICIPANT)
	found = (
		frappe.qb.from_(row)
		.select(row.parent, row.participant_type, row.participant)
		.where((row.parenttype == doctype) & row.parent.isin(names))
		.where(row.participant_type.isin([USER, *USER_OF]))
	).run()
	users = _users((kind, participant) for _parent, kind, participant in found)
	return [
		(parent, users[kind, participant])
		for parent, kind, participant in found
		if (kind, participant) in users
	]


def _assigned(doctype: str, names: list[str], lock: bool) -> list[tuple[str, str]]:
	todo = frappe.qb.DocType("ToDo")
	query = (
		frappe.qb.from_(todo)
		.select(todo.reference_name, todo.allocated_to)
		.where((todo.reference_type == doctype) & todo.reference_name.isin(names))
		.where(todo.status.notin(FINISHED))
	)
	rows = (query.for_update() if lock else query).run()
	return [(name, user) for name, user in rows if user]


def taken_over(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	entry, record = frappe.qb.DocType(ENTRY), frappe.qb.DocType(HAND_OVER)
	query = (
		frappe.qb.from_(entry)
		.join(record)
		.on(record.name == entry.hand_over)
		.select(entry.document, record.to_user)
		.where((entry.document_type == doctype) & entry.document.isin(names) & (entry.result == SHOWN))
	)
	return list(query.run())


def _shared(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	share = frappe.qb.DocType("DocShare")
	query = (
		frappe.qb.from_(share)
		.select(share.share_name, share.user, share.everyone)
		.where((share.share_doctype == doctype) & share.share_name.isin(names) & (share.read == 1))
	)
	rows = query.run()
	return [(name, EVERYONE if everyone else user) for name, user, everyone in rows if everyone or user]


def _users(participants: Iterable[tuple[str | None, str | None]]) -> dict[tuple[str, str], str]:
	"""Return which user each of these participants is; those who are none are left out."""
	asked: dict[str, set[str]] = {}
	for kind, participant in participants:
		if kind and participant:
			asked.setdefault(kind, set()).add(participant)
	found = {(USER, user): user for user in asked.get(USER, ())}
	for kind, field in USER_OF.items():
		if kind in asked and frappe.db.exists("DocType", kind):
			filters = {"name": ("in", sorted(asked[kind])), field: ("is", "set")}
			for row in frappe.get_all(kind, filters, ["name", field], order_by=None, limit_page_length=0):
				found[kind, row.name] = row[field]
	return found
