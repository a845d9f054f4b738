"""*Silent Partners*, *Chains Without Next Step* and *Negotiation Summary*."""

import pandas as pd
import pytest
from frappe.utils import now_datetime

from tests.site.figures.exported import export, export_chains, export_documents, export_rows, passed, titles
from tests.site.reporting import rows_of, run_report

SILENT, BARE, STORY = "Silent Partners", "Chains Without Next Step", "Negotiation Summary"
DAY, HOUR = 86_400, 3600


def check_silent(days: int = 90) -> list[dict]:
	"""Compare each silent partner; return the rows."""
	rows = export_rows()
	held = rows[(rows.status == "Done") & rows.party.notna()]
	last = held.drop_duplicates(["party_type", "party"], keep="last").set_index(["party_type", "party"])
	now = now_datetime()
	gone = last.activity_date.map(lambda moment: passed(moment, now) / DAY)
	last = last[gone >= days]
	chains = export_chains()
	opened = chains[chains.status == "Open"].groupby(["party_type", "party"]).size()
	shown = {(row["party_type"], row["party"]): row for row in rows_of(run_report(SILENT, days=days))}
	assert shown.keys() == {*last.index}
	names = {kind: titles(kind, []) for kind in last.index.get_level_values(0).unique()}
	for key, contact in last.iterrows():
		row = shown[key]
		assert pd.Timestamp(row["last_contact"]) == contact.activity_date
		assert row["responsible"] == contact.responsible
		assert row["days"] == int(gone[key])
		assert (row["open_chains"], row["party_name"]) == (opened.get(key, 0), names[key[0]][key[1]])
	return [*shown.values()]


def check_bare() -> list[dict]:
	"""Compare each open chain without a next step; return the rows."""
	rows, chains = export_rows(), export_chains()
	planned = {*rows[rows.status == "Planned"].chain}
	chains = chains[(chains.status == "Open") & ~chains.name.isin(planned)].set_index("name")
	held = rows[rows.status == "Done"].drop_duplicates("chain", keep="last").set_index("chain")
	last = held.activity_date.reindex(chains.index).fillna(chains.started_on)
	found = rows_of(run_report(BARE))
	now = now_datetime()
	assert {row["chain"] for row in found} == {*chains.index}
	for row in found:
		moment = last[row["chain"]]
		assert pd.Timestamp(row["last_activity"]) == moment
		assert row["days"] == max(int(passed(moment, now) // DAY), 0)
		assert row["result_of_last"] == (held.outcome.get(row["chain"]) or "")
		chain = chains.loc[row["chain"]]
		assert (row["title"], row["party"], row["responsible"]) == (
			chain.title,
			chain.party,
			chain.responsible,
		)
	return found


class Stories:
	"""The activities of all chains, of which each can be compared."""

	def __init__(self):
		rows = export_rows().merge(
			export_documents("amount", "currency"), how="left", on=["activity_type", "activity"]
		)
		says = export("Interaction Outcome", ("name", "their_turn")).set_index("name").their_turn
		is_theirs = rows.direction.isna() & (rows.outcome.map(says).astype(float) == 1)
		amounts = rows.amount.astype(float).fillna(0)
		self.rows = rows.assign(is_theirs=is_theirs | (rows.direction == "Outgoing"), amount=amounts)
		self.chains = export_chains().set_index("name")

	def check(self, chain: str) -> None:
		"""Compare gaps, waits and amounts of a chain."""
		now, steps = now_datetime(), self.rows[self.rows.chain == chain]
		shown = rows_of(run_report(STORY, chain=chain))
		assert [row["activity"] for row in shown] == [*steps.activity]
		held = [*steps[steps.status == "Done"].activity_date]
		until = [*held[1:], now if self.chains.status[chain] == "Open" else None]
		waits = dict(zip(steps[steps.status == "Done"].activity, until, strict=False))
		previous = None
		for row, step in zip(shown, steps.itertuples(), strict=True):
			gap = (
				None
				if previous is None
				else pytest.approx(passed(previous, step.activity_date) / DAY, abs=1e-9)
			)
			assert row["gap_days"] == gap
			end = waits.get(step.activity)
			hours = max(passed(step.activity_date, end) / HOUR, 0) if end else 0
			both = (0, hours) if step.is_theirs else (hours, 0)
			# the last turn counts until the report's now
			close = 0.1 if end is now else 1e-9
			assert (row["turn_hours_us"], row["turn_hours_them"]) == pytest.approx(both, abs=close)
			assert float(row["amount"] or 0) == step.amount
			previous = step.activity_date
