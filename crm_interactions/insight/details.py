"""Report *Chain Details*: the chains behind a number of another report (R27, B6)."""

from frappe import _
from frappe.utils import cstr, get_fullname

from crm_interactions.chains.groupings import Grouping
from crm_interactions.insight import deals, progress, progress_factors, speed, winning
from crm_interactions.insight.asked import read_choice, read_group
from crm_interactions.insight.columns import column, translate_values
from crm_interactions.parties import partners

SIDES = ("with_step", "without_step")


def execute(filters: dict | None) -> tuple:
	"""Return columns and rows, one for each chain; raises ValidationError for invalid filters.

	The filters are those of *Winning by Group*, `figure` (one of `deals.FIGURES` or `deals.FIGURES_OF_PERIOD`, by default
	all chains), `about` (as in *Chain Speed*) and `group_value` (empty for all groups, `asked.NOT_SET` for chains without a group). If the figure is one of
	`SIDES`, they are those of *What Comes Before Progress*, with the group as its kind, `factor` (one of its kinds) and
	`step`, the key.
	"""
	filters = filters or {}
	grouping, period = winning.read(filters)
	figure = read_choice(filters, "figure", [*deals.FIGURES, *deals.FIGURES_OF_PERIOD, *SIDES], "chains")
	if figure in SIDES:
		grouping, rows = _list_side(filters, figure)
	else:
		of_claims = speed.read_about(filters)
		rows = deals.list_chains(
			grouping, period, figure, read_group(filters, "group_value"), of_claims=of_claims
		)
	titles = partners.list_titles((row.party_type, row.party) for row in rows if row.party)
	for row in rows:
		row["party_name"] = titles.get((row.party_type, row.party), "")
		row["responsible_name"] = get_fullname(row.responsible) if row.responsible else ""
		row["group"] = grouping.label_of(row["grouped"])
	translate_values(rows, "result")
	return _columns(grouping), rows


def _list_side(filters: dict, figure: str) -> tuple[Grouping, list[dict]]:
	"""Return the grouping, and the chains with or without a factor."""
	question = progress.read({**filters, "kind": filters.get("group_value")})
	kind = read_choice(filters, "factor", [*progress_factors.KINDS], progress_factors.STEP)
	study = progress_factors.load(question)
	found = progress_factors.list_factors(question, study)
	names = progress_factors.split(study, found, kind, cstr(filters.get("step")))[SIDES.index(figure)]
	rows = deals.list_chains(
		question.grouping, question.period, None, question.group, of_claims=question.of_claims
	)
	return question.grouping, [row for row in rows if row.name in names]


def _columns(grouping: Grouping) -> list[dict]:
	return [
		column("name", _("Chain"), "Link", 140, options="Interaction Chain"),
		column("title", _("Title"), "Data", 210),
		column("group", _(grouping.label), "Data", 140),
		column("party_name", _("Partner"), "Data", 160),
		column("responsible_name", _("Responsible"), "Data", 120),
		column("started_on", _("Started On"), "Datetime", 150),
		column("result", _("Result"), "Data", 90),
		column("days", _("Days"), "Float", 80, precision=1),
		column("result_amount", _("Amount"), "Currency", 120, options="result_currency"),
		column("result_on", _("Result On"), "Datetime", 150),
	]
