"""Members of an activity's audience, read from the documents (R26).

They are the owner, the responsible user, participants, assignees and successors who took over a chain's history.

Users with a share are members, too, but their supervisors don't see the activity through it.
"""

from collections.abc import Iterable

import frappe

from crm_interactions.apps.installed import has_doctype
from crm_interactions.journal import app_sources

# the user of a share with everyone
EVERYONE = "*"
USER = "User"
# a participant's document type → its field that names the user
USER_OF = {"Contact": "user", "Employee": "user_id"}
FINISHED = ("Closed", "Cancelled")
PARTICIPANT = "Interaction Participant"
HAND_OVER, ENTRY = "Interaction Hand Over", "Interaction Hand Over Entry"
# result of an entry: the author keeps the activity, the successor can read it
SHOWN = "History Shown"
# user → whether the user has access through a share only
Members = dict[str, bool]


def inputs(doc) -> tuple:
	"""Return owner, responsible user and the set of participants (type, name), to compare two versions' members."""
	rows = doc.get("participants") if doc.meta.has_field("participants") else []
	people = {(row.participant_type, row.participant) for row in rows or []}
	return doc.owner, doc.get("responsible"), people


def of_new(doc) -> Members:
	"""Return the members of an activity during its insert: owner, responsible user and participants with a user."""
	owner, responsible, people = inputs(doc)
	found = {owner, responsible, *_users(people).values()}
	return {user: False for user in found if user}


def of_saved(doc) -> Members:
	"""Return the members of an activity with its current fields and its stored open tasks, shares and hand-overs."""
	found: Members = {user: True for _name, user in _shared(doc.doctype, [doc.name])}
	unshared = [*_assigned(doc.doctype, [doc.name], lock=False), *list_successors(doc.doctype, [doc.name])]
	found.update({user: False for _name, user in unshared})
	return {**found, **of_new(doc)}


def read_members(doctype: str, names: list[str], *, lock: bool = False) -> dict[str, Members]:
	"""Return the members of stored activities, by activity name, in a fixed number of queries.

	Args:
		doctype: an activity type of the app.
		names: names of activities; missing ones are left out of the result.
		lock: read the latest open assignments and lock them until the transaction ends.
	"""
	said = list_named(doctype, names)
	found: dict[str, Members] = {name: {} for name, _user in said}
	shared = _shared(doctype, names)
	unshared = [
		*said,
		*list_participating(doctype, names),
		*_assigned(doctype, names, lock),
		*list_successors(doctype, names),
	]
	for pairs, only_shared in ((shared, True), (unshared, False)):
		for name, user in pairs:
			if name in found:
				found[name][user] = only_shared
	return found


def with_participant(kind: str, participant: str) -> dict[str, list[str]]:
	"""Return document type → names of the activities with a participant; no list is empty; a name may occur twice."""
	return _find_by_participants({"participant_type": kind, "participant": participant})


def with_participants_of(kind: str) -> dict[str, list[str]]:
	"""Return document type → names of the activities with participants of a type, as `with_participant`."""
	return _find_by_participants({"participant_type": kind})


def _find_by_participants(filters: dict) -> dict[str, list[str]]:
	rows = frappe.get_all(
		PARTICIPANT,
		{**filters, "parenttype": ("in", app_sources.DOCTYPES)},
		["parenttype", "parent"],
		order_by=None,
	)
	found: dict[str, list[str]] = {}
	for row in rows:
		found.setdefault(row.parenttype, []).append(row.parent)
	return found


def list_named(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""Return (activity, user) pairs of the owners and responsible users of stored activities."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name, table.owner, table.responsible)
	rows = query.where(table.name.isin(names)).run()
	return [(name, user) for name, *users in rows for user in users if user]


def list_participating(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""Return (activity, user) pairs of the participants that have a user; empty for types without participants."""
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


def list_successors(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""Return (activity, user) pairs of the successors to whom a hand-over shows the activity as history."""
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
	"""Return the users of participants; participants without a user are left out."""
	names_by_type: dict[str, set[str]] = {}
	for kind, participant in participants:
		if kind and participant:
			names_by_type.setdefault(kind, set()).add(participant)
	found = {(USER, user): user for user in names_by_type.get(USER, ())}
	for kind, field in USER_OF.items():
		if kind in names_by_type and has_doctype(kind):
			filters = {"name": ("in", sorted(names_by_type[kind])), field: ("is", "set")}
			for row in frappe.get_all(kind, filters, ["name", field], order_by=None):
				found[kind, row.name] = row[field]
	return found
