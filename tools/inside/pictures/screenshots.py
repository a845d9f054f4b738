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
STAFF, SUPERVISOR, ADMINISTRATOR = "katarzyna", "maja", "davor"
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
	page.locator(".modal.show").wait_for()
	page.keyboard.type("+48 22 555")


PICTURES = (
	Picture("my-day", STAFF, "/app/my-day"),
	Picture("my-day-phone", STAFF, "/app/my-day", size=PHONE),
	Picture("log-call", STAFF, "/app/my-day", log_call),
	Picture("list", SUPERVISOR, "/app/interaction"),
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
