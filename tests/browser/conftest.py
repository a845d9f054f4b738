"""Chromium on a running server; `make test` sets CRM_BASE_URL, CRM_ADMIN_PASSWORD and CHROMIUM.

Quick tier: stories at 1400 pixels, layout tests at 390; on platforms other than v16, tests marked `every_platform`.
Full tier (CRM_FULL=1): every test at both widths on every platform.
"""

import os

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.attempts import FAILED
from tests.browser.desk import QUIET
from tests.browser.site_api import LOCKED, PASSWORD, TRIES, Site
from tests.clock import exact_now

FULL = os.environ.get("CRM_FULL") == "1"
# each test fails at its first attempt: shows that the records of one attempt don't disturb the next
FAIL_FIRST = os.environ.get("CRM_FAIL_FIRST") == "1"
# the platform on which the quick tier runs the whole suite
WHOLE = "v16"
# files that start early, so that no process is still busy with one of them when the others have finished
LONGEST_FIRST = (
	*("test_script_saved", "test_script_stored", "test_phone_layout", "test_offer_story"),
	*("test_chain_dialogs", "test_chain_story", "test_numbering"),
)
WIDTHS = {"desktop": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
BROWSER_ARGS = [
	*("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
	*("--disable-background-networking", "--disable-component-update"),
]
# errors of a test server without a realtime process; any other script error is a defect
EXPECTED_NOISE = ("socket.io", "WebSocket", "ERR_CONNECTION_REFUSED", "favicon")
# all callers of a script error, not ten
WHOLE_STACK = "Error.stackTraceLimit = 50"
# Frappe 15 names the loop variables of a template with three random letters. In one of thousands of pages this is "for"
# or "new", and the list is cut. Letters followed by a number are never a reserved word.
SAFE_LOOP_NAMES = """document.addEventListener("DOMContentLoaded", () => {
	const utils = window.frappe && frappe.utils;
	if (!utils || !utils.get_random) return;
	const letters = utils.get_random;
	let count = 0;
	utils.get_random = (length) => `${letters(length)}${count++}`;
});"""


def pytest_configure(config):
	config.addinivalue_line("markers", "layout: runs at a phone's width in the quick tier")
	config.addinivalue_line("markers", "every_platform: runs on every platform in the quick tier")
	if process := os.environ.get("PYTEST_XDIST_WORKER", ""):
		# several processes share the suite, each with its own site and server
		number = int(process.removeprefix("gw"))
		for singular, plural in (("CRM_SITE", "CRM_SITES"), ("CRM_BASE_URL", "CRM_BASE_URLS")):
			os.environ[singular] = os.environ[plural].split()[number]


def pytest_generate_tests(metafunc):
	if "width" in metafunc.fixturenames:
		quick = "phone" if metafunc.definition.get_closest_marker("layout") else "desktop"
		metafunc.parametrize("width", list(WIDTHS) if FULL else [quick])


def pytest_collection_modifyitems(config, items):
	"""Put the longest files first; on other platforms, deselect tests without `every_platform`, unless chosen with -k."""
	places = {name: place for place, name in enumerate(LONGEST_FIRST)}
	items.sort(key=lambda item: places.get(item.path.stem, len(places)))
	if FULL or os.environ.get("CRM_PLATFORM", WHOLE) == WHOLE or config.option.keyword:
		return
	kept = [item for item in items if item.get_closest_marker("every_platform")]
	config.hook.pytest_deselected(items=[item for item in items if item not in kept])
	items[:] = kept


@pytest.fixture(scope="session")
def site():
	site = Site(os.environ["CRM_BASE_URL"], os.environ["CRM_ADMIN_PASSWORD"])
	yield site
	if "CRM_SITES" not in os.environ:  # `make test` drops its sites
		site.clean()


@pytest.fixture(scope="session")
def browser():
	with sync_playwright() as playwright:
		chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
		browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGS)
		yield browser
		browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
	result = yield
	assert not (FAIL_FIRST and getattr(item, "execution_count", 1) == 1), (
		"The first attempt fails, as CRM_FAIL_FIRST asks for."
	)
	return result


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
	"""Record a failure, so that `open_desk` takes a screenshot."""
	outcome = yield
	if outcome.get_result().failed:
		item.stash[FAILED] = True


@pytest.fixture(autouse=True)
def attempt(request, site: Site):
	"""Remove the records of a failed attempt, so that the next one finds the site as it was; module fixtures run before."""
	begun, request.node.stash[FAILED] = exact_now(), False
	yield
	if request.node.stash[FAILED]:
		site.remove_since(begun)


@pytest.fixture
def open_desk(request, browser: Browser, site: Site, shot):
	"""Return a function (user, width) that opens the Desk of a user, logged in through the login form if `by_form`.

	The browser's time zone is the machine's, unless `zone` names another.
	A script error on any of these pages fails the test.
	"""
	contexts, errors = [], []

	def open_desk(user: str, width: str, *, by_form: bool = False, zone: str | None = None) -> Page:
		size = WIDTHS[width]
		context = browser.new_context(
			viewport=size, base_url=site.url, is_mobile=width == "phone", timezone_id=zone
		)
		contexts.append(context)
		context.add_init_script(SAFE_LOOP_NAMES)
		context.add_init_script(WHOLE_STACK)
		page = context.new_page()
		page.set_default_timeout(30_000)
		expect.set_options(timeout=30_000)
		page.on("pageerror", lambda error: errors.append(f"{error} {error.stack or ''}"))
		(_by_form if by_form else _by_request)(page, user)
		page.goto("/app")  # with several apps installed, the login leads to a choice of apps
		page.wait_for_function("() => window.frappe && frappe.boot && frappe.boot.crm_interactions")
		# Frappe 15's workspace raises an error if it is left while its widgets are loading
		page.wait_for_function(QUIET)
		return page

	yield open_desk
	for context in contexts:
		if request.node.stash.get(FAILED, False):
			shot(context.pages[-1], f"FAILED-{request.node.name}")
		context.close()
	noises = (*EXPECTED_NOISE, *getattr(request.module, "EXPECTED_NOISE", ()))
	unexpected = [error for error in errors if not any(noise in error for noise in noises)]
	assert not unexpected, "\n".join(unexpected)


def _by_form(page: Page, user: str) -> None:
	page.goto("/login")
	page.fill("#login_email", user)
	page.fill("#login_password", PASSWORD)
	for _ in range(TRIES):
		with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
			page.click(".form-login .btn-login")
		if answer.value.ok or LOCKED not in answer.value.text():
			break
		page.wait_for_timeout(500)
	page.wait_for_url(lambda url: "/login" not in url)


def _by_request(page: Page, user: str) -> None:
	"""Send the login form's request without loading the form and the page after it."""
	for _ in range(TRIES):
		answer = page.request.post("/api/method/login", form={"usr": user, "pwd": PASSWORD})
		if LOCKED not in answer.text():
			break
		page.wait_for_timeout(500)
	assert answer.ok, answer.text()


@pytest.fixture
def shot():
	"""Return a function that saves a screenshot in the folder in CRM_SHOTS, if that is set."""
	folder = os.environ.get("CRM_SHOTS")

	def shot(page: Page, name: str) -> None:
		if folder:
			page.screenshot(path=os.path.join(folder, f"{name}.png"))

	return shot
