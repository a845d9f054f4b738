"""Named checks for a site whose setup wizard has completed. Runs in the bench, on a connected site.

Each check reads the records themselves, not the wizard's flags: the flags are set even when ERPNext's wizard
could not insert a company.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.utils import nowdate

ROOT_TYPES = {"Asset", "Liability", "Equity", "Income", "Expense"}


def missing() -> list[str]:
	"""Return the names of the checks that fail on this site."""
	checks = {**FRAPPE, **(ERPNEXT if "erpnext" in frappe.get_installed_apps() else {})}
	return [name for name, passes in checks.items() if not passes()]


def logged_errors() -> dict[str, str]:
	"""Return the last line of each Error Log entry by the entry's name, oldest first."""
	logged = frappe.get_all("Error Log", fields=["name", "method", "error"], order_by="creation, name")
	return {entry.name: _last_line(entry.error) or entry.method for entry in logged}


def _last_line(text: str | None) -> str:
	lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
	return lines[-1] if lines else ""


def _company() -> str | None:
	names = frappe.get_all("Company", pluck="name")
	return names[0] if len(names) == 1 else None


def _of_company(field: str) -> str | None:
	return frappe.db.get_value("Company", _company(), field) if _company() else None


def _default(key: str) -> str | None:
	return frappe.defaults.get_global_default(key)


def _has_country_and_currency() -> bool:
	settings = frappe.db.get_singles_dict("System Settings")
	return bool(settings.country and settings.time_zone and settings.currency)


def _has_chart_of_accounts() -> bool:
	accounts = frappe.get_all(
		"Account", filters={"company": _company() or "", "is_group": 0}, pluck="root_type", distinct=True
	)
	return set(accounts) == ROOT_TYPES


def _has_default_accounts() -> bool:
	return all(
		frappe.db.exists("Account", {"name": _of_company(field) or "", "is_group": 0})
		for field in ("default_receivable_account", "default_payable_account", "default_income_account")
	)


def _has_cost_centre() -> bool:
	found = {"name": _of_company("cost_center") or "", "company": _company() or "", "is_group": 0}
	return bool(frappe.db.exists("Cost Center", found))


def _has_current_fiscal_year() -> bool:
	today = nowdate()
	dates = {"year_start_date": ("<=", today), "year_end_date": (">=", today), "disabled": 0}
	return frappe.db.count("Fiscal Year", dates) == 1


def _has_default_company() -> bool:
	return bool(_company()) and _default("company") == _company()


def _has_default_currency() -> bool:
	currency = _of_company("default_currency")
	enabled = currency and frappe.db.get_value("Currency", currency, "enabled")
	return bool(enabled) and _default("currency") == currency


def _has_leaf(doctype: str) -> Callable[[], bool]:
	return lambda: bool(frappe.db.exists(doctype, {"is_group": 0}))


FRAPPE: dict[str, Callable[[], bool]] = {
	"app that is set up": lambda: bool(frappe.is_setup_complete()),
	"country, time zone and currency": _has_country_and_currency,
}
ERPNEXT: dict[str, Callable[[], bool]] = {
	"single company": lambda: bool(_company()),
	"chart of accounts": _has_chart_of_accounts,
	"default accounts": _has_default_accounts,
	"cost centre": _has_cost_centre,
	"current fiscal year": _has_current_fiscal_year,
	"default company": _has_default_company,
	"default currency": _has_default_currency,
	"item groups": _has_leaf("Item Group"),
	"territories": _has_leaf("Territory"),
	"customer groups": _has_leaf("Customer Group"),
	"departments of the company": lambda: bool(
		frappe.db.exists("Department", {"company": _company() or "", "is_group": 0})
	),
}
