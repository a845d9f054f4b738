"""Audiences: the same people have many activities, so each activity names its audience, and the audience names the people.

An activity's audience follows from who has it, so that a save writes it with everything else, and whoever saves the same
people again finds the audience there. The one writer of Activity Audience and of the field `audience`.
"""

from collections.abc import Iterable
from hashlib import blake2b

import frappe

from crm_interactions.journal import app_sources
from crm_interactions.visibility import audience_members

AUDIENCE = "Activity Audience"
FIELD = "audience"
COLUMNS = ("name", "owner", "modified_by", "creation", "modified", "audience", "user", "only_shared")
BATCH = 1000


def audience_key(holders: audience_members.Holders) -> str:
	"""Return the audience of these people; the same people are the same audience, on every site."""
	text = "\n".join(f"{user}\t{int(shared)}" for user, shared in sorted(holders.items()))
	return blake2b(text.encode(), digest_size=10).hexdigest()


def keep_stored_audience(doc, before) -> None:
	"""Take from the database what only the server writes."""
	doc.audience = before.get(FIELD) if before else None


def set_audience(doc) -> None:
	"""Give an activity that is being saved its audience."""
	before = doc.get_doc_before_save()
	if not (before and doc.audience and audience_members.said_by(before) == audience_members.said_by(doc)):
		doc.audience = _of(audience_members.of_saved(doc) if before else audience_members.of_new(doc))
	doc.flags.has_audience = True


def update_audience(doc) -> None:
	"""After a save there is nothing left to do; a field that server code sets alone may change who has it."""
	if not doc.flags.pop("has_audience", False):
		refresh_audiences(doc.doctype, [doc.name])


def refresh_audiences(doctype: str, names: Iterable[str]) -> int:
	"""Write the audiences of these activities as the documents are now in the database.

	Returns: how many were another one before.
	"""
	some = frappe.utils.create_batch(sorted(set(names)), BATCH)
	return sum(correct_audiences(doctype, batch, lock=True) for batch in some)


def correct_audiences(doctype: str, names: list[str], *, lock: bool = False) -> int:
	"""Write the audiences that differ; `modified` stays, since no form shows them and each save finds its own.

	Args:
		lock: read assignments as they are now, and hold them.

	Returns: how many differed.
	"""
	table = frappe.qb.DocType(doctype)
	there = dict(
		frappe.qb.from_(table).select(table.name, table.audience).where(table.name.isin(names)).run()
	)
	audiences: dict[str, audience_members.Holders] = {}
	moving: dict[str, list[str]] = {}
	for name, holders in audience_members.read_members(doctype, names, lock=lock).items():
		audience = audience_key(holders)
		audiences[audience] = holders
		if there.get(name) != audience:
			moving.setdefault(audience, []).append(name)
	_ensure(audiences)
	for audience, some in moving.items():
		frappe.qb.update(table).set(table.audience, audience).where(table.name.isin(some)).run()
	return sum(map(len, moving.values()))


def activities_with(user: str) -> dict[str, list[str]]:
	"""Return the names of the activities that somebody has, by document type."""
	audience = frappe.qb.DocType(AUDIENCE)
	found = {}
	for doctype in app_sources.DOCTYPES:
		table = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(table).join(audience).on(audience.audience == table.audience).select(table.name)
		)
		if names := [name for (name,) in query.where(audience.user == user).run()]:
			found[doctype] = names
	return found


def of_one_without_another(doctype: str, chain: str, one: str, other: str) -> list[str]:
	"""Return the activities of a type in a chain that one user has, and another hasn't."""
	table, his, theirs = frappe.qb.DocType(doctype), frappe.qb.DocType(AUDIENCE), frappe.qb.DocType(AUDIENCE)
	his, theirs = his.as_("his"), theirs.as_("theirs")
	query = (
		frappe.qb.from_(table)
		.join(his)
		.on((his.audience == table.audience) & (his.user == one) & (his.only_shared == 0))
		.left_join(theirs)
		.on((theirs.audience == table.audience) & (theirs.user == other) & (theirs.only_shared == 0))
		.select(table.name)
		.where((table.chain == chain) & theirs.name.isnull())
	)
	return [name for (name,) in query.run()]


def remove_empty() -> int:
	"""Remove audiences that no activity has any more; return how many rows."""
	table = frappe.qb.DocType(AUDIENCE)
	there = {audience for (audience,) in frappe.qb.from_(table).select(table.audience).distinct().run()}
	for doctype in app_sources.DOCTYPES:
		document = frappe.qb.DocType(doctype)
		used = frappe.qb.from_(document).select(document.audience).distinct().run()
		there -= {audience for (audience,) in used}
	removed = 0
	for some in frappe.utils.create_batch(sorted(there), BATCH):
		removed += frappe.db.count(AUDIENCE, {"audience": ("in", some)})
		frappe.db.delete(AUDIENCE, {"audience": ("in", some)})
	return removed


def _of(holders: audience_members.Holders) -> str:
	audience = audience_key(holders)
	_ensure({audience: holders})
	return audience


def _ensure(audiences: dict[str, audience_members.Holders]) -> None:
	"""Add the people of audiences that are new; what an audience is called says who is in it, so none ever changes."""
	known = frappe.get_all(
		AUDIENCE,
		{"audience": ("in", sorted(audiences))},
		["audience", "user"],
		order_by=None,
		limit_page_length=0,
	)
	there = {(row.audience, row.user) for row in known}
	now, me = frappe.utils.now(), frappe.session.user
	new = [
		(frappe.generate_hash(length=12), me, me, now, now, audience, user, int(shared))
		for audience, holders in sorted(audiences.items())
		for user, shared in sorted(holders.items())
		if (audience, user) not in there
	]
	if new:
		# somebody else may be adding the same at the same moment
		frappe.db.bulk_insert(AUDIENCE, list(COLUMNS), new, ignore_duplicates=True)
