"""Open chains that are slower than three quarters of their kind, or have no next step (B5).

The nightly job (`insight/paces.py`) computes the limits of each kind; a chain that changes is judged again at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Coalesce

from crm_interactions.activities import options
from crm_interactions.chains import claims, groupings
from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.turn import OURS
from crm_interactions.clock import site_time

PACE = "Interaction Chain Pace"
WAITING, SILENT, OLD, NO_STEP = REASONS = (
	"Waiting for Us Longer Than Usual",
	"Silent Longer Than Usual",
	"Open Longer Than Usual",
	"No Next Step",
)
DAY = timedelta(days=1)
LIMITS = ("days_to_result", "days_between", "days_we_take")
STATE = (
	*("name", "status", "result", "started_on", "last_activity_on", "has_next_step", "turn", "turn_since"),
	*("slow", "slow_reason", "slow_limit"),
)


@dataclass(frozen=True)
class Limits:
	"""Third quartiles of a kind of chains in days, None if unknown: until the result, between activities, of our waits."""

	days_to_result: float | None = None
	days_between: float | None = None
	days_we_take: float | None = None


def judge(chain: dict, limits: Limits, now: datetime) -> tuple[str | None, float | None]:
	"""Return why a chain is slow, one of `REASONS`, and the limit in days that it exceeds; None for each if there is none.

	Args:
		chain: values of `STATE`.
		now: in the site's time zone, with `fold`.
	"""
	if chain["status"] != "Open":
		return None, None
	waits = chain["turn_since"] if chain["turn"] == OURS else None
	age = None if chain["result"] else chain["started_on"]
	for reason, since, limit in (
		(WAITING, waits, limits.days_we_take),
		(SILENT, chain["last_activity_on"], limits.days_between),
		(OLD, age, limits.days_to_result),
	):
		if since and limit and site_time.elapsed(since, now) / DAY > limit:
			return reason, limit
	return (None, None) if chain["has_next_step"] else (NO_STEP, None)


def values_of(reason: str | None, limit: float | None) -> dict:
	"""Return the fields of a chain for what `judge` returns."""
	return {"slow": int(bool(reason)), "slow_reason": reason, "slow_limit": limit or 0}


def refresh(*chains: str) -> None:
	"""Judge chains again and write what changed; `modified` stays.

	Call it in the transaction that changed the chains, or after locking them. A chain with several kinds is slow if all
	of them say so.
	"""
	now = site_time.now()
	kinds: dict[str, list] = {}
	for row in _read(chains):
		kinds.setdefault(row.name, []).append(row)
	for name, rows in sorted(kinds.items()):
		judged = [judge(rows[0], limits, now) for limits in _limits_of(rows)]
		values = values_of(*(judged[0] if all(reason for reason, _limit in judged) else (None, None)))
		if any((rows[0][field] or None) != (value or None) for field, value in values.items()):
			frappe.db.set_value(CHAIN, name, values, update_modified=False)


def kind_of_chains() -> groupings.Grouping:
	"""Return the grouping that makes the kinds of chains, as the settings choose; by category if the site lost it."""
	settings = options.settings()
	return groupings.find(settings.chain_kind, settings.chain_dictionary) or groupings.find(None)


def _read(chains: Iterable[str]) -> list:
	"""Return the state of chains with the limits of their kinds, and of all kinds together, in one query."""
	names = [*chains]
	if not names:
		return []
	chain, pace = frappe.qb.DocType(CHAIN), frappe.qb.DocType(PACE)
	grouping = kind_of_chains()
	query, group = grouping.extend(frappe.qb.from_(chain), chain, groupings.First(chain))
	kind = Coalesce(group, "")
	of_claims = Case().when(claims.is_claim(chain), 1).else_(0)
	of_kind = (pace.of_all_kinds == 1) | (Coalesce(pace.kind, "") == kind)
	query = query.left_join(pace).on((pace.of_claims == of_claims) & of_kind)
	return (
		query.where(chain.name.isin(names))
		.select(*(chain[field] for field in STATE))
		.select(kind.as_("kind"), pace.of_all_kinds, *(pace[field] for field in LIMITS))
		.run(as_dict=True)
	)


def _limits_of(rows: list) -> list[Limits]:
	"""Return the limits of each kind of a chain: its own, else those of all kinds together."""
	found: dict[str, Limits] = {}
	# those of a kind come last and replace the others
	for row in sorted(rows, key=lambda row: -(row.of_all_kinds or 0)):
		found[row.kind] = Limits(*(row[field] or None for field in LIMITS))
	return [*found.values()]
