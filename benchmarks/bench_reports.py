"""Compare each report among `CRM_ACTIVITIES` (1,000,000) with hand-written SQL for the same figures, which must agree.

The limit is 1.5 times the SQL of `reports_by_hand.py`, in turn with it. Time as a user who sees a twentieth of the
activities, and memory, are reported without a bound. `CRM_KEEP=1` leaves the history on the site for a further run,
and arguments choose reports by their title.
"""

import gc
import math
import os
import statistics
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import filling
import frappe
import history
import reports_by_hand as by_hand
import times_by_hand
from frappe.utils import get_datetime, now_datetime
from harness import connect, report, seconds, tell

from crm_interactions.insight import (
	analytics,
	costs,
	details,
	effectiveness,
	negotiation,
	progress,
	silent,
	speed,
	weekly,
	winning,
	without_next_step,
)
from crm_interactions.insight import hours as activity_hours
from crm_interactions.parties.partners import party_types
from crm_interactions.visibility import audiences, predicate, reporting_lines, table_sizes

CHAINS = int(os.environ.get("CRM_ACTIVITIES") or 1_000_000) // history.IN_CHAIN
BOUND, ROUNDS = 1.5, 3
LONG = 5000
SETTINGS = "CRM Interactions Settings"
FILLED = (filling.ROW, filling.CHAIN, "Interaction", "Meeting", "Product Record", "ToDo")


@dataclass(frozen=True)
class Case:
	"""A report with filters.

	Args:
		execute: the report's function of that name.
		by_hand: filters → the figures by hand.
		same: (rows of the report, figures by hand) → whether they agree.
		is_bound: whether the limit holds; a few rows take less time than Frappe's check of the user's rights.
	"""

	title: str
	execute: Callable
	filters: dict
	by_hand: Callable
	same: Callable
	is_bound: bool = True


def main() -> int:
	connect()
	if frappe.db.db_type != "mariadb":
		tell("reports", "measured on MariaDB only")
		return 0
	if not frappe.db.exists(filling.CHAIN, story().chain(CHAINS - 1)):
		fill()
	# the SQL by hand knows no working hours
	values = {"visibility": predicate.OWN_AND_TEAM, "respect_working_time": 0}
	frappe.db.set_single_value(SETTINGS, values)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	try:
		chosen = [
			case for case in cases() if not sys.argv[1:] or any(arg in case.title for arg in sys.argv[1:])
		]
		kept = [compare(case) for case in chosen]
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		if not os.environ.get("CRM_KEEP"):
			empty()
	return 0 if all(kept) else 1


def cases() -> list[Case]:
	"""Return the reports for a year and, where the period matters most, for the whole history."""
	today = now_datetime().date()
	year = {"from_date": str(today - timedelta(days=364)), "to_date": str(today)}
	all_years = {**year, "from_date": str(today - timedelta(days=history.DAYS))}
	quiet = {"days": 90}
	chain, long = ({"chain": name} for name in (story().chain(CHAINS // 2), long_chain()))
	before = {**year, "landmark": progress.LANDMARK, "landmark_days": progress.LANDMARK}
	return [
		Case("Winning by Group, a year", winning.execute, year, by_hand.winning, same_wins),
		Case("Winning by Group, five years", winning.execute, all_years, by_hand.winning, same_wins),
		Case(
			*(
				"Employee Effectiveness, a year and the year before",
				effectiveness.execute,
				year,
			),
			*(by_hand.effectiveness, same_effects),
		),
		Case("Activity Analytics, a year", analytics.execute, year, by_hand.analytics, same_analytics),
		Case(
			"Activity Analytics, five years", analytics.execute, all_years, by_hand.analytics, same_analytics
		),
		Case("Silent Partners", silent.execute, quiet, by_hand.silent, same_silent),
		Case("Chains Without Next Step", without_next_step.execute, {}, by_hand.without_next_step, same_bare),
		Case("Meeting Costs, a year", costs.execute, year, by_hand.costs, same_costs),
		Case(
			*("Negotiation Summary of a chain", negotiation.execute, chain, by_hand.negotiation, same_story),
			is_bound=False,
		),
		Case(
			f"Negotiation Summary of {LONG:,} activities",
			negotiation.execute,
			long,
			by_hand.negotiation,
			same_story,
		),
		Case("What Comes Before Progress, a year", progress.execute, before, by_hand.progress, same_sizes),
		Case("Chain Details, a year", details.execute, year, by_hand.details, same_details),
		Case("Chain Speed, a year", speed.execute, year, times_by_hand.speed, same_times),
		Case("Chain Speed, five years", speed.execute, all_years, times_by_hand.speed, same_times),
		Case("Week by Week, a year", weekly.execute, year, times_by_hand.weeks, same_weeks),
		Case("Activity Hours, a year", activity_hours.execute, year, times_by_hand.hours, same_hours),
	]


def compare(case: Case) -> bool:
	"""Report time, figures and memory of a report. Return True if figures agree and the bound is kept."""
	frappe.set_user("Administrator")
	ours, theirs = partial(case.execute, case.filters), partial(case.by_hand, case.filters)
	answer, found = ours(), theirs()
	agree = case.same(answer[1], found)
	pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
	figure = statistics.median(first / second for first, second in pairs)
	times = [1000 * statistics.median(column) for column in zip(*pairs, strict=True)]
	note = f"· {times[0]:,.0f} ms against {times[1]:,.0f}, {len(answer[1]):,} rows"
	kept = True
	if case.is_bound:
		kept = report(f"{case.title} / by hand", figure, BOUND, note)
	else:
		tell(f"{case.title} / by hand", f"{figure:.3f} {note}")
	tell("  figures", "equal" if agree else "DIFFERENT")
	tell("  peak memory of Python in MB", f"{peak(ours):.1f} against {peak(theirs):.1f}")
	frappe.set_user(history.PEOPLE[-1])
	if case.execute is not negotiation.execute:
		tell("  as a user who sees a twentieth", f"{1000 * seconds(ours):,.0f} ms")
	return kept and agree


def peak(call: Callable) -> float:
	"""Return the most memory of Python objects during a call, in MB."""
	gc.collect()
	tracemalloc.start()
	try:
		call()
		return tracemalloc.get_traced_memory()[1] / 2**20
	finally:
		tracemalloc.stop()


def close(one, other) -> bool:
	"""Return whether two values agree; numbers to 1e-9 of their size."""
	if isinstance(one, list | tuple):
		return len(one) == len(other) and all(map(close, one, other))
	if one in (None, "") or other in (None, ""):
		return (one or None) == (other or None)
	if isinstance(one, str):
		return one == other
	return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)


def same_wins(rows: list[dict], found: list[tuple]) -> bool:
	shown: dict[str, list] = {}
	for row in rows:
		if "chains" in row:
			numbers = [row[name] for name in ("chains", "open", "won", "lost", "median_days_to_win")]
			current = shown[row["group_value"]] = [*numbers, []]
		if row["amount_won"]:
			current[-1].append((row["currency"], row["amount_won"]))
	for numbers in shown.values():
		numbers[-1].sort()
	return close(sorted(shown.items()), sorted((group, numbers) for group, *numbers in found))


def same_effects(rows: list[dict], found: dict) -> bool:
	"""Compare counts and medians of users and the total, of both periods."""
	users = {row["group_value"]: row for row in rows if row.get("group_value") and "held" in row}
	(total,) = [row for row in rows if row.get("is_total") and "held" in row]
	names = ("held", "planned", "late", "due", "on_time", "to_follow", "followed", "median_response_hours")
	ok = True
	for user, row in users.items():
		now, before = (found["activities"][user, place] for place in (0, 1))
		seconds_of = now.pop(5)
		ok &= close([row[name] for name in names], now) and close(row["duration_hours"], seconds_of / 3600)
		ok &= close(row["median_response_hours_change"], now[-1] - before[-1])
		won = [one for one in found["results"] if one[:3] == (user, 0, "Won")]
		ok &= row["won"] == sum(one[4] for one in won)
		opened = {one[0]: one[1:] for one in found["open"]}[user]
		ok &= close([row["chains_open"], row["chains_open"] - row["chains_open_change"]], opened)
	median = found["medians"]
	shown = [total["median_response_hours"], total["median_response_hours_change"]]
	return ok and len(users) == len(history.PEOPLE) and close(shown, [median[0], median[0] - median[1]])


def same_analytics(rows: list[dict], found: list[tuple]) -> bool:
	names = ("row_value", "column_value", "period", "currency", "count", "duration_hours", "amount")
	key = lambda row: [str(part or "") for part in row[:4]]  # noqa: E731
	shown = [[row.get(name) for name in names] for row in rows]
	for row, one in zip(rows, shown, strict=True):
		one[1] = None if row["column"] == "Not Set" else row["column"]
	theirs = [(*row[:5], row[5] / 3600, row[6] or None) for row in found]
	return close(sorted(shown, key=key), sorted(theirs, key=key))


def same_silent(rows: list[dict], found: list[tuple]) -> bool:
	names = ("party", "party_name", "last_contact", "responsible", "open_chains")
	return same_rows(rows, names, found)


def same_bare(rows: list[dict], found: list[tuple]) -> bool:
	names = ("chain", "title", "party_name", "responsible", "last_activity", "result_of_last")
	return same_rows(rows, names, found)


def same_costs(rows: list[dict], found: list[tuple]) -> bool:
	names = ("meeting", "chain", "party_name", "expected", "expected_currency", "actual", "actual_currency")
	return same_rows(rows, names, found)


def same_details(rows: list[dict], found: list[tuple]) -> bool:
	names = ("name", "grouped", "party_name", "responsible_name", "result", "days", "result_amount")
	for row, one in zip(rows, found, strict=True):
		row["responsible_name"] = one[3]  # users of the history have no record, and their names are shortened
	return same_rows(rows, names, found)


def same_times(rows: list[dict], found: dict[str, list[tuple]]) -> bool:
	"""Compare the figures of each group; shares of turns grow by the time between the two calls."""
	by_group = {name: {group or "": numbers for group, *numbers in of} for name, of in found.items()}
	ok = len(rows) == len(found["chains"])
	for row in rows:
		counts, second, result, offer, turns = (
			by_group[name].get(row["group_value"], [None, None])
			for name in ("chains", "second", "result", "offer", "turns")
		)
		shown = [row["chains"], row["slow"], *(row[f"{q}_days_to_second"] for q in ("median", "p75"))]
		shown += [*(row[f"{q}_days_to_result"] for q in ("median", "p75")), row["median_days_to_offer"]]
		ok &= close(shown, [*counts, *second, *result, offer[0]])
		ok &= math.isclose(row["share_waiting_us"], 100 * turns[0] / turns[1], abs_tol=1e-3)
	return ok


def same_weeks(rows: list[dict], found: dict[str, dict]) -> bool:
	return all(
		{str(row["week"]): row[figure] for row in rows if row[figure]} == numbers
		for figure, numbers in found.items()
	)


def same_hours(rows: list[dict], found: list[tuple]) -> bool:
	shown = {
		(activity_hours.WEEKDAYS.index(row["weekday_value"]), row["hour_value"]): row["activities"]
		for row in rows
	}
	return shown == {
		(day, activity_hours.HOURS[int(hour)] if hour else activity_hours.NO_TIME): number
		for day, hour, number in found
	}


def same_rows(rows: list[dict], names: tuple[str, ...], found: list[tuple]) -> bool:
	plain = [[_plain(row[name]) for name in names] for row in rows]
	return close(plain, [[_plain(value) for value in row[: len(names)]] for row in found])


def _plain(value):
	return str(value) if hasattr(value, "year") else value


def same_story(rows: list[dict], found: list[tuple]) -> bool:
	"""Compare gaps and waits; those until now differ by the time between the two calls."""
	ok = [row["activity"] for row in rows] == [one[0] for one in found]
	for row, (_name, gap, hours, is_theirs, *_more) in zip(rows, found, strict=True):
		side = row["turn_hours_them" if is_theirs else "turn_hours_us"]
		# the SQL knows no change of the clock
		ok &= math.isclose(row["gap_days"] or 0, float(gap or 0), abs_tol=0.05)
		ok &= math.isclose(side, max(float(hours or 0), 0), abs_tol=1.1)
	return ok


def same_sizes(rows: list[dict], found: dict) -> bool:
	"""Compare the sizes of both sides of each step; statistics are compared in the site tests."""
	now = now_datetime()
	at_risk = set()
	for name, result, status, started, result_on, closed_on in found["chains"]:
		end = min(result_on if result else closed_on if status == "Closed" else now, now)
		if (get_datetime(end) - started) / timedelta(days=1) > progress.LANDMARK:
			at_risk.add(name)
	sides: dict[str, set] = {}
	for chain, kind, direction in found["steps"]:
		if chain in at_risk:
			sides.setdefault(f"{direction or ''}:{kind}", set()).add(chain)
	shown = {row["factor_key"]: row for row in rows if row["factor_kind"] == "step"}
	sizes = {key: (row["with_step"], row["without_step"]) for key, row in shown.items()}
	return sizes == {key: (len(names), len(at_risk) - len(names)) for key, names in sides.items()}


def story() -> history.Story:
	party_type = next(doctype for doctype in filling.PARTY_TYPES if doctype in party_types())
	return history.Story(
		chains=CHAINS,
		today=now_datetime().replace(microsecond=0),
		prefix=filling.PREFIX,
		party_type=party_type,
		title_field=filling.PARTY_TYPES[party_type],
		of_party={"territory": ("North", "South", None)} if party_type == "Customer" else {},
		audiences={user: audiences.audience_key({user: False}) for user in history.PEOPLE},
	)


def long_chain() -> str:
	"""Return a chain of LONG activities, and make it if it is missing."""
	found = frappe.db.get_value(filling.CHAIN, {"activity_count": LONG})
	return found or filling.chain(LONG)


def fill() -> None:
	"""Make the history and a user who sees only their own activities, and commit."""
	took = seconds(lambda: filling.insert_mixed(history.write(story())))
	user = history.PEOPLE[-1]
	if not frappe.db.exists("User", user):
		values = {"email": user, "first_name": "History", "send_welcome_email": 0}
		frappe.get_doc({"doctype": "User", **values}).insert().add_roles("Interaction User")
	rows = (
		{"name": key, "audience": key, "user": user, "only_shared": 0}
		for user, key in story().audiences.items()
	)
	filling.insert_quickly(audiences.AUDIENCE, rows)
	reporting_lines.refresh_lines()
	frappe.db.commit()
	frappe.cache.delete_keys(table_sizes.KEY)
	for doctype in (*FILLED, story().party_type):
		frappe.db.sql(f"analyze table `tab{doctype}`")
	tell("history", f"{CHAINS * history.IN_CHAIN:,} activities in {CHAINS:,} chains, {took:.0f} s")


def empty() -> None:
	"""Remove the history and commit; the site holds nothing else."""
	frappe.db.set_single_value(SETTINGS, {"visibility": predicate.EVERYBODY, "respect_working_time": 1})
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	frappe.db.commit()
	for doctype in FILLED:
		frappe.db.truncate(doctype)
	for doctype in (story().party_type, history.TEAM, history.MEMBER):
		frappe.db.delete(doctype, {"name": ("like", f"{filling.PREFIX}%")})
	frappe.db.delete(audiences.AUDIENCE, {"user": ("in", history.PEOPLE)})
	reporting_lines.refresh_lines()
	frappe.db.commit()


if __name__ == "__main__":
	sys.exit(main())
