"""The dossier of a chain comes from the menu of its form, with progress, as a download (B7)."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.chains import open_form
from tests.browser.desk import dialog, fits
from tests.browser.fixtures import EMPLOYEE, party_fixture, user_fixture
from tests.browser.menus import open_menu

reader = user_fixture("dossier.reader@example.com", "Rea", EMPLOYEE)
partner = party_fixture("Dossier d.o.o.", "Luka", "+385 1 555 0888")


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_menu_of_a_chain_gives_its_dossier(site, open_desk, reader, partner, width, shot):
	call = site.phone_call(
		f"Offer {width}", **partner, starts_on="2026-03-02 10:00:00", notes="<p>Ten pumps</p>"
	)
	page = open_desk(reader, width)
	open_form(page, "Interaction Chain", call["chain"])
	menu = open_menu(page)
	shot(page, f"dossier-menu-{width}")
	with page.expect_download() as download:
		menu.get_by_text("Dossier (PDF)", exact=True).click()
		shot(page, f"dossier-waiting-{width}")
	made = dialog(page)
	expect(made.get_by_role("status")).to_contain_text("The dossier is ready. Pages: ")
	expect(made.get_by_role("button", name="Open").or_(made.get_by_role("link", name="Open"))).to_be_visible()
	assert fits(page)
	shot(page, f"dossier-ready-{width}")
	pages = PdfReader(BytesIO(Path(download.value.path()).read_bytes())).pages
	assert "Ten pumps" in "".join(each.extract_text() for each in pages)
	assert download.value.suggested_filename.startswith(f"Dossier {call['chain']}")
