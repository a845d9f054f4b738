"""Complete the setup wizard of a new site, so that Desk opens at once and ERPNext has a company. Runs in the bench.

Usage: `prepare.py SITE [ANSWERS]`, with ANSWERS as JSON for the wizard's fields that differ from those below.
"""

from __future__ import annotations

import json
import os
import sys

import frappe
import set_up
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
from frappe.utils import getdate, nowdate

ANSWERS = {
	# The wizard's own spelling: for any other language, Frappe commits before the wizard has completed.
	"language": "English",
	"country": "Germany",
	"timezone": os.environ.get("CRM_TIME_ZONE", "Europe/Berlin"),
	"currency": "EUR",
	"company_name": "Test Company",
	"company_abbr": "TC",
	"company_tagline": "Testing",
	"industry": "Services",
	"chart_of_accounts": "Standard",
	"bank_account": "Bank",
	"enable_telemetry": 0,
}


def prepare(site: str, answers: dict[str, object]) -> None:
	frappe.init(site)
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		leave_out_demo_data()
		year = getdate(nowdate()).year
		run_wizard({**ANSWERS, "fy_start_date": f"{year}-01-01", "fy_end_date": f"{year}-12-31", **answers})
		if "erpnext" in frappe.get_installed_apps():
			add_fiscal_year(year + 1)
		hide_tours()
		require_set_up()
		frappe.db.commit()
	finally:
		frappe.destroy()


def leave_out_demo_data() -> None:
	"""Mark the demo data of Frappe CRM as created: its wizard would add records, and fetch exchange rates for them."""
	if "crm" in frappe.get_installed_apps():
		frappe.db.set_default("crm_demo_data_created", "1")


def run_wizard(answers: dict[str, object]) -> None:
	"""Run all stages of the setup wizard.

	Raises:
		SystemExit: The wizard failed, wrote an error to the Error Log, or left an app not set up.
	"""
	before = set_up.logged_errors()
	try:
		status = setup_complete(answers).get("status")
	except Exception as error:
		raise SystemExit(f"The setup wizard failed: {type(error).__name__}: {error}") from error
	# ERPNext's wizard only logs the error if a company or a fiscal year can't be inserted.
	if errors := [error for name, error in set_up.logged_errors().items() if name not in before]:
		raise SystemExit(f"The setup wizard logged errors ({len(errors)}). The last one: {errors[-1]}")
	if status != "ok" or not frappe.is_setup_complete():
		raise SystemExit(f"The setup wizard ended with the status {status!r}, but an app is not set up.")


def add_fiscal_year(year: int) -> None:
	"""Add a fiscal year, as ERPNext's scheduler would: tests disable the scheduler, and their clock may pass New Year."""
	dates = {"year_start_date": f"{year}-01-01", "year_end_date": f"{year}-12-31"}
	frappe.get_doc({"doctype": "Fiscal Year", "year": str(year), **dates}).insert()


def hide_tours() -> None:
	"""Turn off onboarding tours and the wizard's news, which would cover the page in the tests."""
	frappe.db.set_single_value("System Settings", "enable_onboarding", 0)
	frappe.clear_cache()


def require_set_up() -> None:
	"""Raise SystemExit with the names of the checks that fail on this site."""
	if missing := set_up.missing():
		raise SystemExit(f"The setup wizard completed, but the site has no {', no '.join(missing)}.")


if __name__ == "__main__":
	prepare(sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else {})
