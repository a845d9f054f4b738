"""The figures of *Chain Speed*, *Week by Week* and *Activity Hours* by hand-written SQL, as in `reports_by_hand.py`."""

from reports_by_hand import ask

DEALS = """
	c.status <> 'Merged' and coalesce(c.result, '') not in ('Resolved', 'Not Resolved')
	and coalesce(c.subject_type, '') not in %(claims)s
"""
# distinct keeps MariaDB from looking for the group again for each activity
CHAINS = f"""
	select distinct c.name, c.status, c.started_on, c.closed_on, nullif(c.result, '') result, c.result_on, c.slow,
		(select nullif(r.category, '') from `tabActivity Link` r
		where r.chain = c.name and r.status <> 'Cancelled'
		order by r.activity_date, r.creation, r.name limit 1) grouped
	from `tabInteraction Chain` c where {DEALS} and c.started_on >= %(first)s and c.started_on < %(end)s
"""  # noqa: S608  the text above
STEPS = f"""
	with chains as ({CHAINS}),
	steps as (
		select c.*, r.activity_date, r.activity_type = 'Quotation' or coalesce(o.is_offer, 0) is_offer,
			r.direction = 'Outgoing' or (coalesce(r.direction, '') = '' and coalesce(o.their_turn, 0)) is_theirs,
			row_number() over of_chain place, lead(r.activity_date) over of_chain following
		from `tabActivity Link` r join chains c on c.name = r.chain
			left join `tabInteraction Outcome` o on o.name = r.outcome
		where r.status = 'Done'
		window of_chain as (partition by c.name order by r.activity_date, r.creation, r.name)
	)
"""  # noqa: S608  the text above
END = "case when result is not null then result_on when status = 'Open' then %(now)s else closed_on end"
# from times, of which each has a group, days, and whether the event happened
QUANTILES = """
	at_risk as (
		select grouped, days, sum(happened) happened,
			sum(count(*)) over (partition by grouped order by days desc) number
		from times where days >= 0 group by grouped, days
	),
	curve as (
		select grouped, days, exp(sum(case when happened = number then -700 else ln(1 - happened * 1e0 / number) end)
			over (partition by grouped order by days)) share
		from at_risk
	)
	select grouped, min(case when share <= 0.5 + 1e-9 then days end),
		min(case when share <= 0.25 + 1e-9 then days end)
	from curve group by grouped
"""


def speed(filters: dict) -> dict[str, list[tuple]]:
	"""Return for each figure rows that begin with the group."""
	queries = {
		"chains": f"select grouped, count(*), sum(slow) from ({CHAINS}) c group by grouped",  # noqa: S608  as above
		"second": f"""
			{STEPS}, times as (
				select grouped, following is not null happened,
					timestampdiff(microsecond, activity_date, coalesce(following, {END})) / 86400e6 days
				from steps where place = 1
			), {QUANTILES}
		""",  # noqa: S608  as above
		"result": f"""
			with chains as ({CHAINS}), times as (
				select grouped, result is not null happened,
					timestampdiff(microsecond, started_on, {END}) / 86400e6 days from chains
			), {QUANTILES}
		""",  # noqa: S608  as above
		"offer": f"""
			{STEPS}, offers as (
				select grouped, timestampdiff(microsecond, min(started_on), min(activity_date)) / 86400e6 days
				from steps where is_offer group by grouped, name
			),
			ranked as (
				select grouped, days, row_number() over (partition by grouped order by days) place,
					count(*) over (partition by grouped) number from offers
			)
			select grouped, avg(days) from ranked where place * 2 between number and number + 2 group by grouped
		""",  # noqa: S608  as above
		"turns": f"""
			{STEPS}
			select grouped, sum(case when is_theirs then 0 else days end), sum(days) from (
				select grouped, is_theirs, timestampdiff(microsecond, activity_date,
					coalesce(following, case when status = 'Open' then %(now)s end)) / 86400e6 days from steps
			) turns where days > 0 group by grouped
		""",  # noqa: S608  as above
	}
	return {name: ask(query, filters) for name, query in queries.items()}


def weeks(filters: dict) -> dict[str, dict]:
	"""Return figure → {first day of the week: number}; a week begins on Sunday, as without a setting."""
	sources = {
		"activities": (
			"activity_date",
			"`tabActivity Link` where status = 'Done' and activity_type in ('Interaction', 'Meeting')",
		),
		**{
			figure: (column, f"`tabInteraction Chain` c where {DEALS} and {condition}")
			for figure, column, condition in (
				("started", "started_on", "true"),
				("won", "result_on", "result = 'Won'"),
				("lost", "result_on", "result = 'Lost'"),
			)
		},
	}
	found = {}
	for figure, (moment, source) in sources.items():
		first = f"greatest(date({moment}) - interval (dayofweek({moment}) - 1) day, %(first)s)"
		query = f"""
			select {first}, count(*) from {source} and {moment} >= %(first)s and {moment} < %(end)s group by 1
		"""  # noqa: S608  as above
		found[figure] = {str(day): number for day, number in ask(query, filters)}
	return found


def hours(filters: dict) -> list[tuple]:
	"""Return weekday (0 for Monday), hour as text such as 09, blank at midnight, and number."""
	return ask(
		"""
		select weekday(activity_date), if(time(activity_date) = '00:00:00', '', date_format(activity_date, '%%H')),
			count(*)
		from `tabActivity Link` where status = 'Done' and activity_type in ('Interaction', 'Meeting')
			and activity_date >= %(first)s and activity_date < %(end)s group by 1, 2
		""",
		filters,
	)
