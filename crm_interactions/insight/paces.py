"""How long the chains of each kind take, from which an open chain counts as slow (B5).

The nightly job computes the limits from all chains, without regard to rights, and judges the open chains by them. A
changed setting starts it at once.
"""

from datetime import datetime

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Coalesce, Sum
from pypika.terms import ValueWrapper

from crm_interactions.chains import claims, groupings, locks, slowness
from crm_interactions.clock import site_time
from crm_interactions.insight import durations, medians, survival
from crm_interactions.platform import write_turn
from crm_interactions.platform.bulk_insert import insert_rows

JOB = "crm_interactions.insight.paces.refresh"
FEWEST_DECIDED = 20
THIRD_QUARTILE = 0.75
# a shorter limit would mark chains between two activities of the same day
LEAST_DAYS = 1.0
KEYS = ("kind", "of_claims")
BATCH = 500  # other transactions may wait for the chains of the current batch
COLUMNS = (*KEYS, "of_all_kinds", "decided", *slowness.LIMITS)


def queue_refresh() -> None:
	"""Queue the job that computes the limits again, after the kind of a chain changed."""
	frappe.enqueue(JOB, queue="long", job_id=JOB, deduplicate=True, enqueue_after_commit=True)


def refresh() -> None:
	"""Compute the limits of all kinds and judge the open chains by them; the scheduler calls this every night.

	Limits and batches are committed one after another. A restart repeats them, which changes nothing.
	"""
	rows = compute(site_time.now())
	write_turn.take_turn()
	store(rows)
	frappe.db.commit()  # in a job: a restart computes them again
	after = ""
	while names := _hold_batch(after):
		slowness.refresh(*names)
		after = names[-1]
		frappe.db.commit()  # in a job: a restart judges these chains again


def compute(now: datetime) -> list[dict]:
	"""Return the limits of each kind with enough decided chains, and of all kinds together: rows of `COLUMNS`.

	A kind with fewer than `FEWEST_DECIDED` has no limits, and neither have all kinds together.
	"""
	of_kinds = _compute(slowness.kind_of_chains(), now)
	return [*of_kinds, *_compute(None, now)]


def store(rows: list[dict]) -> None:
	"""Replace the stored limits; those below `LEAST_DAYS` are raised to it, and 0 stands for unknown ones."""
	frappe.db.delete(slowness.PACE)
	values = [{**row, **{name: _stored(row[name]) for name in slowness.LIMITS}} for row in rows]
	insert_rows(slowness.PACE, COLUMNS, [[row[column] for column in COLUMNS] for row in values])


def _compute(grouping: groupings.Grouping | None, now: datetime) -> list[dict]:
	chains = durations.once(_select_chains(grouping)).as_("chains")
	results = durations.until_result(chains, now, *KEYS).as_("results")
	third = {"days_to_result": THIRD_QUARTILE}
	by_key: dict[tuple, dict] = {}
	for query in (
		_count_decided(results),
		survival.select_quantiles(results, third, *KEYS),
		*(
			medians.select_quantiles(times(chains, _all, *KEYS).as_(label), label, THIRD_QUARTILE, *KEYS)
			for label, times in (("days_between", durations.gaps), ("days_we_take", durations.our_turns))
		),
	):
		for row in query.run(as_dict=True):
			by_key.setdefault((row.kind, row.of_claims), dict.fromkeys(COLUMNS)).update(row)
	enough = [row for row in by_key.values() if (row["decided"] or 0) >= FEWEST_DECIDED]
	return [{**row, "of_all_kinds": int(not grouping)} for row in enough]


def _select_chains(grouping: groupings.Grouping | None):
	"""Return a query of all chains with the columns of `durations.COLUMNS` and `KEYS`."""
	chain = frappe.qb.DocType(locks.CHAIN)
	query, kind = frappe.qb.from_(chain), ValueWrapper("")
	if grouping:
		query, group = grouping.extend(query, chain, groupings.First(chain))
		kind = Coalesce(group, "")
	of_claims = Case().when(claims.is_claim(chain), 1).else_(0)
	return (
		query.where(chain.status != "Merged")
		.select(*(chain[column] for column in durations.COLUMNS))
		.select(kind.as_("kind"), of_claims.as_("of_claims"))
	)


def _count_decided(results):
	by = [results[key] for key in KEYS]
	query = frappe.qb.from_(results).where(results.days >= 0).groupby(*by)
	return query.select(*by, Sum(results.happened).as_("decided"))


def _stored(limit: float | None) -> float:
	return 0.0 if limit is None else max(limit, LEAST_DAYS)


def _all(query):
	return query


def _hold_batch(after: str) -> list[str]:
	"""Lock the next open chains by name, so that a change meanwhile waits and is judged after them; return their names."""
	write_turn.take_turn()
	chain = frappe.qb.DocType(locks.CHAIN)
	query = frappe.qb.from_(chain).select(chain.name).orderby(chain.name).limit(BATCH)
	query = query.where((chain.status == "Open") & (chain.name > after))
	return [name for (name,) in query.for_update().run()]
