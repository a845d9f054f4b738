"""Rows of *Employee Effectiveness*: rates, changes from the previous period, and a row for each currency."""

from crm_interactions.insight.effectiveness_figures import Figures
from crm_interactions.insight.statistics import rates

COUNTS = ("held", "planned", "late", "chains_open", "won", "lost", "duration_hours")
# counts of the rates
PARTS = ("on_time", "due", "followed", "to_follow")
RATES = ("on_time_rate", "follow_up_rate", "win_rate")
# figures with a change; the interval of a rate has none
CHANGING = (*COUNTS, *RATES, "median_response_hours", "amount_won")


def build_rows(label: str, group: str, both: tuple[Figures, Figures]) -> list[dict]:
	"""Return the row of a group, then one for each further currency, with `group`, `amount_won` and its change only.

	Args:
		both: the figures of the period and of the previous one.
	"""
	shown, former = (compute_values(figures) for figures in both)
	changes = {
		f"{name}_change": _change(shown[name], former[name])
		for name in (*COUNTS, *RATES, "median_response_hours")
	}
	parts = {name: getattr(both[0], name) for name in PARTS}
	first, *others = _amounts(*both) or [{"amount_won": None, "amount_won_change": None, "currency": None}]
	row = {"group": label, "group_value": group, **shown, **changes, **parts, **first}
	return [row, *({"group": label, **amount} for amount in others)]


def compute_values(figures: Figures) -> dict:
	"""Return the figures of a period by column, without amounts; rates in per cent, None without a count."""
	rate = rates.win_rate(figures.won, figures.lost)
	percents = {
		"on_time_rate": figures.on_time / figures.due if figures.due else None,
		"follow_up_rate": figures.followed / figures.to_follow if figures.to_follow else None,
		**{"win_rate": rate.rate, "win_low": rate.low, "win_high": rate.high},
	}
	return {
		**{name: getattr(figures, name) for name in COUNTS},
		**{name: None if value is None else 100 * value for name, value in percents.items()},
		"median_response_hours": figures.median_response_hours,
	}


def _change(value: float | None, former: float | None) -> float | None:
	return None if None in (value, former) else value - former


def _amounts(now: Figures, before: Figures) -> list[dict]:
	"""Return amount, change and currency of each currency of the two periods, the largest amount first."""
	found = [
		(now.amounts.get(currency, 0.0), before.amounts.get(currency, 0.0), currency)
		for currency in {**now.amounts, **before.amounts}
	]
	return [
		{"amount_won": amount, "amount_won_change": amount - former, "currency": currency}
		for amount, former, currency in sorted(found, key=lambda one: (-one[0], -one[1], one[2] or ""))
	]
