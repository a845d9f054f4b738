"""The one writer of Interaction Reporting Line: who is below whom, in teams and, with ERPNext, in the company (R26).

Whoever has nobody below him has no row; whoever has, has one of himself and one of what is shared with all, so that
one join says all that he sees.
"""

import frappe

from crm_interactions.apps import employees
from crm_interactions.visibility import hierarchy
from crm_interactions.visibility.audience_members import EVERYONE

REPORTING_LINE = "Interaction Reporting Line"
TEAM, MEMBER = "Interaction Team", "Interaction Team Member"
FIELDS = ("name", "owner", "modified_by", "creation", "modified", "supervisor", "user", "is_self", "people")
# supervisor, user, whether he is it himself, how many are below him where he is
Row = tuple[str, str, bool, int]
BATCH = 1000
JOB = "crm_interactions_reach"


def refresh_lines(direct: list[hierarchy.Pair] | None = None) -> dict:
	"""Write who is below whom; what is right stays as it is.

	Args:
		direct: who is directly above whom; left out, as teams and employees say now.

	Returns: how many rows were `added` and `removed`.
	"""
	should = {
		row
		for supervisor, users in hierarchy.list_subordinates(
			list_direct_pairs() if direct is None else direct
		).items()
		for row in _rows_of(supervisor, users)
	}
	table = frappe.qb.DocType(REPORTING_LINE)
	query = frappe.qb.from_(table).select(
		table.supervisor, table.user, table.is_self, table.people, table.name
	)
	there = {(*pair, bool(is_self), people): name for *pair, is_self, people, name in query.run()}
	gone = [there[row] for row in there.keys() - should]
	for some in frappe.utils.create_batch(gone, BATCH):
		frappe.db.delete(REPORTING_LINE, {"name": ("in", some)})
	new = sorted(should - there.keys())
	_add(new)
	return {"added": len(new), "removed": len(gone)}


def update_lines() -> None:
	"""Teams or employees have changed. It counts at once; a job looks again once it is committed.

	Of two who change at the same moment neither sees what the other did; the job that comes last sees both.
	"""
	refresh_lines()
	frappe.enqueue(
		"crm_interactions.visibility.reporting_lines.refresh_lines",
		job_id=JOB,
		deduplicate=True,
		enqueue_after_commit=True,
	)


def list_direct_pairs() -> list[hierarchy.Pair]:
	"""Return who is directly above whom."""
	return [*in_teams(), *employees.list_reporting_pairs()]


def in_teams(but: str | None = None) -> list[hierarchy.Pair]:
	"""Return leaders and their members, of the teams that aren't disabled.

	Args:
		but: a team that is left out.
	"""
	team, member = frappe.qb.DocType(TEAM), frappe.qb.DocType(MEMBER)
	query = (
		frappe.qb.from_(member)
		.join(team)
		.on(member.parent == team.name)
		.select(team.leader, member.user)
		.where((member.parenttype == TEAM) & (team.disabled == 0))
	)
	return list((query.where(team.name != but) if but else query).run())


def list_users_below(user: str) -> list[str]:
	"""Return the users below somebody, himself left out."""
	filters = {"supervisor": user, "is_self": 0}
	return frappe.get_all(REPORTING_LINE, filters, pluck="user", order_by="user asc", limit_page_length=0)


def count_users_below(user: str) -> int:
	"""Return how many are below a user."""
	# every list asks this, and building the query would take longer than answering it
	found = frappe.db.sql(
		"select `people` from `tabInteraction Reporting Line` where `supervisor` = %s and `user` = %s",
		(user, user),
	)
	return found[0][0] if found else 0


def _rows_of(supervisor: str, users: set[str]) -> set[Row]:
	own = {(supervisor, supervisor, True, len(users)), (supervisor, EVERYONE, True, 0)}
	return own | {(supervisor, user, False, 0) for user in users}


def _add(rows: list[Row]) -> None:
	now, me = frappe.utils.now(), frappe.session.user
	values = [
		(frappe.generate_hash(length=12), me, me, now, now, supervisor, user, int(is_self), people)
		for supervisor, user, is_self, people in rows
	]
	if values:
		frappe.db.bulk_insert(REPORTING_LINE, list(FIELDS), values, ignore_duplicates=True)
