"""Answers the setup wizard of a new site, so that Desk opens at once and ERPNext has a company. Runs in the bench."""

from __future__ import annotations

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
from frappe.utils import getdate, nowdate

ANSWERS = {
	"language": "english",
	"country": "Germany",
	"timezone": "Europe/Berlin",
	"currency": "EUR",
	"company_name": "Test Company",
	"company_abbr": "TC",
	"company_tagline": "Testing",
	"industry": "Services",
	"chart_of_accounts": "Standard",
	"bank_account": "Bank",
	"enable_telemetry": 0,
}


def prepare(site: str) -> None:
	frappe.init(site)
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		year = getdate(nowdate()).year
		setup_complete({**ANSWERS, "fy_start_date": f"{year}-01-01", "fy_end_date": f"{year}-12-31"})
		finish()
		frappe.db.commit()
		if not frappe.is_setup_complete():
			raise SystemExit("The setup wizard was answered, but the site doesn't count as set up.")
	finally:
		frappe.destroy()


def finish() -> None:
	"""What the wizard leaves open, app by app: without it Desk would send people to the wizard of that app."""
	frappe.db.set_value("Installed Application", {"is_setup_complete": 0}, "is_setup_complete", 1)
	frappe.db.set_single_value("System Settings", "setup_complete", 1)
	frappe.db.set_default("desktop:home_page", "workspace")
	# Tours and the wizard's news would cover what the tests look at.
	frappe.db.set_single_value("System Settings", "enable_onboarding", 0)
	frappe.clear_cache()


if __name__ == "__main__":
	prepare(sys.argv[1])
