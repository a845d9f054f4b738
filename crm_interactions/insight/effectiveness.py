"""Report *Employee Effectiveness*: activities, follow-up, results and response times by user or team (R27)."""

from frappe import _
from frappe.utils import cstr

from crm_interactions.clock import site_time
from crm_interactions.followups import open_work
from crm_interactions.insight import effectiveness_rows, people
from crm_interactions.insight.asked import Period, read_choice, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.effectiveness_figures import CURRENT, PREVIOUS, Asked, Figures, Found, measure
from crm_interactions.insight.people import EVERYONE, PeopleGrouping
from crm_interactions.insight.statistics import rates
from crm_interactions.journal.writer import ROW

DEFAULT = "user"
MOST_BARS = 12
# value of the filter `chart`
PLANNED = "Planned"
Both = tuple[Figures, Figures]


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary, as a Script Report does.

	The filters are `from_date`, `to_date`, `group_by` (a key of `people.list_groupings`), `department`, `company`,
	`team`, the user of a supervisor, and `chart`: *Planned* draws what is held and planned in the period.

	Raises: ValidationError for invalid filters.
	"""
	asked = read(filters or {})
	found = measure(asked)
	groups = order_groups(asked.grouping, found)
	total = _measure_total(asked, found)
	rows = [row for group, label, both in groups for row in _rows_of(asked, group, label, both)]
	if len(groups) > 1:
		rows += [{**row, "is_total": 1} for row in effectiveness_rows.build_rows(_("Total"), "", total)]
	note = _(
		"Changes are those from the previous period of the same length. Results are those of the period, without claims. Response: from an incoming activity to our answer, the median of the answered ones."
	)
	return _columns(asked.grouping), rows, note, _draw(filters or {}, groups), _summary(total[CURRENT])


def read(filters: dict) -> Asked:
	"""Return what the filters ask for; raise ValidationError for invalid ones."""
	groupings = people.list_groupings()
	grouping = groupings[read_choice(filters, "group_by", [*groupings], DEFAULT)]
	return Asked(
		grouping, read_period(filters), people.read_people(filters), site_time.now().replace(microsecond=0)
	)


def order_groups(grouping: PeopleGrouping, found: Found) -> list[tuple[str | None, str, Both]]:
	"""Return group, label and figures of both periods: the most activities held first, unknown last; empty ones are left out."""
	groups = []
	for group in {group for group, _place in found}:
		both = found[group, CURRENT], found[group, PREVIOUS]
		if not all(figures.is_empty for figures in both):
			groups.append((group, grouping.show(group) if group else _("Not Set"), both))
	return sorted(groups, key=lambda one: (one[0] is None, -one[2][CURRENT].held, one[1].lower(), one[0]))


def _measure_total(asked: Asked, found: Found) -> Both:
	"""Return the figures of all people; of teams, which overlap, they can't be added up."""
	if asked.grouping.overlaps:
		found = measure(Asked(EVERYONE, asked.period, asked.people, asked.now))
	return found.total(CURRENT), found.total(PREVIOUS)


def _rows_of(asked: Asked, group: str | None, label: str, both: Both) -> list[dict]:
	rows = effectiveness_rows.build_rows(label, group or "", both)
	if asked.grouping.key == "user" and group:
		rows[0]["lists"] = _lists(group, asked)
	return rows


def _lists(user: str, asked: Asked) -> dict[str, dict]:
	"""Return document type and filters of the list behind each number of activities."""
	period: Period = asked.period
	filters = {
		"held": [open_work.ACTIVITIES, ["status", "=", "Done"]],
		"planned": open_work.planned(),
		"late": open_work.late(asked.now),
	}
	# get_list of Frappe 16 takes the end of "between" as the midnight before that day
	dated = [
		["activity_date", ">=", f"{period.first} 00:00:00"],
		["activity_date", "<", f"{period.end} 00:00:00"],
	]
	return {
		name: {"doctype": ROW, "filters": [*conditions, *dated, ["responsible", "=", user]]}
		for name, conditions in filters.items()
	}


def _columns(grouping: PeopleGrouping) -> list[dict]:
	"""Return the columns; those of changes and counts are hidden, as the table shows them beside their figures."""
	shown = [
		column("held", _("Held"), "Int", 105),
		column("planned", _("Planned"), "Int", 100),
		column("on_time_rate", _("On Time"), "Percent", 130, precision=1),
		column("late", _("Late"), "Int", 95),
		column("duration_hours", _("Hours"), "Float", 120, precision=1),
		column("follow_up_rate", _("Follow-Up"), "Percent", 130, precision=1),
		column("chains_open", _("Open Chains"), "Int", 115),
		column("won", _("Won"), "Int", 90),
		column("lost", _("Lost"), "Int", 90),
		column("win_rate", _("Win Rate"), "Percent", 130, precision=1),
		column("win_low", _("Rate From"), "Percent", 95, precision=1),
		column("win_high", _("Rate To"), "Percent", 85, precision=1),
		column("amount_won", _("Amount Won"), "Currency", 190, options="currency"),
		column("currency", _("Currency"), "Link", 110, options="Currency"),
		column("median_response_hours", _("Response (Hours)"), "Float", 170, precision=1),
	]
	changes = [
		{**one, "fieldname": f"{one['fieldname']}_change", "label": _("{0}: Change").format(one["label"])}
		for one in shown
		if one["fieldname"] in effectiveness_rows.CHANGING
	]
	counts = [
		column("on_time", _("Done on Time"), "Int", 90),
		column("due", _("Due"), "Int", 90),
		column("followed", _("With Next Step"), "Int", 90),
		column("to_follow", _("Needing a Next Step"), "Int", 90),
	]
	hidden = [{**one, "hidden": 1} for one in (*changes, *counts)]
	return [column("group", _(grouping.label), "Data", 170), *shown, *hidden]


def _draw(filters: dict, groups: list[tuple[str | None, str, Both]]) -> dict | None:
	is_planned = cstr(filters.get("chart")) == PLANNED
	return _chart_of_planned(groups) if is_planned else _chart(groups)


def _chart_of_planned(groups: list[tuple[str | None, str, Both]]) -> dict | None:
	"""Return the activities held and planned by group, those with the most of both first."""
	busy = [
		(label, both[CURRENT])
		for _group, label, both in groups
		if both[CURRENT].held or both[CURRENT].planned
	]
	shown = sorted(busy, key=lambda one: -one[1].held - one[1].planned)[:MOST_BARS]
	if not shown:
		return None
	series = {_("Held"): "held", _("Planned"): "planned"}
	return {
		"data": {
			"labels": [label for label, _figures in shown],
			"datasets": [
				{"name": name, "values": [getattr(figures, field) for _label, figures in shown]}
				for name, field in series.items()
			],
		},
		"type": "bar",
		"colors": ["#16A34A", "#2490EF"],
		"fieldtype": "Int",
	}


def _chart(groups: list[tuple[str | None, str, Both]]) -> dict | None:
	"""Return the activities held by group, in this period and the previous one."""
	shown = [one for one in groups if one[2][CURRENT].held][:MOST_BARS]
	if not shown:
		return None
	names = (_("Held"), _("Previous Period"))
	series = [
		{"name": names[place], "values": [both[place].held for _group, _label, both in shown]}
		for place in (CURRENT, PREVIOUS)
	]
	# a new site has no previous period
	series = [one for one in series if any(one["values"])]
	return {
		"data": {"labels": [label for _group, label, _both in shown], "datasets": series},
		"type": "bar",
		"fieldtype": "Int",
	}


def _summary(total: Figures) -> list[dict]:
	values = effectiveness_rows.compute_values(total)
	rate = rates.win_rate(total.won, total.lost)
	cards = [
		{"value": total.held, "label": _("Held"), "datatype": "Int"},
		_card(_("On Time"), values["on_time_rate"], f"{total.on_time}/{total.due}"),
		_card(_("Follow-Up"), values["follow_up_rate"], f"{total.followed}/{total.to_follow}"),
		_card(_("Win Rate"), values["win_rate"], f"{total.won}/{total.won + total.lost}"),
	]
	if rate.rate is not None:
		cards[-1]["value"] += f", {100 * rate.low:.0f}–{100 * rate.high:.0f} %"
	return [card for card in cards if card["value"] != ""]


def _card(label: str, percent: float | None, counts: str) -> dict:
	value = "" if percent is None else _("{0} % ({1})").format(f"{percent:.0f}", counts)
	return {"value": value, "label": label, "datatype": "Data"}
