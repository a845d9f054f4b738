"""Content of a digest: a user's open work, read with the user's own permissions."""

from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_date, get_datetime, get_fullname, get_url_to_form, get_url_to_list

from crm_interactions.activities import options
from crm_interactions.chains.slowness import NO_STEP
from crm_interactions.followups import open_work
from crm_interactions.parties import partners
from crm_interactions.platform.stored_text import as_typed
from crm_interactions.reminders import mishaps
from crm_interactions.visibility.reporting_lines import list_users_below

PARTS = ("today", "late", "slow", "chains")
OF_CHAINS = ("slow", "chains")
ROW, CHAIN = "Activity Link", "Interaction Chain"
# limits of a mail: rows shown of each part and of each part of a colleague, rows counted, colleagues
SHOWN, SHOWN_OF_MEMBER, COUNTED, MOST_MEMBERS = 15, 3, 300, 50
FIELDS = ("title", "party_type", "party", "responsible")
ACTIVITY_FIELDS = [*FIELDS, "activity_type", "activity", "activity_date"]
CHAIN_FIELDS = [*FIELDS, "name", "last_activity_on", "slow_reason"]


def build_agenda(reader, now: datetime) -> dict | None:
	"""Return the content of a reader's digest; None if there is none. Call it within `recipients.reading_as(reader)`.

	A row that can't be rendered is left out and logged once in the Error Log.

	Args:
		now: in the site's time zone; `followups.open_work` says what is late or due today then, by each user's own day.

	Returns: `own`, and `team`: `name` and parts of at most `MOST_MEMBERS` users below the reader with open work. Parts
		(today, late, slow chains, chains without a next step) have `count` (a number, or text such as "300+" at the
		limit), the first `items`, `more` (number of others) and `url`.
	"""
	own = _parts([reader.name], now)
	below = _parts(list_users_below(reader.name), now)
	content = {
		"own": {part: _shown(part, own[part], reader, now, SHOWN, reader.name) for part in PARTS},
		"team": [_member(user, below, reader, now) for user in _users_with_work(below)[:MOST_MEMBERS]],
	}
	return content if any(content["own"][part]["items"] for part in PARTS) or content["team"] else None


def total(counts: Iterable[int | str]) -> int | str:
	"""Return the sum of counts; the sum ends with a plus if one of the counts does."""
	known = [*counts]
	found = sum(int(str(count).rstrip("+")) for count in known)
	return f"{found}+" if any(str(count).endswith("+") for count in known) else found


def _parts(users: list[str], now: datetime) -> dict[str, list]:
	"""Return the open work of these users, by part, as far as the session's user may read it."""
	if not users:
		return {part: [] for part in PARTS}
	whose = ["responsible", "in", users]
	opened = [whose, ["status", "=", "Open"]]
	# a chain without a next step is in one part only
	slow = [*opened, ["slow", "=", 1], ["has_next_step", "=", 1]]
	waiting = [*opened, ["has_next_step", "=", 0]]
	return {
		"today": _list_today(users, now),
		"late": _list(ROW, [whose, *open_work.late(now)], "activity_date desc"),
		"slow": _list(CHAIN, slow, "last_activity_on desc"),
		"chains": _list(CHAIN, waiting, "last_activity_on desc"),
	}


def _list_today(users: list[str], now: datetime) -> list:
	"""Return the work due on each user's own day, in order of time; one query for each end of the day."""
	ends = open_work.group_by_day(users, now)
	found = [
		_list(ROW, [["responsible", "in", group], *open_work.due_today(now, zone)], "activity_date asc")
		for zone, group in ends
	]
	return sorted((row for rows in found for row in rows), key=lambda row: get_datetime(row.activity_date))


def _list(doctype: str, filters: list, order: str) -> list:
	if not frappe.has_permission(doctype, "read"):
		return []
	fields = ACTIVITY_FIELDS if doctype == ROW else CHAIN_FIELDS
	return frappe.get_list(doctype, filters=filters, fields=fields, order_by=order, limit=COUNTED)


def _users_with_work(parts: dict) -> list[str]:
	"""Return the users with open work, those with the most late activities first."""
	late = [row.responsible for row in parts["late"]]
	users = {row.responsible for part in PARTS for row in parts[part]}
	return sorted(users, key=lambda user: (-late.count(user), user))


def _member(user: str, parts: dict, reader, now: datetime) -> dict:
	own = {part: [row for row in parts[part] if row.responsible == user] for part in PARTS}
	shown = {
		part: _shown(part, own[part], reader, now, SHOWN_OF_MEMBER, user, len(parts[part])) for part in PARTS
	}
	return {"name": as_typed(get_fullname(user)), **shown}


def _shown(
	part: str, rows: list, reader, now: datetime, most: int, user: str, read: int | None = None
) -> dict:
	"""Return a part as the mail shows it.

	Args:
		read: number of rows among which these were found; at `COUNTED`, more may exist and the count ends with a plus.
	"""
	cut = (len(rows) if read is None else read) >= COUNTED
	describe = _chain if part in OF_CHAINS else _activity
	items = (
		mishaps.describe_or_log(lambda row=row: describe(row, reader, now), *_key(row)) for row in rows[:most]
	)
	return {
		"count": f"{len(rows)}+" if cut else len(rows),
		"items": [item for item in items if item],
		"more": max(len(rows) - most, 0),
		"url": _url(part, user),
	}


def _key(row) -> tuple[str, str]:
	"""Return DocType and name of the document that a row describes."""
	return (row.activity_type, row.activity) if row.get("activity") else (CHAIN, row.name)


def _activity(row, reader, now: datetime) -> dict:
	return {
		"title": as_typed(row.title),
		"when": reader.moment(get_datetime(row.activity_date), now),
		"party": _party(row),
		"url": get_url_to_form(row.activity_type, row.activity),
	}


def _chain(row, reader, now: datetime) -> dict:
	last = row.last_activity_on and reader.local(get_datetime(row.last_activity_on))
	return {
		"title": as_typed(row.title),
		"when": format_date(last.date()) if last else "",
		"party": _party(row),
		"note": _(row.slow_reason) if row.slow_reason not in (None, "", NO_STEP) else "",
		"url": get_url_to_form(CHAIN, row.name),
	}


def _party(row) -> str:
	if not (row.party_type and row.party):
		return ""
	if not options.meta_of(row.party_type):
		mishaps.log_once(mishaps.PARTY_TYPE, *_key(row), f"{row.party_type} {row.party}")
	return as_typed(partners.get_title(row.party_type, row.party))


def _url(part: str, user: str) -> str:
	"""Return the URL of the full list."""
	doctype, status = (CHAIN, "Open") if part in OF_CHAINS else (ROW, "Planned")
	more = "&slow=1" if part == "slow" else ""
	return f"{get_url_to_list(doctype)}?status={status}&responsible={frappe.utils.quoted(user)}{more}"
