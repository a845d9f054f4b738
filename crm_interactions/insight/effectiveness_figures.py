"""Figures of *Employee Effectiveness* by group and period: one query for each kind of figures (R27).

The activities are interactions and meetings. A next step and an answer may be of any kind.
"""

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import datetime

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Coalesce, Count, NullIf, Sum
from pypika.analytics import FirstValue, Lag, Preceding
from pypika.analytics import Sum as SumOver

from crm_interactions.activities.completion import FORMER
from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.results import LOST, WON
from crm_interactions.followups.rules import PLANNING
from crm_interactions.insight import deals, medians, visible
from crm_interactions.insight.asked import Period
from crm_interactions.insight.people import People, PeopleGrouping
from crm_interactions.insight.sql import Day, DaysBetween, count_if
from crm_interactions.journal.writer import ROW

HOUR = 3600
# places of the periods
CURRENT, PREVIOUS = 0, 1
# noted at completion if the activity was planned until then
WAS_PLANNED = '%"values":%'


@dataclass(frozen=True)
class Asked:
	"""What a report is asked for; `now` is in the site's time zone."""

	grouping: PeopleGrouping
	period: Period
	people: People
	now: datetime


@dataclass
class Figures:
	"""Numbers of a group in a period; `docs/insight.md` defines them.

	due, on_time: activities that had to be done, and those done on the planned day or before.
	to_follow, followed: activities that need a next step, and those that have one.
	amounts: won, by currency.
	"""

	held: int = 0
	planned: int = 0
	late: int = 0
	due: int = 0
	on_time: int = 0
	duration_hours: float = 0.0
	to_follow: int = 0
	followed: int = 0
	chains_open: int = 0
	won: int = 0
	lost: int = 0
	amounts: dict[str | None, float] = field(default_factory=dict)
	median_response_hours: float | None = None

	@property
	def is_empty(self) -> bool:
		return self == Figures()

	def add(self, other: "Figures") -> None:
		"""Add the figures of another group, which has none of the same activities and chains; medians stay."""
		for name in ADDITIVE:
			setattr(self, name, getattr(self, name) + getattr(other, name))
		for currency, amount in other.amounts.items():
			self.amounts[currency] = self.amounts.get(currency, 0) + amount


# all but amounts and the median
ADDITIVE = tuple(one.name for one in fields(Figures))[:-2]


class Found(defaultdict[tuple[str | None, int], Figures]):
	"""(Group, `CURRENT` or `PREVIOUS`) → figures over what the user may read; None is the group of unknown ones."""

	def __init__(self):
		super().__init__(Figures)
		# by period, over all groups, of which each activity must be in one only
		self.median_responses: dict[int, float | None] = {}

	def total(self, place: int) -> Figures:
		"""Return the figures of all groups, if each activity and chain is in one only."""
		whole = Figures(median_response_hours=self.median_responses.get(place))
		for (_group, of), figures in self.items():
			if of == place:
				whole.add(figures)
		return whole


def measure(asked: Asked) -> Found:
	"""Return the figures of all groups in both periods."""
	found = Found()
	_count_activities(asked, found)
	_measure_steps(asked, found)
	_count_open(asked, found)
	_count_results(asked, found)
	return found


def _place(moment, asked: Asked):
	return Case().when(moment < asked.period.first, PREVIOUS).else_(CURRENT)


def _is_in_periods(moment, asked: Asked):
	return (moment >= asked.period.previous.first) & (moment < asked.period.end)


def _group(query, user, asked: Asked):
	"""Return a query limited to the people, and its column of the group, None if unknown."""
	query, group = asked.grouping.extend(asked.people.limit(query, user), user)
	return query, NullIf(group, "").as_("grouped")


def _add(found: Found, rows: list[dict]) -> None:
	"""Set figures from rows of `grouped`, `place` and the figures' names."""
	for row in rows:
		figures = found[row.pop("grouped"), row.pop("place")]
		for name, value in row.items():
			# MariaDB adds up whole numbers as decimal ones
			setattr(figures, name, int(value))


def _count_activities(asked: Asked, found: Found) -> None:
	activities = _select_activities(asked).as_("activities")
	is_done, was_planned = activities.status == "Done", activities.was_planned == 1
	is_late = (activities.status == "Planned") & (activities.due_until < asked.now)
	is_due = is_late | (is_done & was_planned & activities.completed_on.notnull())
	is_on_time = is_done & was_planned & (Day(activities.completed_on) <= Day(activities.activity_date))
	rows = (
		frappe.qb.from_(activities)
		.groupby(activities.grouped, activities.place)
		.select(
			*(activities.grouped, activities.place),
			count_if(is_done).as_("held"),
			count_if(activities.status == "Planned").as_("planned"),
			count_if(is_late).as_("late"),
			count_if(is_due).as_("due"),
			count_if(is_on_time).as_("on_time"),
			Sum(Case().when(is_done, activities.duration).else_(0)).as_("duration"),
		)
	).run(as_dict=True)
	for row in rows:
		found[row.grouped, row.place].duration_hours = float(row.pop("duration")) / HOUR
	_add(found, rows)


def _select_activities(asked: Asked):
	"""Return a query of the activities of both periods that aren't cancelled."""
	row = frappe.qb.DocType(ROW)
	query = visible.limit_rows(frappe.qb.from_(row)).where(row.status != "Cancelled")
	query = query.where(row.activity_type.isin(PLANNING) & _is_in_periods(row.activity_date, asked))
	documents = [frappe.qb.DocType(doctype) for doctype in PLANNING]
	for doctype, document in zip(PLANNING, documents, strict=True):
		query = query.left_join(document).on((row.activity_type == doctype) & (document.name == row.activity))
	query, group = _group(query, row.responsible, asked)
	was_planned = Coalesce(*(document[FORMER] for document in documents)).like(WAS_PLANNED)
	return query.select(
		*(group, _place(row.activity_date, asked).as_("place")),
		*(row.status, row.activity_date, row.due_until),
		Coalesce(visible.first_known("duration", *PLANNING), 0).as_("duration"),
		visible.first_known("completed_on", *PLANNING).as_("completed_on"),
		Case().when(was_planned, 1).else_(0).as_("was_planned"),
	)


def _select_steps(asked: Asked):
	"""Return a query of the activities of both periods that took place, with what followed in the chain.

	`following` is the time of the next activity of the chain that took place; `answered_on`, of an incoming activity, that
	of the next one that isn't incoming. Both may be after the end of the period, and are None without one.
	"""
	row, chain = frappe.qb.DocType(ROW), frappe.qb.DocType(CHAIN)
	is_answer = Coalesce(row.direction, "") != "Incoming"
	# MariaDB would compute a minimum from the start again for each row
	answers = SumOver(Case().when(is_answer, 1).else_(0))
	query = visible.limit_rows(frappe.qb.from_(row)).where((row.status == "Done") & row.chain.notnull())
	counted = (
		query.where(row.activity_date >= asked.period.previous.first).select(
			*(row.activity_type, row.activity_date, row.creation, row.name),
			*(row.responsible, row.direction, row.chain),
			Case().when(is_answer, row.activity_date).as_("ours"),
			_backwards(Lag(row.activity_date).over(row.chain), row).as_("following"),
			_backwards(answers.over(row.chain), row).rows(Preceding()).as_("answers"),
		)
	).as_("counted")
	# those since the same answer, backwards in time; the answer is the first of them
	answer = FirstValue(counted.ours).over(counted.chain, counted.answers)
	held = (
		frappe.qb.from_(counted).select(
			*(counted.activity_type, counted.activity_date, counted.responsible, counted.direction),
			*(counted.chain, counted.following, _backwards(answer, counted).as_("answered_on")),
		)
	).as_("held")
	query = frappe.qb.from_(held).join(chain).on(chain.name == held.chain)
	query = query.where(held.activity_type.isin(PLANNING) & (held.activity_date < asked.period.end))
	query, group = _group(query, held.responsible, asked)
	return query.select(
		*(group, _place(held.activity_date, asked).as_("place")),
		*(held.activity_date, held.direction, held.following, held.answered_on),
		*(chain.has_next_step, chain.status.as_("chain_status")),
	)


def _measure_steps(asked: Asked, found: Found) -> None:
	"""Set follow-up and response times, of each group and of all, in one pass over the steps."""
	steps = _select_steps(asked).as_("steps")
	is_followed = steps.following.notnull() | (steps.has_next_step == 1)
	# nothing has to follow the last activity of a closed chain
	is_to_follow = is_followed | (steps.chain_status == "Open")
	hours = DaysBetween(steps.activity_date, steps.answered_on) * 24
	valued = (
		frappe.qb.from_(steps).select(
			*(steps.grouped, steps.place, Case().when(is_followed, 1).else_(0).as_("is_followed")),
			Case().when(is_to_follow, 1).else_(0).as_("is_to_follow"),
			Case().when(steps.direction == "Incoming", hours).as_("hours"),
		)
	).as_("valued")
	shown = (valued.grouped, valued.place, valued.is_followed, valued.is_to_follow, valued.hours)
	of_group, of_all = (medians.rank(valued, "hours", *keys) for keys in (("grouped", "place"), ("place",)))
	ranked = frappe.qb.from_(valued).select(
		*shown, *of_group, *(one.as_(f"{one.alias}_of_all") for one in of_all)
	)
	ranked = ranked.as_("ranked")
	query = (
		frappe.qb.from_(ranked)
		.groupby(ranked.grouped, ranked.place)
		.select(
			*(ranked.grouped, ranked.place, Sum(ranked.is_to_follow).as_("to_follow")),
			*(Sum(ranked.is_followed).as_("followed"), *medians.add_up(ranked, "hours")),
			*medians.add_up(ranked, "hours", "_of_all"),
		)
	)
	rows = query.run(as_dict=True)
	for place in (CURRENT, PREVIOUS):
		parts = [row for row in rows if row.place == place]
		found.median_responses[place] = medians.of_parts(parts, "_of_all")
	for row in rows:
		found[row.grouped, row.place].median_response_hours = medians.of_parts([row])
	_add(found, [{name: row[name] for name in ("grouped", "place", "to_follow", "followed")} for row in rows])


def _backwards(window, rows):
	"""Return a window over rows of the journal, with the latest first."""
	return window.orderby(rows.activity_date, rows.creation, rows.name, order=Order.desc)


def _select_chains(asked: Asked):
	"""Return a query of readable chains about deals, its table and its column of the group."""
	chain = frappe.qb.DocType(CHAIN)
	query, group = _group(deals.limit_to_deals(frappe.qb.from_(chain), chain), chain.responsible, asked)
	return query, chain, group


def _count_open(asked: Asked, found: Found) -> None:
	query, chain, group = _select_chains(asked)
	periods = (asked.period, asked.period.previous)
	flags = [Case().when(deals.open_at_end(chain, period), 1).else_(0) for period in periods]
	chains = query.where(chain.started_on < asked.period.end).select(
		group, flags[CURRENT].as_("now_open"), flags[PREVIOUS].as_("was_open")
	)
	chains = chains.as_("chains")
	numbers = Sum(chains.now_open).as_("now_open"), Sum(chains.was_open).as_("was_open")
	for row in frappe.qb.from_(chains).groupby(chains.grouped).select(chains.grouped, *numbers).run():
		for place in (CURRENT, PREVIOUS):
			found[row[0], place].chains_open = int(row[1 + place])


def _count_results(asked: Asked, found: Found) -> None:
	query, chain, group = _select_chains(asked)
	query = query.where(chain.result.isin((WON, LOST)) & _is_in_periods(chain.result_on, asked))
	place = _place(chain.result_on, asked).as_("place")
	chains = query.select(group, place, chain.result, chain.result_currency, chain.result_amount).as_(
		"chains"
	)
	keys = (chains.grouped, chains.place, chains.result, chains.result_currency)
	numbers = Count("*").as_("number"), Sum(chains.result_amount).as_("amount")
	for row in frappe.qb.from_(chains).groupby(*keys).select(*keys, *numbers).run(as_dict=True):
		figures = found[row.grouped, row.place]
		if row.result == LOST:
			figures.lost += row.number
			continue
		figures.won += row.number
		if row.amount:
			figures.amounts[row.result_currency] = figures.amounts.get(row.result_currency, 0) + float(
				row.amount
			)
