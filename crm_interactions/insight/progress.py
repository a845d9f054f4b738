"""Report *What Comes Before Progress*: results of chains with and without a step by a landmark (B6)."""

from frappe import _

from crm_interactions.chains.groupings import list_groupings
from crm_interactions.chains.results import RESULTS, WON
from crm_interactions.insight import progress_factors as factors
from crm_interactions.insight import progress_text as text
from crm_interactions.insight.asked import read_choice, read_days, read_group, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.progress_factors import Question, Study
from crm_interactions.insight.statistics.landmark import Comparison
from crm_interactions.insight.statistics.rates import q_values

GROUP_BY, LANDMARK, HORIZON = "category", 14, 90
FALSE_DISCOVERIES = 0.05
MOST_BARS = 12


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary, as a Script Report does; raises as `read`."""
	question = read(filters)
	study = factors.load(question)
	rows = list_rows(question, study)
	return _columns(question), rows, text.describe(question, rows), _chart(rows), _summary(study, rows)


def read(filters: dict | None) -> Question:
	"""Return the question of the filters; raise ValidationError for invalid ones.

	The filters are `group_by`, a key of `list_groupings`, and `kind`, one of its groups (empty for all chains, `asked.NOT_SET`
	for those without a group), `outcome`, `landmark_days`, `horizon_days`, and `from_date` and `to_date`, between which
	the chains started.
	"""
	filters = filters or {}
	groupings = list_groupings()
	# without a kind, a chain with several values of a dictionary counts once
	group_by = read_choice(filters, "group_by", [*groupings], GROUP_BY)
	return Question(
		grouping=groupings[group_by if filters.get("kind") else GROUP_BY],
		period=read_period(filters),
		group=read_group(filters, "kind"),
		outcome=read_choice(filters, "outcome", [*RESULTS], WON),
		landmark=read_days(filters, "landmark_days", _("Landmark (Days)"), LANDMARK),
		horizon=read_days(filters, "horizon_days", _("Horizon (Days)"), HORIZON),
	)


def list_rows(question: Question, study: Study) -> list[dict]:
	"""Return a row for each factor: those with figures first, by p-value, then those with sizes only."""
	found = [
		(factor, study.cohort.compare(factor.chains, question.horizon))
		for factor in factors.list_factors(question, study)
	]
	qs = q_values([compared.p for _factor, compared in found])
	rows = [
		{
			"factor": text.label_kind(factor.kind),
			"step": text.label_factor(factor.kind, factor.key),
			"factor_kind": factor.kind,
			"factor_key": factor.key,
			**_figures(compared),
			"q": q,
		}
		for (factor, compared), q in zip(found, qs, strict=True)
	]
	# the sort is stable and keeps the order of the kinds
	return sorted(rows, key=lambda row: (row["is_small"], 2 if row["p"] is None else row["p"]))


def _figures(found: Comparison) -> dict:
	"""Return the figures of a row, shares in per cent; all None but the sizes if a side is small."""
	return {
		"with_step": found.with_step,
		"without_step": found.without_step,
		"is_small": int(found.test is None),
		**_sides(
			"decided", found.decided and [found.decided.with_step.rate, found.decided.without_step.rate], 100
		),
		**_sides("won", found.won and [found.won.with_step.rate, found.won.without_step.rate], 100),
		**_difference("won", found.won and found.won.difference, 100),
		**_sides("days", found.mean and [found.mean.with_step.days, found.mean.without_step.days]),
		**_difference("days", found.mean and found.mean.difference),
		"p": found.p,
	}


def _sides(name: str, values: list | None, scale: int = 1) -> dict:
	names = (f"{name}_with", f"{name}_without")
	return dict(zip(names, (_scaled(value, scale) for value in values or (None, None)), strict=True))


def _difference(name: str, found, scale: int = 1) -> dict:
	names = {f"{name}_difference": "difference", f"{name}_low": "low", f"{name}_high": "high"}
	return {key: _scaled(getattr(found, part) if found else None, scale) for key, part in names.items()}


def _scaled(value: float | None, scale: int) -> float | None:
	return None if value is None else scale * value


def _columns(question: Question) -> list[dict]:
	won = _(question.outcome)
	return [
		column("factor", _("Came Before"), "Data", 150),
		column("step", _("Step"), "Data", 200),
		column("with_step", _("With"), "Int", 70),
		column("without_step", _("Without"), "Int", 80),
		_figure("won_with", _("{0}, With").format(won), "Percent"),
		_figure("won_without", _("{0}, Without").format(won), "Percent"),
		_figure("won_difference", _("Difference"), "Float"),
		_figure("won_low", _("From"), "Float"),
		_figure("won_high", _("To"), "Float"),
		_figure("decided_with", _("Decided, With"), "Percent"),
		_figure("decided_without", _("Decided, Without"), "Percent"),
		_figure("days_with", _("Days, With"), "Float"),
		_figure("days_without", _("Days, Without"), "Float"),
		_figure("days_difference", _("Difference (Days)"), "Float"),
		_figure("days_low", _("From (Days)"), "Float"),
		_figure("days_high", _("To (Days)"), "Float"),
		column("p", _("p"), "Float", 75, precision=4),
		column("q", _("q"), "Float", 75, precision=4),
	]


def _stands_out(row: dict) -> bool:
	return row["q"] is not None and row["q"] <= FALSE_DISCOVERIES


def _chart(rows: list[dict]) -> dict | None:
	"""Return the differences of the share won of the rows that stand out, in points of per cent; None without any."""
	shown = [row for row in rows if _stands_out(row) and row["won_difference"]][:MOST_BARS]
	if not shown:
		return None
	labels = [f"{row['factor']}: {row['step']}" for row in shown]
	values = [round(row["won_difference"], 1) for row in shown]
	return {
		"data": {
			"labels": labels,
			"datasets": [{"name": _("Difference (Percentage Points)"), "values": values}],
		},
		"type": "bar",
		"fieldtype": "Float",
	}


def _summary(study: Study, rows: list[dict]) -> list[dict]:
	numbers = {
		_("Chains"): study.total,
		_("Undecided Then"): study.cohort.size,
		_("Comparisons"): sum(row["p"] is not None for row in rows),
		_("With q up to 0.05"): sum(map(_stands_out, rows)),
	}
	return [{"value": number, "label": label, "datatype": "Int"} for label, number in numbers.items()]


def _figure(fieldname: str, label: str, fieldtype: str) -> dict:
	return column(fieldname, label, fieldtype, 80, precision=1)
