"""The sections of My Day and their rows: planned work by time, and open chains without a next step (B11).

The sections exclude each other, so no row appears twice. Days are those of the reader's clock, also for the team.
"""

from datetime import datetime

import frappe

from crm_interactions.clock import site_time
from crm_interactions.visibility.reporting_lines import list_users_below

LATE, TODAY, TOMORROW, WEEK, NO_STEP = SECTIONS = ("late", "today", "tomorrow", "week", "no_step")
MINE, TEAM = WHOSE = ("mine", "team")
ROW, CHAIN = "Activity Link", "Interaction Chain"
DAYS_AHEAD = 7
FIELDS = (
	*("name", "activity_type", "activity", "chain", "title", "activity_date", "due_until", "responsible"),
	*("interaction_type", "direction", "priority", "party_type", "party", "contact"),
	"activity_plan",
)
CHAIN_FIELDS = (
	"name",
	"title",
	"responsible",
	"last_activity_on",
	"party_type",
	"party",
	"turn",
	"slow_reason",
)


def users_of(whose: str) -> list[str]:
	"""Return the users whose work is asked for: the session's user, or the users below them."""
	user = frappe.session.user
	return [user] if whose == MINE else list_users_below(user)


def list_rows(section: str, users: list[str], now: datetime, start: int, length: int) -> list:
	"""Return rows of a section that the session's user may read: `FIELDS`, or `CHAIN_FIELDS` for chains.

	Late activities begin with the latest one, all others with the next one, chains with the one that is silent longest.

	Args:
		now: in the site's time zone.
	"""
	doctype = CHAIN if section == NO_STEP else ROW
	if not (users and frappe.has_permission(doctype, "read")):
		return []
	whose = ["responsible", "in", users]
	page = {"limit_start": start, "limit": length}
	if section == NO_STEP:
		# a finished task of the user's own, without a partner, needs no next step
		filters = [whose, ["status", "=", "Open"], ["has_next_step", "=", 0], ["party", "is", "set"]]
		return frappe.get_list(
			CHAIN, filters=filters, fields=CHAIN_FIELDS, order_by="last_activity_on asc, name asc", **page
		)
	filters = [whose, ["status", "=", "Planned"], *_due(section, now)]
	direction = "desc" if section == LATE else "asc"
	order = f"activity_date {direction}, name {direction}"
	return frappe.get_list(ROW, filters=filters, fields=FIELDS, order_by=order, **page)


def _due(section: str, now: datetime) -> list[list]:
	"""Return the filters on the last moment at which an activity isn't late."""
	zone = site_time.zone_of(frappe.session.user)
	tonight, tomorrow, week = (site_time.end_of_day(now, zone, days) for days in (0, 1, DAYS_AHEAD))
	first, last = {
		LATE: (None, now),
		TODAY: (now, tonight),
		TOMORROW: (tonight, tomorrow),
		WEEK: (tomorrow, week),
	}[section]
	bounds = ((">=", first), ("<", last))
	return [["due_until", sign, str(at.replace(microsecond=0))] for sign, at in bounds if at]
