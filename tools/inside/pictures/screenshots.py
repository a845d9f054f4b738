"""Take the pictures of the documentation. Runs in the bench's Python.

Usage: `screenshots.py URL PASSWORD FOLDER`, with the demo site's address and the password of its users.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DESKTOP, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
STAFF, SUPERVISOR, ADMINISTRATOR = "luka", "maja", "davor"
# True after a second without a request
QUIET = """() => {
	const now = performance.now();
	if (!window.frappe?.boot || frappe.request.ajax_count > 0 || !window.quiet_since) window.quiet_since = now;
	return now - window.quiet_since > 1000;
}"""


@dataclass(frozen=True)
class Picture:
	name: str
	user: str
	path: str
	act: Callable[[Page], None] = lambda page: None
	size: dict = None


def log_call(page: Page) -> None:
	page.keyboard.press("Control+Shift+K")
	box = page.locator(".modal.show")
	box.locator('[data-fieldname="who"] input:focus').wait_for()
	page.keyboard.type("Toplinski")
	page.keyboard.press("Enter")
	box.locator(".crm-log-call-history").wait_for()
	page.keyboard.type("Asks for a quote of two pumps")


def complete(page: Page) -> None:
	page.locator(".crm-day-row .crm-day-done").first.click()
	outcome = page.locator('.modal.show [data-fieldname="outcome"]')
	outcome.locator("[role=option]", has_text="Successful").click()


def newest(doctype: str, **filters: object) -> Callable[[Page], None]:
	"""Return a step that opens the document that was changed last."""

	def open_form(page: Page) -> None:
		page.evaluate(
			"""async ([doctype, filters]) => {
				const [row] = await frappe.db.get_list(doctype, { filters, limit: 1, order_by: "modified desc" });
				await frappe.set_route("Form", doctype, row.name);
			}""",
			[doctype, filters],
		)

	return open_form


def longest_chain(page: Page) -> None:
	page.evaluate(
		"""async () => {
			const [row] = await frappe.db.get_list("Interaction Chain", { limit: 1, order_by: "activity_count desc" });
			await frappe.set_route("Form", "Interaction Chain", row.name);
		}"""
	)


def register(page: Page) -> None:
	page.get_by_role("tab", name="Activities").click()
	page.get_by_role("button", name="Register a Document Type").click()
	box = page.locator(".modal.show")
	box.locator('[data-fieldname="document_type"] input').fill("ToDo")
	box.locator("[role=option]", has_text="ToDo").first.click()


PICTURES = (
	Picture("my-day", STAFF, "/app/my-day"),
	Picture("my-day-phone", STAFF, "/app/my-day", size=PHONE),
	Picture("log-call", STAFF, "/app/my-day", log_call),
	Picture("complete", STAFF, "/app/my-day", complete),
	Picture("partner", STAFF, "/app/partner", newest("Partner")),
	Picture("chain", STAFF, "/app/interaction-chain", longest_chain),
	Picture("list", SUPERVISOR, "/app/interaction"),
	Picture("calendar", STAFF, "/app/interaction/view/calendar"),
	Picture("team", SUPERVISOR, "/app/query-report/Team%20Activities"),
	Picture("insight", SUPERVISOR, "/app/insight"),
	Picture("settings", ADMINISTRATOR, "/app/crm-interactions-settings"),
	Picture("register", ADMINISTRATOR, "/app/crm-interactions-settings", register),
)


def main(url: str, password: str, folder: Path) -> None:
	with sync_playwright() as playwright:
		chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
		browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
		for picture in PICTURES:
			take(browser, picture, url, password, folder)
		browser.close()


def take(browser: Browser, picture: Picture, url: str, password: str, folder: Path) -> None:
	size = picture.size or DESKTOP
	context = browser.new_context(viewport=size, base_url=url, is_mobile=size is PHONE)
	page = context.new_page()
	page.request.post("/api/method/login", form={"usr": f"{picture.user}@demo.example.com", "pwd": password})
	page.goto(picture.path)
	page.wait_for_function(QUIET)
	picture.act(page)
	page.evaluate("() => { window.quiet_since = 0; }")
	page.wait_for_function(QUIET)
	page.screenshot(path=folder / f"{picture.name}.png")
	context.close()


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
