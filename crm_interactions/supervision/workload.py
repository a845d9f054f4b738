"""Workload of a supervisor's team, by user; a click on a number opens the list that it counts (R26).

Frappe's `get_list` counts with the reader's rights, so no number includes documents that the reader can't see.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime, get_fullname

from crm_interactions.activities import options
from crm_interactions.chains.locks import CHAIN
from crm_interactions.clock import site_time
from crm_interactions.followups import open_work
from crm_interactions.journal.writer import ROW
from crm_interactions.supervision import rights
from crm_interactions.visibility.reporting_lines import list_users_below

# larger teams are counted among all users, so that no query holds thousands of names
MOST_NAMED = 100
PARTS = ("today", "late", "planned", "chains", "to_review")


def of_team(now: datetime | None = None) -> list[dict]:
	"""Return a row for each user of `list_supervised_users`; if that is None, for each user with a number above 0.

	Args:
		now: in the site's time zone; defaults to the present.

	Returns: rows of `user`, `person`, the numbers of `PARTS` (0 if unreadable or switched off) and, in `lists`, the
		document type and filters of each number; the most late first, then the most today. *Today* is the user's own day.
	"""
	now = get_datetime(now or site_time.now())
	lists, users = _lists(now), list_supervised_users()
	zones = {user: zone for user, zone in site_time.other_zones().items() if users is None or user in users}
	counted = {part: _count(*lists[part], users) for part in parts()}
	counted["today"] |= _count_elsewhere(zones, now)
	named = {user for found in counted.values() for user in found} if users is None else users
	rows = [_row(user, counted, _lists(now, zones.get(user))) for user in named]
	return sorted(rows, key=lambda row: (-row["late"], -row["today"], row["person"].lower(), row["user"]))


def list_supervised_users() -> list[str] | None:
	"""Return the users below the session's user, and that user; None (all users) for a manager with none below."""
	me = frappe.session.user
	if members := list_users_below(me):
		return [*members, me]
	return None if rights.may_hand_over_all() else [me]


def parts() -> tuple[str, ...]:
	return PARTS if options.is_on("use_reviewed") else PARTS[:-1]


def _count_elsewhere(zones: dict[str, ZoneInfo], now: datetime) -> dict[str, int]:
	"""Return the numbers of *Today* of users in other time zones than the site's, also 0."""
	found = dict.fromkeys(zones, 0)
	for zone, users in open_work.group_by_day([*zones], now):
		counted = _count(ROW, open_work.due_today(now, zone), users)
		found |= {user: counted.get(user, 0) for user in users}
	return found


def _lists(now: datetime, zone: ZoneInfo | None = None) -> dict[str, tuple[str, list]]:
	"""Return document type and filters of each number, without the user, whose time zone is by default the site's."""
	return {
		"today": (ROW, open_work.due_today(now, zone or site_time.site_zone())),
		"late": (ROW, open_work.late(now)),
		"planned": (ROW, open_work.planned()),
		"chains": (CHAIN, [["status", "=", "Open"], ["has_next_step", "=", 0]]),
		"to_review": (ROW, open_work.to_review()),
	}


def _count(doctype: str, filters: list, users: list[str] | None) -> dict[str, int]:
	"""Return the number of readable documents by responsible user; all users if `users` is None, at least these if not."""
	if not frappe.has_permission(doctype, "read"):
		return {}
	whose = ["in", users] if users is not None and len(users) <= MOST_NAMED else ["is", "set"]
	rows = frappe.get_list(
		doctype,
		filters=[*filters, ["responsible", *whose]],
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


def _row(user: str, counted: dict[str, dict[str, int]], lists: dict[str, tuple[str, list]]) -> dict:
	return {
		"user": user,
		"person": get_fullname(user),
		**{part: counted.get(part, {}).get(user, 0) for part in PARTS},
		"lists": {
			part: {"doctype": doctype, "filters": [*filters, ["responsible", "=", user]]}
			for part, (doctype, filters) in lists.items()
		},
	}
