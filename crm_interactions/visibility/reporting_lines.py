"""The one writer of Interaction Reporting Line: subordinates in teams and, with ERPNext, in the company (R26).

Users without subordinates have no row. Supervisors have one for each subordinate, one for themselves and one for shares
with everyone, so that one join finds everything that they can see.
"""

import frappe

from crm_interactions.apps import employees
from crm_interactions.platform.bulk_insert import insert_rows
from crm_interactions.platform.write_turn import take_turn
from crm_interactions.visibility import hierarchy
from crm_interactions.visibility.audience_members import EVERYONE

REPORTING_LINE = "Interaction Reporting Line"
TEAM, MEMBER = "Interaction Team", "Interaction Team Member"
FIELDS = ("supervisor", "user", "is_self", "people")
# supervisor, user, 1 if both are the same, and in that case the number of users below
Row = tuple[str, str, int, int]
BATCH = 1000
JOB = "crm_interactions_reporting_lines"


def refresh_lines(direct: list[hierarchy.Pair] | None = None) -> dict:
	"""Replace all reporting lines by those of direct pairs, by query; correct rows stay.

	Args:
		direct: all pairs of supervisor and direct subordinate; defaults to those of teams and employees.

	Returns: the numbers of rows `added` and `removed`; each supervisor has two besides those of subordinates.
	"""
	below = hierarchy.list_subordinates(list_direct_pairs() if direct is None else direct)
	wanted = {row for supervisor, users in below.items() for row in _rows_of(supervisor, users)}
	table = frappe.qb.DocType(REPORTING_LINE)
	query = frappe.qb.from_(table).select(*(table[field] for field in FIELDS), table.name)
	stored = {tuple(row): name for *row, name in query.run()}
	outdated = [stored[row] for row in stored.keys() - wanted]
	for batch in frappe.utils.create_batch(outdated, BATCH):
		frappe.db.delete(REPORTING_LINE, {"name": ("in", batch)})
	new = sorted(wanted - stored.keys())
	# another transaction may be inserting the same rows
	insert_rows(REPORTING_LINE, FIELDS, new, ignore_duplicates=True)
	return {"added": len(new), "removed": len(outdated)}


def update_lines() -> None:
	"""Refresh the reporting lines now, and again in a job after the commit, unless that job is queued or running.

	Concurrent transactions don't see each other's changes; the job of the later one sees both.
	"""
	refresh_lines()
	frappe.enqueue(
		"crm_interactions.visibility.reporting_lines.refresh_as_job",
		job_id=JOB,
		deduplicate=True,
		enqueue_after_commit=True,
	)


def refresh_as_job() -> None:
	take_turn()
	refresh_lines()


def list_direct_pairs() -> list[hierarchy.Pair]:
	"""Return pairs of supervisor and direct subordinate from enabled teams and active employees.

	A superior who is inactive or has no user is replaced by the next one above. A pair may occur several times.
	"""
	return [*list_team_pairs(), *employees.list_reporting_pairs()]


def list_team_pairs(exclude: str | None = None) -> list[hierarchy.Pair]:
	"""Return (leader, member) pairs of all enabled teams except `exclude`; a pair may occur several times."""
	team, member = frappe.qb.DocType(TEAM), frappe.qb.DocType(MEMBER)
	query = (
		frappe.qb.from_(member)
		.join(team)
		.on(member.parent == team.name)
		.select(team.leader, member.user)
		.where((member.parenttype == TEAM) & (team.disabled == 0))
	)
	return list((query.where(team.name != exclude) if exclude else query).run())


def list_users_below(user: str) -> list[str]:
	"""Return a user's direct and indirect subordinates in name order, without the user."""
	below = {"supervisor": user, "is_self": 0}
	return frappe.get_all(REPORTING_LINE, below, pluck="user", order_by="user asc")


def count_users_below(user: str) -> int:
	"""Return the number of a user's direct and indirect subordinates."""
	# SQL text, since every list runs it, and building the query would take longer than running it
	found = frappe.db.sql(
		"select `people` from `tabInteraction Reporting Line` where `supervisor` = %s and `user` = %s",
		(user, user),
	)
	return found[0][0] if found else 0


def _rows_of(supervisor: str, users: set[str]) -> set[Row]:
	own = {(supervisor, supervisor, 1, len(users)), (supervisor, EVERYONE, 1, 0)}
	return own | {(supervisor, user, 0, 0) for user in users}
