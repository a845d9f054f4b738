"""Report *Meeting Costs*: expected and actual costs of meetings beside the amount of their chain (R27)."""

import frappe
from frappe import _
from frappe.query_builder import Order

from crm_interactions.chains.locks import CHAIN
from crm_interactions.insight import visible
from crm_interactions.insight.asked import Period, read_period
from crm_interactions.insight.columns import column, translate_values
from crm_interactions.parties import partners

MEETING = "Meeting"
KINDS = ("expected", "actual")


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, no chart, and totals by currency; raises ValidationError for an invalid period."""
	rows = list_rows(read_period(filters or {}))
	note = _("Meetings of the period that have costs; cancelled ones too, as their costs may be due.")
	return _columns(), rows, note, None, _summary(rows)


def list_rows(period: Period) -> list[dict]:
	"""Return a row for each readable meeting with costs, the latest first.

	Returns: rows of `meeting`, `title`, `starts_on`, `status`, `chain`, `party_type`, `party`, `party_name`, `expected`,
		`expected_currency`, `actual`, `actual_currency`, `amount_of_chain` and `chain_currency`.
	"""
	meeting, chain = frappe.qb.DocType(MEETING), frappe.qb.DocType(CHAIN)
	query = frappe.qb.from_(meeting).left_join(chain).on(chain.name == meeting.chain)
	query = visible.limit_documents(query, MEETING)
	query = query.where((meeting.starts_on >= period.first) & (meeting.starts_on < period.end))
	expected, actual = (visible.first_known(field, MEETING) for field in ("expected_cost", "actual_cost"))
	query = query.where((expected != 0) | (actual != 0))
	rows = (
		query.select(
			*(meeting.name.as_("meeting"), meeting.title, meeting.starts_on, meeting.status, meeting.chain),
			*(meeting.party_type, meeting.party),
			*(expected.as_("expected"), meeting.expected_cost_currency.as_("expected_currency")),
			*(actual.as_("actual"), meeting.actual_cost_currency.as_("actual_currency")),
			*(chain.result_amount.as_("amount_of_chain"), chain.result_currency.as_("chain_currency")),
		)
		.orderby(meeting.starts_on, order=Order.desc)
		.orderby(meeting.name, order=Order.desc)
	).run(as_dict=True)
	titles = partners.list_titles((row.party_type, row.party) for row in rows if row.party)
	for row in rows:
		row["party_name"] = titles.get((row.party_type, row.party), "")
		row["amount_of_chain"] = row.amount_of_chain or None
	translate_values(rows, "status")
	return rows


def _summary(rows: list[dict]) -> list[dict]:
	"""Return the total of each kind and currency; amounts in several currencies are never added up."""
	totals: dict[tuple[str, str], float] = {}
	for row in rows:
		for kind in KINDS:
			if row[kind]:
				key = kind, row[f"{kind}_currency"] or ""
				totals[key] = totals.get(key, 0) + row[kind]
	labels = {"expected": _("Expected ({0})"), "actual": _("Actual ({0})")}
	return [
		{"value": value, "label": labels[kind].format(currency), "datatype": "Currency", "currency": currency}
		for (kind, currency), value in sorted(totals.items(), reverse=True)
	]


def _columns() -> list[dict]:
	return [
		column("meeting", _("Meeting"), "Link", 150, options=MEETING),
		column("title", _("Topic"), "Data", 180),
		column("starts_on", _("Date and Time"), "Datetime", 140),
		column("party_name", _("Partner"), "Data", 160),
		column("expected", _("Expected"), "Currency", 110, options="expected_currency"),
		column("actual", _("Actual"), "Currency", 110, options="actual_currency"),
		column("amount_of_chain", _("Amount of Chain"), "Currency", 140, options="chain_currency"),
		column("chain", _("Chain"), "Link", 140, options=CHAIN),
		column("status", _("Status"), "Data", 90),
	]
