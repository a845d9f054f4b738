"""Figures of *Employee Effectiveness* by group and period: one query for each kind of figures (R27).

The activities are interactions and meetings. A next step and an answer may be of any kind.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Coalesce, Count, NullIf, Sum
from pypika.analytics import Lag, Preceding
from pypika.analytics import Min as MinOver

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


Found = defaultdict[tuple[str | None, int], Figures]


def measure(asked: Asked) -> Found:
	"""Return (group, `CURRENT` or `PREVIOUS`) → figures over what the user may read; None is the group of unknown ones."""
	found: Found = defaultdict(Figures)
	_count_activities(asked, found)
	steps = _select_steps(asked).as_("steps")
	_count_followed(steps, found)
	_measure_responses(steps, found)
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

	`following` and `answered_on` are the times of the next activity of the chain that took place, and of the next one
	that isn't incoming, both after the end of the period, too; None without one.
	"""
	row, chain = frappe.qb.DocType(ROW), frappe.qb.DocType(CHAIN)
	ordered = (row.activity_date, row.creation, row.name)
	ours = Case().when(Coalesce(row.direction, "") != "Incoming", row.activity_date)
	# backwards in time, the database sorts once and keeps one value for each chain
	following = Lag(row.activity_date).over(row.chain).orderby(*ordered, order=Order.desc)
	answer = MinOver(ours).over(row.chain).orderby(*ordered, order=Order.desc)
	query = visible.limit_rows(frappe.qb.from_(row)).where((row.status == "Done") & row.chain.notnull())
	held = (
		query.where(row.activity_date >= asked.period.previous.first).select(
			*(row.activity_type, row.activity_date, row.responsible, row.direction, row.chain),
			following.as_("following"),
			answer.rows(Preceding(), Preceding(1)).as_("answered_on"),
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


def _count_followed(steps, found: Found) -> None:
	is_followed = steps.following.notnull() | (steps.has_next_step == 1)
	query = frappe.qb.from_(steps).groupby(steps.grouped, steps.place)
	query = query.select(
		*(steps.grouped, steps.place),
		# nothing has to follow the last activity of a closed chain
		count_if(is_followed | (steps.chain_status == "Open")).as_("to_follow"),
		count_if(is_followed).as_("followed"),
	)
	_add(found, query.run(as_dict=True))


def _measure_responses(steps, found: Found) -> None:
	hours = DaysBetween(steps.activity_date, steps.answered_on) * 24
	responses = (
		frappe.qb.from_(steps)
		.where((steps.direction == "Incoming") & steps.answered_on.notnull())
		.select(steps.grouped, steps.place, hours.as_("value"))
	).as_("responses")
	for group, place, median in medians.select_medians(responses, "grouped", "place").run():
		found[group, place].median_response_hours = float(median)


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
