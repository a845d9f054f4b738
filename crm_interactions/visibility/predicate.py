"""Predicate of the app's activities: with *Own and Team*, users see their own and their subordinates' (R26).

Lists use it as one condition, documents as one look-up of the same rows (`audiences.py`, `reporting_lines.py`).
"""

import frappe

from crm_interactions.activities import options
from crm_interactions.visibility import audiences, reporting_lines, table_sizes
from crm_interactions.visibility.audience_members import EVERYONE

EVERYBODY, OWN_AND_TEAM, ROLE_PERMISSIONS = "Everyone", "Own and Team", "Role Permissions"
ALWAYS_ALL = "System Manager"
ADMINISTRATORS = {"System Manager", "Interaction Administrator"}
# supervisors of more users than this have an activity in every few rows of any list
FEW = 400


def is_restricted(user: str) -> bool:
	"""Return whether *Own and Team* limits a user: not Administrator or a user whose role sees all activities."""
	settings = options.settings()
	if settings.get("visibility") != OWN_AND_TEAM or user == "Administrator":
		return False
	see_all = {ALWAYS_ALL, *(row.role for row in settings.get("see_all_roles") or [])}
	return see_all.isdisjoint(frappe.get_roles(user))


def is_administrator(user: str) -> bool:
	"""Return whether a user is Administrator, or a System Manager or Interaction Administrator by role."""
	return user == "Administrator" or bool(ADMINISTRATORS & {*frappe.get_roles(user)})


def activity_condition(doctype: str, user: str | None = None) -> str:
	"""Return the SQL condition of a type's activities that a user can see; empty unless the user is restricted.

	Shares with the user or with everyone count, those with subordinates don't. Activities without an audience are
	excluded. All forms are equivalent and differ in the databases' plan: an index look-up for small teams and for
	counts, a scan against the gathered audiences for larger teams, and above `FEW` subordinates a check of each row
	until the page is full, or that scan if all rows are read.
	"""
	user = user or frappe.session.user
	if not is_restricted(user):
		return ""
	column = f"`tab{doctype}`.`{audiences.FIELD}`"
	below = reporting_lines.count_users_below(user)
	if not below:
		return f"{column} in ({_own_audiences(user)})"
	among = f"{column} in ({_team_audiences(user)})"
	if below <= FEW:
		by_index = below < table_sizes.quick_by_index(doctype) or table_sizes.is_counted()
		return among if by_index else f"({among}) is true"
	if table_sizes.is_whole():
		return f"({among}) is true"
	return f"({_team_audiences(user)} and c.`audience` = {column} limit 1) is not null"


def may_see(doc, user: str | None = None) -> bool:
	"""Return whether a user or a subordinate is in an activity's stored audience; shares are left to Frappe.

	True for new documents and unrestricted users, False without an audience. Submitted values don't count.
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


def _own_audiences(user: str) -> str:
	"""Return the query of the audiences of a user without subordinates; Frappe quotes all values."""
	whose = f"c.`user` in ({_quoted(user)}, {_quoted(EVERYONE)})"
	return f"select c.`audience` from `tab{audiences.AUDIENCE}` c where {whose}"  # noqa: S608  as above


def _team_audiences(user: str) -> str:
	return (
		f"select c.`audience` from `tab{audiences.AUDIENCE}` c join `tab{reporting_lines.REPORTING_LINE}` r on r.`user` = c.`user`"  # noqa: S608  as above
		f" where r.`supervisor` = {_quoted(user)} and c.`only_shared` <= r.`is_self`"
	)


def _quoted(value: str) -> str:
	return frappe.db.escape(value, percent=False)
