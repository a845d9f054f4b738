"""Chains that are undecided at a landmark, and their factors: earlier steps, first delays and people (B6).

Only facts known by the landmark count: activities until then, and the responsible user of the first one. The present
one may have taken over because the chain takes long.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import frappe
import numpy as np
from frappe.query_builder.functions import Coalesce
from pypika.analytics import RowNumber

from crm_interactions.chains.groupings import First, Grouping
from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.results import CLAIM
from crm_interactions.clock import site_time
from crm_interactions.insight import deals, people, visible
from crm_interactions.insight.asked import Period
from crm_interactions.insight.sql import DaysBetween
from crm_interactions.insight.statistics.cohort import Cohort
from crm_interactions.journal.writer import ROW
from crm_interactions.visibility import reporting_lines

STEP, DELAY, BEGAN, RESPONSIBLE, TEAM = KINDS = ("step", "first_delay", "began", "responsible", "team")
# last days of the classes of the first delay; the landmark ends the last class
DELAYS = (1, 3, 7, 14, 30, 60, 90, 180, 365)
NO_SECOND_STEP = "none"
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Question:
	"""The filters of the report.

	group: a group as in `deals.measure`; "" stands for unknown, None for all.
	outcome: the result to look for.
	landmark: days from the start of a chain.
	horizon: days from the landmark.
	"""

	grouping: Grouping
	period: Period
	group: str | None
	outcome: str
	landmark: int
	horizon: int

	@property
	def of_claims(self) -> bool:
		return self.outcome in CLAIM


@dataclass(frozen=True, eq=False)
class Study:
	"""The chains of a question: the number of all, those undecided at the landmark, and their name → place."""

	total: int
	cohort: Cohort
	places: dict[str, int]


@dataclass(frozen=True, eq=False)
class Factor:
	"""A fact known by the landmark: its kind, one of `KINDS`, a key, and the places of the chains with it."""

	kind: str
	key: str
	chains: np.ndarray


def load(question: Question) -> Study:
	"""Return the chains of a question that the user may read, as arrays."""
	fields = ("name", "result", "status", "started_on", "result_on", "closed_on")
	table = deals.select(question.grouping, question.period, of_claims=question.of_claims, fields=fields).as_(
		"deals"
	)
	query = frappe.qb.from_(table).select(*(table[field] for field in fields))
	query = deals.limit_group(query, table, question.group).orderby(table.name)
	# a dictionary may give a chain the same value twice
	rows = {row[0]: row for row in query.run()}
	names, results, statuses, *moments = zip(*rows.values(), strict=True) if rows else [()] * len(fields)
	result = np.array([one or "" for one in results], dtype=object)
	# SQLite gives text
	moments = [np.array(column, dtype="datetime64[us]") for column in moments]
	days, result = _observe(result, np.array(statuses, dtype=object) == "Closed", *moments)
	known = np.flatnonzero(~np.isnan(days))
	cohort = Cohort(days[known], result[known], question.landmark, question.outcome)
	at_risk = known[cohort.chains].tolist()
	return Study(len(rows), cohort, {names[chain]: place for place, chain in enumerate(at_risk)})


def _observe(result, is_closed, started_on, result_on, closed_on) -> tuple[np.ndarray, np.ndarray]:
	"""Return for each chain the days from its start to its result, else to its end or to now, and the result by now.

	A chain that was closed without a result is known until then. Days are unknown if the time of the result is; a
	result before the start counts as of the start.
	"""
	now = np.datetime64(site_time.now())
	ended = np.where(result != "", result_on, np.where(is_closed, closed_on, now))
	later = ended > now
	days = (np.where(later, now, ended) - started_on) / DAY
	return np.maximum(days, 0), np.where(later, "", result)


def list_factors(question: Question, study: Study) -> Iterator[Factor]:
	"""Yield the factors of at least one chain, limited to activities and teams that the user may read."""
	yield from _gather(STEP, study, _query_steps(question).run(), _step_key)
	limits = [*(limit for limit in DELAYS if limit < question.landmark), question.landmark]
	delayed = [*_gather(DELAY, study, _query_seconds(question).run(), lambda days: _delay_key(limits, days))]
	yield from sorted(delayed, key=lambda factor: int(factor.key))
	second = np.concatenate([factor.chains for factor in delayed] or [np.array([], int)])
	if second.size < study.cohort.size:
		yield Factor(DELAY, NO_SECOND_STEP, np.setdiff1d(np.arange(study.cohort.size), second))
	firsts = _query_firsts(question).run()
	yield from _gather(BEGAN, study, firsts, lambda _responsible, direction: direction)
	responsible = [*_gather(RESPONSIBLE, study, firsts, lambda responsible, _direction: responsible)]
	yield from responsible
	yield from _teams(responsible)


def split(study: Study, factors: Iterator[Factor], kind: str, key: str) -> tuple[set[str], set[str]]:
	"""Return the names of the chains with and without a factor; none has an unknown one."""
	places = next((one.chains for one in factors if (one.kind, one.key) == (kind, key)), ())
	names = [*study.places]
	with_it = {names[place] for place in places}
	return with_it, study.places.keys() - with_it


def read_delay(key: str) -> tuple[int, int]:
	"""Return the first and the last day of a class of the first delay."""
	last = int(key)
	below = bisect_left(DELAYS, last)
	return (DELAYS[below - 1] + 1 if below else 0), last


def read_step(key: str) -> tuple[str, str]:
	"""Return type and direction of a step."""
	direction, _colon, kind = key.partition(":")
	return kind, direction


def _gather(kind: str, study: Study, rows, key_of) -> Iterator[Factor]:
	"""Yield the factors of rows of a chain's name and further columns, of which `key_of` makes the key, or None."""
	found: dict[str, array] = {}
	for name, *values in rows:
		place = study.places.get(name)
		key = key_of(*values) if place is not None else None
		if key:
			found.setdefault(key, array("q")).append(place)
	for key, places in found.items():
		# a missing direction is blank or unknown
		yield Factor(kind, key, np.unique(np.frombuffer(places, dtype=np.int64)))


def _step_key(kind: str, direction: str | None) -> str:
	return f"{direction or ''}:{kind}"


def _delay_key(limits: list[int], days) -> str:
	return str(limits[bisect_left(limits, float(days))])


def _query_steps(question: Question):
	"""Return a query with a row for each chain and step by the landmark."""
	query, row, _days = _done_rows(question)
	# documents of other apps have no type
	kind = Coalesce(row.interaction_type, row.activity_type)
	return query.groupby(row.chain, kind, row.direction).select(row.chain, kind, row.direction)


def _query_seconds(question: Question):
	"""Return a query with the days from a chain's start to its second activity that took place, by the landmark."""
	query, row, days = _done_rows(question)
	place = RowNumber().over(row.chain).orderby(row.activity_date, row.creation, row.name)
	placed = query.select(row.chain, days.as_("days"), place.as_("place")).as_("placed")
	return frappe.qb.from_(placed).where(placed.place == 2).select(placed.chain, placed.days)


def _query_firsts(question: Question):
	"""Return a query with responsible user and direction of the chains' first activities, if they are readable."""
	row, chain = frappe.qb.DocType(ROW), frappe.qb.DocType(CHAIN)
	query = frappe.qb.from_(chain).join(row).on(row.name == First(chain).name)
	query = visible.limit_rows(query)
	return _limit_start(query, chain, question.period).select(chain.name, row.responsible, row.direction)


def _done_rows(question: Question) -> tuple:
	"""Return a query of the activities that took place by the landmark, their table, and the days from the start.

	The chains are limited by their start only; those of other groups are skipped when the rows are read.
	"""
	row, chain = frappe.qb.DocType(ROW), frappe.qb.DocType(CHAIN)
	days = DaysBetween(chain.started_on, row.activity_date)
	query = visible.limit_rows(frappe.qb.from_(row).join(chain).on(chain.name == row.chain))
	query = _limit_start(query, chain, question.period)
	return query.where((row.status == "Done") & (days <= question.landmark)), row, days


def _limit_start(query, chain, period: Period):
	return query.where(deals.started_within(chain, period) & (chain.status != "Merged"))


def _teams(responsible: list[Factor]) -> Iterator[Factor]:
	"""Yield the teams of the responsible users: a supervisor with the users who report to them, as of today."""
	members: dict[str, set[str]] = {}
	for supervisor, user in reporting_lines.list_direct_pairs():
		members.setdefault(supervisor, {supervisor}).add(user)
	by_user = {factor.key: factor.chains for factor in responsible}
	known = people.list_known_supervisors()
	for supervisor, users in sorted(members.items()):
		if known is not None and supervisor not in known:
			continue
		chains = [by_user[user] for user in users & by_user.keys()]
		if chains:
			yield Factor(TEAM, supervisor, np.sort(np.concatenate(chains)))
