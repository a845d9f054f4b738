"""*Employee Effectiveness*."""

import pandas as pd
import pytest
from frappe.utils import now_datetime

from tests.site.figures import exported
from tests.site.figures.exported import HOUR, IN_TIME, Period
from tests.site.reporting import run_report, wilson

NAME = "Employee Effectiveness"
RATES = ("win_low", "win_high")


class Exported:
	"""The rows of journal, documents and chains, and the figures computed from them."""

	def __init__(self):
		documents = exported.export_documents("duration", "completed_on", "before_completion")
		rows = exported.export_rows().merge(documents, how="left", on=["activity_type", "activity"])
		self.chains = exported.export_chains()
		heads = self.chains[["name", "status", "has_next_step"]]
		heads = heads.rename(columns={"name": "chain", "status": "chain_status"})
		rows = rows.merge(heads, how="left", on="chain")
		self.rows = rows.sort_values(["chain", *IN_TIME], ignore_index=True)
		self.deals = self.chains[~exported.is_claim(self.chains)]
		self._add_following()

	def _add_following(self) -> None:
		steps = self.rows[(self.rows.status == "Done") & self.rows.chain.notna()]
		ours = steps.activity_date.where(steps.direction != "Incoming")
		self.rows["following"] = steps.groupby("chain").activity_date.shift(-1).notna()
		later = ours.groupby(steps.chain).shift(-1)
		self.rows["answered_on"] = later.groupby(steps.chain).bfill()

	def figures(self, users: tuple[str | None, ...] | None, period: Period) -> dict:
		"""Return the figures of users in a period; None stands for all users."""
		rows, deals = (
			table if users is None else table[table.responsible.isin(users)]
			for table in (self.rows, self.deals)
		)
		rows = rows[period.has(rows.activity_date) & rows.activity_type.isin(["Interaction", "Meeting"])]
		held, planned = rows[rows.status == "Done"], rows[rows.status == "Planned"]
		late = (planned.due_until < pd.Timestamp(now_datetime())).sum()
		was_planned = held[held.before_completion.fillna("").str.contains('"values"')]
		was_planned = was_planned[was_planned.completed_on.notna()]
		days = (pd.to_datetime(was_planned.completed_on).dt.date, was_planned.activity_date.dt.date)
		on_time, due = (days[0] <= days[1]).sum(), late + len(was_planned)
		in_chain = held[held.chain.notna()]
		is_followed = (in_chain.following == True) | (in_chain.has_next_step == 1)  # noqa: E712  may be missing
		to_follow = (is_followed | (in_chain.chain_status == "Open")).sum()
		incoming = in_chain[(in_chain.direction == "Incoming") & in_chain.answered_on.notna()]
		response = ((incoming.answered_on - incoming.activity_date) / HOUR).median()
		end = period.end
		is_open = (deals.started_on < end) & ~(deals.closed_on < end) & ~(deals.result_on < end)
		decided = deals[period.has(deals.result_on)]
		wins = decided[decided.result == "Won"]
		won, lost = len(wins), int((decided.result == "Lost").sum())
		low, high = wilson(won, won + lost) if won + lost else (None, None)
		return {
			**{"held": len(held), "planned": len(planned), "late": late, "chains_open": is_open.sum()},
			**{"won": won, "lost": lost, "duration_hours": held.duration.astype(float).sum() / 3600},
			"on_time_rate": 100 * on_time / due if due else None,
			"follow_up_rate": 100 * is_followed.sum() / to_follow if to_follow else None,
			"win_rate": 100 * won / (won + lost) if won + lost else None,
			"win_low": None if low is None else 100 * low,
			"win_high": None if high is None else 100 * high,
			"median_response_hours": None if pd.isna(response) else response,
			"amounts": wins[wins.result_amount > 0].groupby("result_currency").result_amount.sum().to_dict(),
		}

	def check(self, shown: list[dict], users: tuple[str | None, ...] | None, period: Period) -> None:
		"""Compare the rows of a group, one for each currency, with the figures of users in both periods."""
		check_group(shown, self.figures(users, period), self.figures(users, period.previous))


def check_group(shown: list[dict], now: dict, before: dict) -> None:
	"""Compare the rows of a group, one for each currency, with the figures of both periods."""
	amounts = now.pop("amounts"), before.pop("amounts")
	row = shown[0]
	for name, value in now.items():
		assert row[name] == (None if value is None else pytest.approx(value, abs=1e-9)), name
		if name not in RATES:
			both = (value, before[name])
			change = None if None in both else pytest.approx(value - before[name], abs=1e-9)
			assert row[f"{name}_change"] == change, name
	found = {
		one["currency"]: (one["amount_won"], one["amount_won_change"]) for one in shown if one["currency"]
	}
	expected = {
		currency: (
			pytest.approx(amounts[0].get(currency, 0)),
			pytest.approx(amounts[0].get(currency, 0) - amounts[1].get(currency, 0)),
		)
		for currency in {**amounts[0], **amounts[1]}
	}
	assert found == expected
	assert all("held" not in one for one in shown[1:])


def by_group(answer: dict) -> tuple[dict[str, list[dict]], list[dict]]:
	"""Return the rows of each group by its value, and those of the total."""
	found: dict[str, list[dict]] = {}
	total: list[dict] = []
	for row in answer["result"]:
		if row.get("is_total"):
			total.append(row)
			continue
		if "group_value" in row:
			found[row["group_value"]] = current = []
		current.append(row)
	return found, total


def check_report(data: Exported, period: Period) -> None:
	"""Compare the figures of each user and the total."""
	answer = run_report(NAME, from_date=period.from_date, to_date=period.to_date)
	shown, total = by_group(answer)
	for user, rows in shown.items():
		data.check(rows, (user or None,), period)
	data.check(total or next(iter(shown.values())), None, period)
