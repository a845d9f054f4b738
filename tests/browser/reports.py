"""Reports in the Desk."""

from playwright.sync_api import Page

from tests.browser.desk import settled


def open_report(page: Page, name: str) -> None:
	"""Open a report with rows, and wait until its chart has grown."""
	page.goto(f"/app/query-report/{name}")
	page.wait_for_function(
		"name => window.cur_page && frappe.query_report?.report_name === name && frappe.query_report.data?.length",
		arg=name,
	)
	settled(page)
	page.wait_for_timeout(1_000)
