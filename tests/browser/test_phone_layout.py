"""Every screen at a phone's width with long texts: no element overflows, and every button can be pressed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import script_visits as screens
from tests.browser.chains import panel
from tests.browser.desk import QUIET, dialog, shown
from tests.browser.fixtures import ADMINISTRATOR, user_fixture
from tests.browser.menus import open_menu
from tests.browser.script_world import LONG, world_fixture
from tests.browser.visiting import problems_of

PRINTS = (screens.the_agenda, screens.the_minutes)
OTHERS = (screens.the_product_record, screens.the_lists)
SCREENS = (*(visit for visit in screens.APP_SCREENS if visit not in PRINTS), *OTHERS)
# the app's and dialogs' elements that extend beyond the window and are in no scrolling element
STICKING_OUT = """width => {
	const scrolls = (element) => element && (
		(["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth)
		|| scrolls(element.parentElement)
	);
	const found = [...document.querySelectorAll('[class*="crm-"], .modal.show button, .modal.show .frappe-control')]
		.filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)
		.filter((element) => {
			const box = element.getBoundingClientRect();
			return box.left < -1 || box.right > width + 1;
		})
		.filter((element) => !scrolls(element.parentElement))
		.map((element) => element.className || element.dataset.fieldname || element.innerText);
	if (document.documentElement.scrollWidth > width) found.push(`the page, ${document.documentElement.scrollWidth} wide`);
	return found.slice(0, 5);
}"""

manager = user_fixture("on.the.phone@example.com", "Nataša", ADMINISTRATOR)
world = world_fixture(LONG, "phone")


@pytest.mark.layout
@pytest.mark.every_platform
def test_every_screen_fits_the_width(open_desk, manager, world, shot, width):
	page = open_desk(manager, width)

	def overflowing(visit) -> list[str]:
		page.wait_for_function(QUIET)
		shot(page, f"layout-{visit.__name__}-{width}")
		found = page.evaluate(STICKING_OUT, page.viewport_size["width"])
		_reach(page)
		if check := FURTHER.get(visit):
			check(page, world, width)
		return found

	problems = problems_of(page, world, SCREENS, overflowing, shot)
	assert not problems, "\n".join(problems)


def _reach(page: Page) -> None:
	"""Check that a dialog's buttons and last field, or else a form's menu, can be clicked, without clicking them."""
	if page.locator(".modal.show").count():
		ask = dialog(page)
		buttons = ask.locator(".modal-header .btn-modal-close, .modal-footer button:not(.disabled)")
		for button in buttons.all():
			if button.is_visible() and button.is_enabled():
				button.click(trial=True)
		# suggestions of the focused field may cover the fields below it
		page.keyboard.press("Tab")
		fields = ask.locator(".frappe-control input:visible:enabled, .frappe-control select:visible:enabled")
		if fields.count():
			fields.last.click(trial=True)
	elif (menu := shown(page, ".page-head .menu-btn-group button:visible")).count():
		menu.first.click(trial=True)


def _finishing_is_offered(page: Page, world: dict, width: str) -> None:
	"""Check that the button is visible on a phone, which has no hover."""
	if width == "phone":
		page.keyboard.press("Escape")
		expect(panel(page).locator(".crm-chain-finish").first).to_have_css("opacity", "1")


def _giving_back_is_in_the_menu(page: Page, world: dict, width: str) -> None:
	if width == "phone":
		expect(open_menu(page).get_by_text("Give Back…", exact=True)).to_be_visible()


def _the_last_number_is_in_sight(page: Page, world: dict, width: str) -> None:
	number = page.locator(f'.crm-team-number a[data-user="{world["User"]}"][data-part="to_review"]')
	box = number.bounding_box()
	assert box["x"] + box["width"] <= page.viewport_size["width"], "the last number is out of sight"


FURTHER = {
	screens.completing_in_the_panel: _finishing_is_offered,
	screens.the_hand_over: _giving_back_is_in_the_menu,
	screens.the_team_report: _the_last_number_is_in_sight,
}
