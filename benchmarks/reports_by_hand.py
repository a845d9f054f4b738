"""The figures of the reports by hand-written SQL for MariaDB, which shares no code with the app, for Administrator.

Each function takes the filters of the report, and returns its figures as `bench_reports.py` compares them.
"""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import now_datetime

CLAIMS = ("Issue",)
Z = 1.959963984540054


def winning(filters: dict) -> list[tuple]:
	"""Return group, chains, open, won, lost, median days to win and amounts by currency."""
	rows = ask(
		"""
		with deals as (
			select c.result, c.status, c.result_amount amount, c.result_currency currency,
				quarter(c.started_on) + 4 * year(c.started_on) quarter,
				timestampdiff(microsecond, c.started_on, c.result_on) / 86400e6 days,
				(select nullif(r.category, '') from `tabActivity Link` r
				where r.chain = c.name and r.status <> 'Cancelled'
				order by r.activity_date, r.creation, r.name limit 1) grouped
			from `tabInteraction Chain` c
			where c.status <> 'Merged' and coalesce(c.result, '') not in ('Resolved', 'Not Resolved')
				and coalesce(c.subject_type, '') not in %(claims)s
				and c.started_on >= %(first)s and c.started_on < %(end)s
		),
		ranked as (
			select deals.*, row_number() over of_result place, count(*) over (partition by grouped, result) number
			from deals window of_result as (partition by grouped, result order by days)
		)
		select grouped, quarter, result, status, currency, count(*), sum(amount),
			sum(case when place * 2 between number and number + 2 then days end),
			sum(place * 2 between number and number + 2)
		from ranked group by grouped, quarter, result, status, currency
		""",
		filters,
	)
	return _add_up_winning(rows)


def _add_up_winning(rows: Iterable[tuple]) -> list[tuple]:
	found: dict = {}
	for grouped, _quarter, result, status, currency, number, amount, days, middle in rows:
		of = found.setdefault(
			grouped or "", {"numbers": [0, 0, 0, 0], "days": 0.0, "middle": 0, "amounts": {}}
		)
		counts = (True, status == "Open" and not result, result == "Won", result == "Lost")
		for place, does_count in enumerate(counts):
			of["numbers"][place] += number if does_count else 0
		if result == "Won":
			of["days"] += days or 0
			of["middle"] += int(middle)
			if amount:
				of["amounts"][currency] = of["amounts"].get(currency, 0) + float(amount)
	return [
		(
			group,
			*of["numbers"],
			of["days"] / of["middle"] if of["middle"] else None,
			sorted(of["amounts"].items()),
		)
		for group, of in found.items()
	]


def details(filters: dict) -> list[tuple]:
	"""Return chain, group, title of the partner, full name of the responsible user, result, days and amount."""
	return ask(
		"""
		select c.name, (select nullif(r.category, '') from `tabActivity Link` r
			where r.chain = c.name and r.status <> 'Cancelled'
			order by r.activity_date, r.creation, r.name limit 1),
			p.customer_name, coalesce(u.full_name, c.responsible), c.result,
			timestampdiff(microsecond, c.started_on, c.result_on) / 86400e6, c.result_amount, c.title, c.started_on,
			c.result_on, c.result_currency, c.closed_on, c.status, c.party
		from `tabInteraction Chain` c
			left join `tabCustomer` p on p.name = c.party
			left join `tabUser` u on u.name = c.responsible
		where c.status <> 'Merged' and coalesce(c.result, '') not in ('Resolved', 'Not Resolved')
			and coalesce(c.subject_type, '') not in %(claims)s
			and c.started_on >= %(first)s and c.started_on < %(end)s
		order by c.started_on desc, c.name desc
		""",
		filters,
	)


def analytics(filters: dict) -> list[tuple]:
	"""Return type, direction, month, currency, number, seconds and amount."""
	return ask(
		"""
		select kind, direction, month, currency, count(*), sum(duration), sum(amount) from (
			select coalesce(r.interaction_type, r.activity_type) kind, nullif(r.direction, '') direction,
				left(r.activity_date, 7) month, coalesce(i.duration, m.duration, 0) duration,
				coalesce(i.amount, m.amount, p.amount, 0) amount,
				case when coalesce(i.amount, m.amount, p.amount, 0) <> 0
					then coalesce(i.currency, m.currency, p.currency) end currency
			from `tabActivity Link` r
				left join `tabInteraction` i on r.activity_type = 'Interaction' and i.name = r.activity
				left join `tabMeeting` m on r.activity_type = 'Meeting' and m.name = r.activity
				left join `tabProduct Record` p on r.activity_type = 'Product Record' and p.name = r.activity
			where r.status <> 'Cancelled' and r.activity_date >= %(first)s and r.activity_date < %(end)s
		) a group by kind, direction, month, currency
		""",
		filters,
	)


def silent(filters: dict) -> list[tuple]:
	"""Return partner, title, last contact, responsible user and open chains."""
	return ask(
		"""
		with contacts as (
			select party_type, party, max(activity_date) last_contact from `tabActivity Link`
			where status = 'Done' and party <> '' group by party_type, party having max(activity_date) <= %(until)s
		)
		select k.party, p.customer_name, k.last_contact,
			(select r.responsible from `tabActivity Link` r
			where r.party_type = k.party_type and r.party = k.party and r.status = 'Done'
				and r.activity_date = k.last_contact order by r.creation desc limit 1),
			(select count(*) from `tabInteraction Chain` c
			where c.party_type = k.party_type and c.party = k.party and c.status = 'Open')
		from contacts k left join `tabCustomer` p on p.name = k.party
		order by k.last_contact, k.party
		""",
		filters,
	)


def without_next_step(filters: dict) -> list[tuple]:
	"""Return chain, title, title of the partner, responsible user, last activity and its outcome."""
	return ask(
		"""
		select c.name, c.title, p.customer_name, c.responsible, coalesce(c.last_activity_on, c.started_on),
			(select r.outcome from `tabActivity Link` r where r.chain = c.name and r.status = 'Done'
			order by r.activity_date desc, r.creation desc limit 1)
		from `tabInteraction Chain` c left join `tabCustomer` p on p.name = c.party
		where c.status = 'Open' and c.has_next_step = 0
		order by coalesce(c.last_activity_on, c.started_on), c.name
		""",
		filters,
	)


def costs(filters: dict) -> list[tuple]:
	"""Return meeting, chain, title of the partner, costs and the amount of the chain."""
	return ask(
		"""
		select m.name, m.chain, p.customer_name, m.expected_cost, m.expected_cost_currency, m.actual_cost,
			m.actual_cost_currency, c.result_amount, c.result_currency, m.title, m.starts_on, m.status
		from `tabMeeting` m left join `tabInteraction Chain` c on c.name = m.chain
			left join `tabCustomer` p on p.name = m.party
		where (m.expected_cost <> 0 or m.actual_cost <> 0)
			and m.starts_on >= %(first)s and m.starts_on < %(end)s
		order by m.starts_on desc, m.name desc
		""",
		filters,
	)


def negotiation(filters: dict) -> list[tuple]:
	"""Return activity, gap in days, and hours of the turn until the next activity that took place, or until now."""
	return ask(
		"""
		select r.activity, timestampdiff(microsecond, lag(r.activity_date) over of_chain, r.activity_date) / 86400e6,
			case when r.status = 'Done' then
				timestampdiff(microsecond, r.activity_date, coalesce(
					lead(r.activity_date) over (partition by r.chain, r.status = 'Done'
						order by r.activity_date, r.creation, r.name),
					case when c.status = 'Open' then %(now)s end)) / 3600e6 end,
			r.direction = 'Outgoing' or (coalesce(r.direction, '') = '' and coalesce(o.their_turn, 0)),
			coalesce(i.amount, m.amount, p.amount, 0), coalesce(i.currency, m.currency, p.currency),
			r.activity_type, r.title, r.interaction_type, r.direction, r.outcome, coalesce(u.full_name, r.responsible)
		from `tabActivity Link` r join `tabInteraction Chain` c on c.name = r.chain
			left join `tabInteraction Outcome` o on o.name = r.outcome
			left join `tabInteraction` i on r.activity_type = 'Interaction' and i.name = r.activity
			left join `tabMeeting` m on r.activity_type = 'Meeting' and m.name = r.activity
			left join `tabProduct Record` p on r.activity_type = 'Product Record' and p.name = r.activity
			left join `tabUser` u on u.name = r.responsible
		where r.chain = %(chain)s and r.status <> 'Cancelled'
		window of_chain as (partition by r.chain order by r.activity_date, r.creation, r.name)
		order by r.activity_date, r.creation, r.name
		""",
		filters,
	)


HELD = """
	select activity_type, activity_date, responsible, direction, chain,
		lag(activity_date) over backwards following,
		min(case when coalesce(direction, '') <> 'Incoming' then activity_date end) over (partition by chain
			order by activity_date desc, creation desc, name desc
			rows between unbounded preceding and 1 preceding) answered_on
	from `tabActivity Link` where status = 'Done' and chain is not null and activity_date >= %(previous)s
	window backwards as (partition by chain order by activity_date desc, creation desc, name desc)
"""


def effectiveness(filters: dict) -> dict:
	"""Return (user, is of the previous period) → figures."""
	found: dict = {}
	for user, place, *numbers in ask(
		"""
		select responsible, activity_date < %(first)s place, sum(status = 'Done'), sum(status = 'Planned'),
			sum(is_late), sum(is_late or was_due), sum(was_due and date(completed_on) <= date(activity_date)),
			sum(case when status = 'Done' then duration else 0 end)
		from (
			select r.responsible, r.activity_date, r.status, coalesce(i.duration, m.duration, 0) duration,
				coalesce(i.completed_on, m.completed_on) completed_on,
				coalesce(r.status = 'Planned' and r.due_until < %(now)s, 0) is_late,
				r.status = 'Done' and coalesce(i.before_completion, m.before_completion, '') like %(noted)s
					and coalesce(i.completed_on, m.completed_on) is not null was_due
			from `tabActivity Link` r
				left join `tabInteraction` i on r.activity_type = 'Interaction' and i.name = r.activity
				left join `tabMeeting` m on r.activity_type = 'Meeting' and m.name = r.activity
			where r.status <> 'Cancelled' and r.activity_type in ('Interaction', 'Meeting')
				and r.activity_date >= %(previous)s and r.activity_date < %(end)s
		) a group by responsible, place
		""",
		filters,
	):
		found[user, place] = [*map(int, numbers)]
	followed = f"""
		with held as ({HELD}),
		steps as (
			select h.responsible, h.activity_date < %(first)s place,
				h.following is not null or c.has_next_step is_followed, c.status = 'Open' is_open,
				case when h.direction = 'Incoming'
					then timestampdiff(microsecond, h.activity_date, h.answered_on) / 3600e6 end hours
			from held h join `tabInteraction Chain` c on c.name = h.chain
			where h.activity_type in ('Interaction', 'Meeting') and h.activity_date < %(end)s
		),
		ranked as (
			select steps.*, row_number() over (partition by responsible, place, hours is null order by hours) at_user,
				count(hours) over (partition by responsible, place) of_user,
				row_number() over (partition by place, hours is null order by hours) at_all,
				count(hours) over (partition by place) of_all
			from steps
		)
		select responsible, place, sum(is_followed or is_open), sum(is_followed),
			avg(case when at_user * 2 between of_user and of_user + 2 then hours end),
			sum(case when at_all * 2 between of_all and of_all + 2 then hours end),
			sum(hours is not null and at_all * 2 between of_all and of_all + 2)
		from ranked group by responsible, place
	"""  # noqa: S608  the text above
	medians: dict = {}
	for user, place, to_follow, is_followed, median, hours, middle in ask(followed, filters):
		found[user, place] += [int(to_follow), int(is_followed), median]
		sums = medians.setdefault(place, [0.0, 0])
		sums[0], sums[1] = sums[0] + (hours or 0), sums[1] + int(middle)
	results = ask(
		"""
		select responsible, result_on < %(first)s, result, result_currency, count(*), sum(result_amount)
		from `tabInteraction Chain`
		where status <> 'Merged' and coalesce(subject_type, '') not in %(claims)s
			and result in ('Won', 'Lost') and result_on >= %(previous)s and result_on < %(end)s
		group by 1, 2, 3, 4
		""",
		filters,
	)
	opened = ask(
		"""
		select responsible,
			sum((result is null or result = '' or result_on >= %(end)s) and (status = 'Open' or closed_on >= %(end)s)),
			sum(started_on < %(first)s and (result is null or result = '' or result_on >= %(first)s)
				and (status = 'Open' or closed_on >= %(first)s))
		from `tabInteraction Chain`
		where status <> 'Merged' and coalesce(result, '') not in ('Resolved', 'Not Resolved')
			and coalesce(subject_type, '') not in %(claims)s and started_on < %(end)s
		group by responsible
		""",
		filters,
	)
	return {
		"activities": found,
		"medians": {place: hours / number for place, (hours, number) in medians.items()},
		"results": results,
		"open": opened,
	}


def progress(filters: dict) -> dict:
	"""Return what the report is computed from: the chains, and the names of chains by step, second step and first."""
	limits = """c.status <> 'Merged' and c.started_on >= %(first)s and c.started_on < %(end)s"""
	done = f"""
		from `tabInteraction Chain` c join `tabActivity Link` r on r.chain = c.name
		where {limits} and r.status = 'Done'
			and timestampdiff(microsecond, c.started_on, r.activity_date) / 86400e6 <= %(landmark)s
	"""
	chains = f"""
		select c.name, c.result, c.status, c.started_on, c.result_on, c.closed_on from `tabInteraction Chain` c
		where {limits} and coalesce(c.result, '') not in ('Resolved', 'Not Resolved')
			and coalesce(c.subject_type, '') not in %(claims)s order by c.name
	"""  # noqa: S608  the text above
	steps = f"""select r.chain, coalesce(r.interaction_type, r.activity_type), r.direction {done} group by 1, 2, 3"""
	seconds = f"""
		select chain, days from (
			select r.chain, timestampdiff(microsecond, c.started_on, r.activity_date) / 86400e6 days,
				row_number() over (partition by r.chain order by r.activity_date, r.creation, r.name) place {done}
		) placed where place = 2
	"""  # noqa: S608  the text above
	firsts = f"""
		select c.name, r.responsible, r.direction from `tabInteraction Chain` c join `tabActivity Link` r on r.name = (
			select o.name from `tabActivity Link` o where o.chain = c.name and o.status <> 'Cancelled'
			order by o.activity_date, o.creation, o.name limit 1)
		where {limits}
	"""  # noqa: S608  the text above
	names = ("chains", "steps", "seconds", "firsts")
	return {
		name: ask(query, filters) for name, query in zip(names, (chains, steps, seconds, firsts), strict=True)
	}


def ask(query: str, filters: dict) -> list[tuple]:
	"""Run a statement with the values of the filters, and now."""
	now = now_datetime().replace(tzinfo=ZoneInfo(frappe.db.get_single_value("System Settings", "time_zone")))
	last = date.fromisoformat(filters.get("to_date", "2000-01-01"))
	first = date.fromisoformat(filters.get("from_date", "2000-01-01"))
	end = last + timedelta(days=1)
	# days that pass, also over a change of the clock
	until = (now.astimezone(UTC) - timedelta(days=filters.get("days", 0))).astimezone(now.tzinfo)
	return frappe.db.sql(
		query,
		{
			**filters,
			**{"first": first, "end": end, "previous": first - (end - first)},
			**{"now": now.replace(tzinfo=None), "until": until.replace(tzinfo=None)},
			**{"claims": CLAIMS, "noted": '%"values":%'},
		},
	)
