"""The predicate of our own activities: one's own, and what those below have, where the settings say so (R26).

Lists get it as one condition, documents as one look-up of the same rows (`audiences.py`, `reporting_lines.py`).
"""

import frappe

from crm_interactions.activities import options
from crm_interactions.visibility import audiences, reporting_lines, table_sizes
from crm_interactions.visibility.audience_members import EVERYONE

EVERYBODY, OWN_AND_TEAM, ROLE_PERMISSIONS = "Everyone", "Own and Team", "Role Permissions"
ALWAYS_ALL = "System Manager"
# whoever leads more people than this has something in every few rows of any list
FEW = 400


def is_restricted(user: str) -> bool:
	"""Whether a user sees only what he and those below him have."""
	settings = options.settings()
	if settings.get("visibility") != OWN_AND_TEAM or user == "Administrator":
		return False
	see_all = {ALWAYS_ALL, *(row.role for row in settings.get("see_all_roles") or [])}
	return see_all.isdisjoint(frappe.get_roles(user))


def activity_condition(doctype: str, user: str | None = None) -> str:
	"""Return what documents of one of our types have to meet for a user to see them; empty where he sees all.

	All three ways of saying it mean the same, and differ in what databases do with it. Who leads nobody gets his
	activities by an index, and so does who leads few. Who leads many people has one in every few rows of any list: each
	row is asked until the list is full. Between them the list is gone through in its order, too, with all that he may see
	at hand; its number of rows is counted by the index. Whatever goes through all rows has all that he may see at hand.
	"""
	user = user or frappe.session.user
	if not is_restricted(user):
		return ""
	column = f"`tab{doctype}`.`{audiences.FIELD}`"
	below = reporting_lines.count_users_below(user)
	if not below:
		return f"{column} in ({_of_himself(user)})"
	among = f"{column} in ({_of_his_people(user)})"
	if below <= FEW:
		by_index = below < table_sizes.quick_by_index(doctype) or table_sizes.is_counted()
		return among if by_index else f"({among}) is true"
	if table_sizes.is_whole():
		return f"({among}) is true"
	return f"({_of_his_people(user)} and c.`audience` = {column} limit 1) is not null"


def may_see(doc, user: str | None = None) -> bool:
	"""Whether a document is a user's own or of somebody below him; what was shared with him the platform knows.

	What is asked is what the database holds, not what a client sends: nobody makes himself responsible to get in.
	"""
	user = user or frappe.session.user
	if doc.is_new() or doc.flags.in_insert or not is_restricted(user):
		return True
	document, audience, below = (
		frappe.qb.DocType(name) for name in (doc.doctype, audiences.AUDIENCE, reporting_lines.REPORTING_LINE)
	)
	query = (
		frappe.qb.from_(document)
		.join(audience)
		.on(audience.audience == document.audience)
		.left_join(below)
		.on((below.supervisor == user) & (below.user == audience.user))
		.select(audience.name)
		.where((document.name == doc.name) & (audience.only_shared == 0))
		.where((audience.user == user) | below.name.isnotnull())
	)
	return bool(query.limit(1).run())


def _of_himself(user: str) -> str:
	"""Return the query of the audiences of somebody who leads nobody; all values are quoted by the platform."""
	whose = f"c.`user` in ({_quoted(user)}, {_quoted(EVERYONE)})"
	return f"select c.`audience` from `tab{audiences.AUDIENCE}` c where {whose}"  # noqa: S608  as above


def _of_his_people(user: str) -> str:
	return (
		f"select c.`audience` from `tab{audiences.AUDIENCE}` c join `tab{reporting_lines.REPORTING_LINE}` r on r.`user` = c.`user`"  # noqa: S608  as above
		f" where r.`supervisor` = {_quoted(user)} and c.`only_shared` <= r.`is_self`"
	)


def _quoted(value: str) -> str:
	return frappe.db.escape(value, percent=False)
