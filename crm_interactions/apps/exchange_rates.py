"""Exchange rates that ERPNext stores on the site; no rate is fetched from the internet."""

import frappe
from frappe.utils import add_days, cint, flt, getdate, today

from crm_interactions.apps.installed import is_installed

COSTS = ("expected_cost", "actual_cost")


def costs_of(doc) -> dict[str, dict]:
	"""Return those costs of a meeting that can be converted to its company's currency; empty without ERPNext.

	Blank costs, costs in that currency and costs without a stored rate are left out. The rate is that of the meeting's
	day, or of today for a future meeting. Without a company, the default company counts.

	Returns: `expected_cost` and `actual_cost`, each as from `in_company_currency`.
	"""
	if not is_installed("erpnext"):
		return {}
	currency = company_currency(doc.get("company"))
	# the rate on the meeting's day; for a future meeting, today's
	day = min(getdate(doc.starts_on), getdate(today()))
	found = {
		field: in_company_currency(flt(doc.get(field)), doc.get(f"{field}_currency"), currency, day)
		for field in COSTS
	}
	return {field: answer for field, answer in found.items() if answer}


def in_company_currency(amount: float, given: str | None, wanted: str | None, day) -> dict | None:
	"""Return `amount` converted, `currency`, `rate` and the rate's `date` as text; needs ERPNext if there is an amount.

	None without an amount, without two different currencies, or without a rate (`rate_on`).
	"""
	if not (amount and given and wanted) or given == wanted:
		return None
	rate = rate_on(given, wanted, day)
	if not rate:
		return None
	return {
		"amount": flt(amount * rate.exchange_rate, frappe.get_precision("Meeting", COSTS[0])),
		"currency": wanted,
		"rate": rate.exchange_rate,
		"date": str(rate.date),
	}


def rate_on(given: str, wanted: str, day) -> dict | None:
	"""Return `exchange_rate` and `date` of ERPNext's newest buying rate up to a day; None if missing, 0 or stale."""
	filters = [
		["from_currency", "=", given],
		["to_currency", "=", wanted],
		["for_buying", "=", 1],
		["date", "<=", day],
	]
	settings = frappe.get_cached_doc("Accounts Settings")
	if not cint(settings.allow_stale):
		filters.append(["date", ">", add_days(day, -cint(settings.stale_days))])
	# permission to read the meeting includes its converted costs
	rows = frappe.get_all(
		"Currency Exchange", filters=filters, fields=["exchange_rate", "date"], order_by="date desc", limit=1
	)
	return rows[0] if rows and flt(rows[0].exchange_rate) else None


def company_currency(company: str | None) -> str | None:
	company = company or frappe.defaults.get_global_default("company")
	return frappe.db.get_value("Company", company, "default_currency") if company else None
