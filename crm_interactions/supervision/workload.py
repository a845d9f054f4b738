"""Workload of a supervisor's team, by user; a click on a number opens the list that it counts (R26).

Frappe's `get_list` counts with the reader's rights, so no number includes documents that the reader can't see.
"""

from datetime import datetime

import frappe
from frappe.utils import get_datetime, get_fullname, now_datetime

from crm_interactions.activities import options
from crm_interactions.chains.locks import CHAIN
from crm_interactions.followups import rules
from crm_interactions.journal.writer import ROW
from crm_interactions.supervision import rights
from crm_interactions.visibility.reporting_lines import list_users_below

# larger teams are counted among all users, so that no query holds thousands of names
MOST_NAMED = 100
PARTS = ("today", "late", "planned", "chains", "to_review")
ACTIVITIES = {"activity_type": ["in", list(rules.PLANNING)]}


def of_team(now: datetime | None = None) -> list[dict]:
	"""Return a row for each user of `list_supervised_users`; if that is None, for each user with a number above 0.

	Args:
		now: in the site's time zone; defaults to the present.

	Returns: rows of `user`, `person`, the numbers of `PARTS` (0 if unreadable or switched off) and, in `lists`, the
		document type and filters of each number; the most late first, then the most today.
	"""
	lists = _lists(get_datetime(now or now_datetime()).replace(microsecond=0))
	users = list_supervised_users()
	counted = {part: _count(*lists[part], users) for part in parts()}
	named = {user for found in counted.values() for user in found} if users is None else users
	rows = [_row(user, counted, lists) for user in named]
	return sorted(rows, key=lambda row: (-row["late"], -row["today"], row["person"].lower(), row["user"]))


def list_supervised_users() -> list[str] | None:
	"""Return the users below the session's user, and that user; None (all users) for a manager with none below."""
	me = frappe.session.user
	if members := list_users_below(me):
		return [*members, me]
	return None if rights.may_hand_over_all() else [me]


def parts() -> tuple[str, ...]:
	return PARTS if options.is_on("use_reviewed") else PARTS[:-1]


def _lists(now: datetime) -> dict[str, tuple[str, dict]]:
	"""Return document type and filters of each number, without the user."""
	planned = {**ACTIVITIES, "status": "Planned"}
	day = str(now.date())
	return {
		"today": (ROW, {**planned, "activity_date": ["Between", [f"{day} 00:00:00", f"{day} 23:59:59"]]}),
		"late": (ROW, {**planned, "activity_date": ["<", str(now)]}),
		"planned": (ROW, planned),
		"chains": (CHAIN, {"status": "Open", "has_next_step": 0}),
		"to_review": (ROW, {**ACTIVITIES, "status": "Done", "reviewed": 0}),
	}


def _count(doctype: str, filters: dict, users: list[str] | None) -> dict[str, int]:
	"""Return the number of documents by responsible user."""
	if not frappe.has_permission(doctype, "read"):
		return {}
	whose = ["in", users] if users is not None and len(users) <= MOST_NAMED else ["is", "set"]
	rows = frappe.get_list(
		doctype,
		filters={**filters, "responsible": whose},
		fields=["responsible", _number()],
		group_by="responsible",
		order_by="responsible asc",
		limit_page_length=0,
	)
	return {row.responsible: row.number for row in rows}


def _number():
	"""Return the count expression of this Frappe version."""
	if int(frappe.__version__.partition(".")[0]) >= 16:
		return {"COUNT": "name", "as": "number"}
	return "count(name) as number"


def _row(user: str, counted: dict[str, dict[str, int]], lists: dict) -> dict:
	return {
		"user": user,
		"person": get_fullname(user),
		**{part: counted.get(part, {}).get(user, 0) for part in PARTS},
		"lists": {
			part: {"doctype": doctype, "filters": {**filters, "responsible": user}}
			for part, (doctype, filters) in lists.items()
		},
	}
