"""Audiences: activities with the same members share one audience, named by a hash of its members.

A save writes the audience together with the activity, and reuses the stored rows of an audience with the same members.
Only this module writes Activity Audience and the field `audience`.
"""

from collections.abc import Iterable
from hashlib import blake2b

import frappe

from crm_interactions.journal import app_sources
from crm_interactions.platform.bulk_insert import insert_rows
from crm_interactions.visibility import audience_members

AUDIENCE = "Activity Audience"
FIELD = "audience"
COLUMNS = ("audience", "user", "only_shared")
BATCH = 1000


def audience_key(members: audience_members.Members) -> str:
	"""Return the name of the audience with these members; equal members give the same name on every site."""
	text = "\n".join(f"{user}\t{int(shared)}" for user, shared in sorted(members.items()))
	return blake2b(text.encode(), digest_size=10).hexdigest()


def keep_stored_audience(doc, before) -> None:
	"""Reset `audience` to its stored value, or None for a new document: only the server writes it."""
	doc.audience = before.get(FIELD) if before else None


def set_audience(doc) -> None:
	"""Set an activity's audience during its save if it has none, or if owner, responsible user or participants changed.

	Inserts missing rows of Activity Audience. In any case, a flag makes `update_audience` skip this save.
	"""
	before = doc.get_doc_before_save()
	if not (before and doc.audience and audience_members.inputs(before) == audience_members.inputs(doc)):
		doc.audience = _store(audience_members.of_saved(doc) if before else audience_members.of_new(doc))
	doc.flags.has_audience = True


def update_audience(doc) -> None:
	"""Refresh an activity's audience, unless `set_audience` ran in the same save; then only clear its flag."""
	if not doc.flags.pop("has_audience", False):
		refresh_audiences(doc.doctype, [doc.name])


def refresh_audiences(doctype: str, names: Iterable[str]) -> int:
	"""Write the differing audiences of stored activities, without `modified`, and lock their open assignments.

	Inserts missing rows of Activity Audience, ignores missing activities, and returns the number of activities changed.
	"""
	batches = frappe.utils.create_batch(sorted(set(names)), BATCH)
	return sum(correct_audiences(doctype, batch, lock=True) for batch in batches)


def correct_audiences(doctype: str, names: list[str], *, lock: bool = False) -> int:
	"""Write the differing audiences of stored activities by query, without `modified`; insert missing audience rows.

	Args:
		lock: read the latest open assignments and lock them until the transaction ends.

	Returns: the number of activities whose audience changed.
	"""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name, table.audience)
	stored = dict(query.where(table.name.isin(names)).run())
	audiences: dict[str, audience_members.Members] = {}
	moving: dict[str, list[str]] = {}
	for name, members in audience_members.read_members(doctype, names, lock=lock).items():
		audience = audience_key(members)
		audiences[audience] = members
		if stored.get(name) != audience:
			moving.setdefault(audience, []).append(name)
	_insert_missing(audiences)
	for audience, batch in moving.items():
		frappe.qb.update(table).set(table.audience, audience).where(table.name.isin(batch)).run()
	return sum(map(len, moving.values()))


def activities_with(user: str) -> dict[str, list[str]]:
	"""Return document type → names of the activities whose stored audience includes a user, also by a share only."""
	audience = frappe.qb.DocType(AUDIENCE)
	found = {}
	for doctype in app_sources.DOCTYPES:
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.from_(table).join(audience).on(audience.audience == table.audience)
		if names := [name for (name,) in query.select(table.name).where(audience.user == user).run()]:
			found[doctype] = names
	return found


def list_missing_for(doctype: str, chain: str, user: str, other: str) -> list[str]:
	"""Return a type's activities in a chain whose stored audience has `user` but not `other`; shares don't count."""
	table, has, lacks = frappe.qb.DocType(doctype), frappe.qb.DocType(AUDIENCE), frappe.qb.DocType(AUDIENCE)
	has, lacks = has.as_("has"), lacks.as_("lacks")
	query = (
		frappe.qb.from_(table)
		.join(has)
		.on((has.audience == table.audience) & (has.user == user) & (has.only_shared == 0))
		.left_join(lacks)
		.on((lacks.audience == table.audience) & (lacks.user == other) & (lacks.only_shared == 0))
		.select(table.name)
		.where((table.chain == chain) & lacks.name.isnull())
	)
	return [name for (name,) in query.run()]


def remove_empty() -> None:
	"""Delete the audiences that no activity has."""
	table = frappe.qb.DocType(AUDIENCE)
	unused = {audience for (audience,) in frappe.qb.from_(table).select(table.audience).distinct().run()}
	for doctype in app_sources.DOCTYPES:
		document = frappe.qb.DocType(doctype)
		used = frappe.qb.from_(document).select(document.audience).distinct().run()
		unused -= {audience for (audience,) in used}
	for batch in frappe.utils.create_batch(sorted(unused), BATCH):
		frappe.db.delete(AUDIENCE, {"audience": ("in", batch)})


def _store(members: audience_members.Members) -> str:
	audience = audience_key(members)
	_insert_missing({audience: members})
	return audience


def _insert_missing(audiences: dict[str, audience_members.Members]) -> None:
	"""Insert missing rows of audiences; existing rows never change, because the name depends on the members."""
	named = {"audience": ("in", sorted(audiences))}
	known = frappe.get_all(AUDIENCE, named, ["audience", "user"], order_by=None)
	stored = {(row.audience, row.user) for row in known}
	new = [
		(audience, user, int(shared))
		for audience, members in sorted(audiences.items())
		for user, shared in sorted(members.items())
		if (audience, user) not in stored
	]
	# another transaction may be inserting the same rows
	insert_rows(AUDIENCE, COLUMNS, new, ignore_duplicates=True)
