"""Chains with several activities, offers and results, and the same figures by pandas and lifelines."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pandas as pd
from lifelines import KaplanMeierFitter

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from tests.site.factories import interaction, partner

START = datetime(2025, 1, 1, 9)
DAY = pd.Timedelta(days=1)
CATEGORIES = ("Trade Negotiations", "Trade Negotiations", "Customer Acquisition", None)
OUTCOMES = (None, None, "Successful", "Offer Sent")
RESULTS = ("Won", "Won", "Lost", "No Decision", "Resolved", None, None)
CLAIMS = ("Resolved", "Not Resolved")


def create_chains(number: int = 90) -> None:
	"""Create chains that started in 2025 and a few days before, with one to four calls each."""
	rng, of = Random(8), partner("Alfa")  # noqa: S311  test data
	for place in range(number):
		moment = START + timedelta(days=rng.randrange(-10, 300), seconds=place)
		category, chain = rng.choice(CATEGORIES), None
		for _step in range(rng.choice((1, 2, 3, 4))):
			call = interaction(
				of,
				chain=chain,
				category=category,
				direction=rng.choice(("Incoming", "Outgoing")),
				outcome=rng.choice(OUTCOMES),
				starts_on=str(moment),
			)
			chain = call.chain
			moment += timedelta(days=rng.choice((0, 1, 3, 10, 40)), hours=rng.randrange(1, 9))
		result = rng.choice(RESULTS)
		if result:
			closing.close(chain, closed_on=moment, ended=Result(result))
		elif rng.random() < 0.3:
			closing.close(chain, closed_on=moment)


def table_of(doctype: str) -> pd.DataFrame:
	return pd.DataFrame([{**row} for row in frappe.get_all(doctype, {}, ["*"])])


def read_chains() -> pd.DataFrame:
	"""Return all chains that aren't merged, with the category of the first activity, `end`, `days` and `happened`."""
	chains, rows = table_of("Interaction Chain"), read_steps()
	chains = chains[chains.status != "Merged"].set_index("name")
	chains["grouped"] = rows.groupby("chain").category.first().reindex(chains.index).fillna("")
	chains["result"] = chains.result.fillna("")
	chains["happened"] = chains.result != ""
	ends = chains.closed_on.where(chains.status != "Open", pd.Timestamp.now())
	chains["end"] = chains.result_on.where(chains.happened, ends)
	chains["days"] = (chains.end - chains.started_on) / DAY
	chains["is_claim"] = chains.result.isin(CLAIMS)
	return chains


def read_steps() -> pd.DataFrame:
	"""Return the activities that took place in order, with `place`, `following`, `is_ours` and `gap`."""
	rows = table_of("Activity Link")
	rows = rows[rows.status == "Done"].sort_values(["activity_date", "creation", "name"])
	rows["place"] = rows.groupby("chain").cumcount() + 1
	rows["following"] = rows.groupby("chain").activity_date.shift(-1)
	rows["is_ours"] = rows.direction != "Outgoing"
	rows["gap"] = (rows.following - rows.activity_date) / DAY
	return rows


def km_quantile(days: pd.Series, happened: pd.Series, q: float) -> float | None:
	"""Return the first day by which the share of chains with the event reaches q, by lifelines' curve."""
	curve = KaplanMeierFitter().fit(days, happened).survival_function_["KM_estimate"]
	reached = curve[curve <= 1 - q + 1e-9]
	return None if reached.empty else float(reached.index[0])
