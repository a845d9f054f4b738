"""*Log Interaction* on Frappe CRM's own pages, for a lead, a deal and an organisation (R30)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import fits, go, press, shown, wait_for_form
from tests.browser.fixtures import user_fixture

# Frappe CRM 1.70 requests three of its own methods by a relative address, and gets its page instead
EXPECTED_NOISE = ("is not valid JSON",)
NUMBER, ADDRESS = "+385 23 555 100", "lucija@sol.example"
seller = user_fixture("nives@example.com", "Nives", ("Interaction User", "Sales User"))
outsider = user_fixture("bruno@example.com", "Bruno", ("Sales User",))


@pytest.fixture(scope="module", autouse=True)
def pages(site):
	if not site.find("DocType", name="CRM Form Script"):
		pytest.skip("needs Frappe CRM")
	if not site.http.get(f"{site.url}/crm").ok:
		pytest.skip("needs the pages of Frappe CRM, whose build failed")


@pytest.fixture(scope="module")
def lead(site) -> str:
	(status, *_others) = site.find("CRM Lead Status", lead_status="New")
	values = {"first_name": "Lucija", "last_name": "Sol", "mobile_no": NUMBER, "email": ADDRESS}
	return site.make("CRM Lead", status=status, **values)["name"]


@pytest.fixture(scope="module")
def deal(site) -> dict:
	"""Return a deal with an organisation and its contact."""
	# in another currency than the company's, Frappe CRM would fetch an exchange rate from the internet
	currency = site.get("Global Defaults", "Global Defaults")["default_currency"]
	site.put("FCRM Settings", "FCRM Settings", currency=currency)
	organization = site.make("CRM Organization", organization_name="Solana Pag")["name"]
	phones = [{"phone": "+385 23 555 200", "is_primary_mobile_no": 1}]
	contact = site.make("Contact", first_name="Pave", company_name=organization, phone_nos=phones)["name"]
	contacts = [{"contact": contact, "is_primary": 1}]
	(status, *_others) = site.find("CRM Deal Status", deal_status="Qualification")
	return site.make("CRM Deal", organization=organization, status=status, contacts=contacts)


def log_interaction(page: Page, width: str) -> Locator:
	"""Choose the action, which a phone shows in a menu, and return the form of the dialog."""
	if width == "phone":
		page.locator("button:has(.feather-more-horizontal)").first.click()
		page.get_by_role("menuitem", name="Log Interaction").click()
	else:
		page.get_by_role("button", name="Log Interaction").click()
	form = page.locator("form.crm-log")
	expect(box(form, "title")).to_be_visible()
	return form


def box(form: Locator, name: str) -> Locator:
	return form.locator(f"[name={name}]")


def save(page: Page) -> None:
	press(page.get_by_role("dialog"), "Save")


def expect_saved(page: Page) -> None:
	expect(page.get_by_text("Interaction logged", exact=True)).to_be_visible()
	expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.every_platform
def test_a_call_is_logged_on_the_page_of_a_lead(site, open_desk, seller, lead, width, shot):
	page = open_desk(seller, width)
	page.goto(f"/crm/leads/{lead}")
	form = log_interaction(page, width)
	topic = f"Dogovorena isporuka soli ({width})"
	box(form, "interaction_type").select_option("E-mail")
	expect(box(form, "how_to_reach")).to_have_value(ADDRESS)
	box(form, "interaction_type").select_option("Phone Call")
	expect(box(form, "how_to_reach")).to_have_value(NUMBER)
	expect(box(form, "direction")).to_have_value("Incoming")
	box(form, "title").fill(topic)
	box(form, "notes").fill("Dvije palete.\nPlaća <odmah>.")
	box(form, "outcome").select_option("Call Back")
	box(form, "next_on").fill("2099-03-02")
	box(form, "next_title").fill(f"Isporučiti sol ({width})")
	shot(page, f"crm-lead-log-{width}")
	save(page)
	expect_saved(page)

	(name,) = site.find("Interaction", title=topic)
	saved = site.get("Interaction", name)
	assert (saved["party_type"], saved["party"]) == ("CRM Lead", lead)
	assert (saved["status"], saved["outcome"], saved["responsible"]) == ("Held", "Call Back", seller)
	assert "Plaća &lt;odmah&gt;." in saved["notes"]
	step = site.get("Interaction", saved["next_activity"])
	assert (step["title"], step["starts_on"]) == (f"Isporučiti sol ({width})", "2099-03-02 00:00:00")

	go(page, "cur_frm", "Form", "CRM Lead", lead)
	wait_for_form(page, lead)
	expect(shown(page, ".crm-chain-topic").filter(has_text=topic)).to_be_visible()
	shot(page, f"crm-lead-history-{width}")


@pytest.mark.every_platform
def test_a_call_is_logged_on_the_page_of_a_deal(site, open_desk, seller, deal, width, shot):
	page = open_desk(seller, width)
	page.goto(f"/crm/deals/{deal['name']}")
	form = log_interaction(page, width)
	contact = deal["contacts"][0]["contact"]
	expect(box(form, "contact")).to_have_value(contact)
	box(form, "interaction_type").select_option("Phone Call")
	expect(box(form, "how_to_reach")).to_have_value("+385 23 555 200")
	topic = f"Rabat na sol ({width})"
	box(form, "title").fill(topic)
	shot(page, f"crm-deal-log-{width}")
	page.keyboard.press("Control+Enter")
	expect_saved(page)
	(name,) = site.find("Interaction", title=topic)
	saved = site.get("Interaction", name)
	assert (saved["party_type"], saved["party"]) == ("CRM Organization", deal["organization"])
	assert (saved["subject_type"], saved["subject"]) == ("CRM Deal", deal["name"])
	assert saved["contact"] == contact
	(row,) = site.find("Activity Link", activity_type="CRM Deal", activity=deal["name"])
	assert site.get("Activity Link", row)["chain"] == saved["chain"]


@pytest.mark.every_platform
def test_a_call_is_logged_on_the_page_of_an_organization(site, open_desk, seller, deal, shot):
	# pages of organisations run scripts since Frappe CRM 1.54, and not on phones
	versions = site.http.get(f"{site.url}/api/method/frappe.utils.change_log.get_versions").json()["message"]
	if [int(part) for part in versions["crm"]["version"].split(".")[:2]] < [1, 54]:
		pytest.skip("needs Frappe CRM 1.54")
	# Frappe CRM runs the scripts of a page only if it has read them for another organisation before
	other = site.make("CRM Organization", organization_name="Solana Nin")["name"]
	page = open_desk(seller, "desktop")
	page.goto(f"/crm/organizations/{other}")
	expect(page.get_by_text("Industry", exact=True)).to_be_visible()
	page.get_by_role("link", name="Organizations").first.click()
	page.get_by_text(deal["organization"], exact=True).first.click()
	form = log_interaction(page, "desktop")
	box(form, "interaction_type").select_option("Phone Call")
	box(form, "contact").select_option(deal["contacts"][0]["contact"])
	expect(box(form, "how_to_reach")).to_have_value("+385 23 555 200")
	topic = "Godišnji ugovor za sol"
	box(form, "title").fill(topic)
	shot(page, "crm-organization-log-desktop")
	save(page)
	expect_saved(page)
	(name,) = site.find("Interaction", title=topic)
	saved = site.get("Interaction", name)
	assert (saved["party_type"], saved["party"]) == ("CRM Organization", deal["organization"])
	assert not saved.get("subject")


@pytest.mark.layout
@pytest.mark.every_platform
def test_a_refused_interaction_stays_in_the_dialog(site, open_desk, seller, lead, width, shot):
	page = open_desk(seller, width)
	page.goto(f"/crm/leads/{lead}")
	form = log_interaction(page, width)
	topic = f"Bez broja ({width})"
	box(form, "title").fill(topic)
	save(page)
	expect(form.locator(":invalid")).to_have_count(1)
	box(form, "interaction_type").select_option("Phone Call")
	box(form, "how_to_reach").fill("")
	save(page)
	expect(form.get_by_role("alert")).to_be_visible()
	assert "<" not in form.get_by_role("alert").inner_text()
	assert fits(page)
	form.get_by_role("alert").scroll_into_view_if_needed()
	shot(page, f"crm-lead-refused-{width}")

	page.keyboard.press("Escape")
	expect(page.get_by_role("dialog")).to_have_count(0)
	form = log_interaction(page, width)
	expect(box(form, "title")).to_have_value(topic)
	expect(box(form, "how_to_reach")).to_have_value("")
	shot(page, f"crm-lead-again-{width}")
	box(form, "how_to_reach").fill(NUMBER)
	save(page)
	expect_saved(page)

	# the partner has an open chain now
	form = log_interaction(page, width)
	expect(box(form, "title")).to_have_value("")
	chain = site.get("Interaction", site.find("Interaction", title=topic)[0])["chain"]
	expect(box(form, "chain")).to_have_value("")
	box(form, "chain").select_option(chain)
	box(form, "interaction_type").select_option("Phone Call")
	box(form, "title").fill(f"{topic}, drugi put")
	shot(page, f"crm-lead-chain-{width}")
	save(page)
	expect_saved(page)
	(name,) = site.find("Interaction", title=f"{topic}, drugi put")
	assert site.get("Interaction", name)["chain"] == chain


@pytest.mark.every_platform
def test_the_action_is_for_users_who_may_log(open_desk, outsider, lead, width):
	page = open_desk(outsider, width)
	with page.expect_response(lambda answer: "frappe.client.has_permission" in answer.url):
		page.goto(f"/crm/leads/{lead}")
	expect(page.get_by_role("button", name="Convert").first).to_be_visible()
	expect(page.get_by_text("Log Interaction")).to_have_count(0)
