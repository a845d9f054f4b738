"""A year's history of a lead that becomes a customer with a deal, seen from each form, and the shortcut (R2)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chains import open_panel
from tests.browser.desk import (
	choose,
	close,
	dialog,
	expect_no_dialog,
	field,
	fits,
	press,
	settled,
	shown,
	type_into,
)
from tests.browser.fixtures import user_fixture

FIRST, CATALOGUE, VISIT, OFFER, ORDER = (
	"Anfrage zu Wärmepumpen",
	"Katalog und Preisliste geschickt",
	"Besichtigung des Heizungskellers",
	"Rückfrage zum Angebot",
	"Bestellung am Telefon",
)
SHORTCUT = "Control+Shift+L"
MANAGER = (
	*("Interaction Manager", "Sales Manager", "HR Manager", "Accounts User", "System Manager"),
	*("Support Team", "Projects User", "Purchase User", "Stock User"),
)

seller = user_fixture("jana@example.com", "Jana", ("Interaction User", "Sales User", "Sales Manager"))

manager = user_fixture("birgit@example.com", "Birgit", MANAGER)


class History:
	"""A lead with a contact, a call, a mail and a visit, and a customer made from it with a deal and further calls."""

	def __init__(self, site, seller: str):
		self.site = site
		lead = {"first_name": "Petra", "last_name": "Kern", "company_name": "Kern Haustechnik"}
		self.lead = site.make("Lead", **lead, email_id="petra@kern.example", mobile_no="+49 30 1234567")[
			"name"
		]
		# ERPNext makes a contact with each lead, and links it to the customer that is made from the lead
		(self.contact,) = site.find("Contact", email_id="petra@kern.example")
		of_lead = {"party_type": "Lead", "party": self.lead, "contact": self.contact, "responsible": seller}
		self.record("Phone Call", FIRST, "2026-01-14 10:20:00", **of_lead)
		self.record("E-mail", CATALOGUE, "2026-02-03 09:00:00", **of_lead)
		guest = {"participant_type": "Contact", "participant": self.contact, "side": "Theirs"}
		visit = {"interaction_type": "Meeting", "participants": [guest], "title": VISIT}
		site.make("Meeting", **of_lead, **visit, starts_on="2026-04-21 14:00:00")
		customer = {"customer_name": "Kern Haustechnik", "customer_type": "Company"}
		self.customer = site.make("Customer", **customer, lead_name=self.lead)["name"]
		of_customer = {**of_lead, "party_type": "Customer", "party": self.customer}
		deal = {"opportunity_from": "Customer", "party_name": self.customer, "contact_person": self.contact}
		self.deal = site.make("Opportunity", **deal, title="Wärmepumpen 2026")["name"]
		self.record("Phone Call", OFFER, "2026-08-06 16:00:00", **of_customer)
		self.record("Phone Call", ORDER, "2026-10-12 11:30:00", **of_customer)

	def record(self, kind: str, title: str, starts_on: str, **fields) -> None:
		self.site.make("Interaction", interaction_type=kind, title=title, starts_on=starts_on, **fields)


@pytest.fixture(scope="module")
def history(site, seller):
	if not site.find("DocType", name="Opportunity"):
		pytest.skip("needs ERPNext")
	return History(site, seller)


def topics(chain: Locator) -> list[str]:
	if (unfold := chain.get_by_role("button", name="Show All")).count():
		unfold.click()
		expect(unfold).to_have_count(0)
	return chain.locator(".crm-chain-topic a").all_inner_texts()


def save_entry(page: Page, title: str) -> None:
	entry = dialog(page)
	type_into(entry, "title", title)
	press(entry, "Save")
	expect_no_dialog(page)
	settled(page)


@pytest.mark.every_platform
def test_the_history_of_a_year_is_on_the_form_of_the_customer(site, open_desk, history, seller, shot):
	page = open_desk(seller, "desktop")

	# the customer shows its own activities and those of the lead, which name it
	chain = open_panel(page, "Customer", history.customer)
	assert topics(chain)[-3:] == [VISIT, CATALOGUE, FIRST]
	expect(chain.locator(".crm-chain-row")).to_have_count(6)
	assert {ORDER, OFFER} < {*topics(chain)}
	expect(chain.locator(".crm-chain-row", has_text=FIRST).locator(".crm-chain-party")).to_have_text("Lead")
	expect(chain.locator(".crm-chain-row", has_text=ORDER).locator(".crm-chain-party")).to_have_count(0)
	shot(page, "history-customer")

	# the chip opens exactly the interactions that it counts
	chip = chain.locator('.crm-chip[data-doctype="Interaction"]')
	expect(chip.locator("b")).to_have_text("4")
	chip.locator(".crm-chip-open").click()
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Interaction'")
	expect(shown(page, ".list-row")).to_have_count(4)

	# the connections count the customer's own activities, and + logs one more
	open_panel(page, "Customer", history.customer)
	page.get_by_role("tab", name="Dashboard").click()
	connection = shown(page, '.document-link[data-doctype="Interaction"]')
	connection.scroll_into_view_if_needed()
	expect(connection.locator(".count")).to_have_text("2")
	# a chain is never created by hand
	expect(shown(page, '.btn-new[data-doctype="Interaction Chain"]')).not_to_be_visible()
	shot(page, "history-customer-connections")
	connection.locator(".btn-new").click()
	entry = dialog(page)
	expect(field(entry, "party").locator("input").first).to_have_value(history.customer)
	close(entry)
	connection.locator(".badge-link").click()
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Interaction'")
	expect(shown(page, ".list-row")).to_have_count(2)

	# the lead keeps its own part
	chain = open_panel(page, "Lead", history.lead)
	assert topics(chain) == [VISIT, CATALOGUE, FIRST]
	shot(page, "history-lead")

	# the deal is logged to with the shortcut, without leaving its form; the deal becomes the subject
	open_panel(page, "Opportunity", history.deal)
	page.keyboard.press(SHORTCUT)
	entry = dialog(page)
	expect(field(entry, "party").locator("input").first).to_have_value(history.customer)
	shot(page, "history-deal-log")
	choose(entry, "interaction_type", "Phone Call")
	save_entry(page, "Fördermittel geklärt")
	assert page.evaluate("() => cur_frm.doctype") == "Opportunity"
	(name,) = site.find("Interaction", title="Fördermittel geklärt")
	saved = site.get("Interaction", name)
	assert (saved["subject_type"], saved["subject"]) == ("Opportunity", history.deal)
	assert (saved["party"], saved["contact"]) == (history.customer, history.contact)
	chain = open_panel(page, "Opportunity", history.deal)
	expect(chain.locator(".crm-chain-row")).to_have_count(2)
	shot(page, "history-deal")

	# the contact shows activities with the lead and with the customer
	chain = open_panel(page, "Contact", history.contact)
	assert {FIRST, CATALOGUE, VISIT, OFFER, ORDER} <= {*topics(chain)}
	expect(chain.locator(".crm-chain-row", has_text=ORDER).locator(".crm-chain-party")).to_have_text(
		"Kern Haustechnik"
	)
	shot(page, "history-contact")
	page.keyboard.press(SHORTCUT)
	entry = dialog(page)
	expect(field(entry, "contact").locator("input").first).to_have_value(history.contact)
	expect(field(entry, "party").locator("input").first).to_have_value(history.customer)
	shot(page, "history-contact-log")


@pytest.mark.layout
@pytest.mark.every_platform
def test_the_history_fits_a_phone(open_desk, history, seller, shot):
	page = open_desk(seller, "phone")
	for doctype, name in (
		("Customer", history.customer),
		("Lead", history.lead),
		("Opportunity", history.deal),
		("Contact", history.contact),
	):
		chain = open_panel(page, doctype, name)
		chain.scroll_into_view_if_needed()
		shot(page, f"history-{doctype.lower()}-phone")
		assert fits(page)
		for row in chain.locator(".crm-chain-row").all():
			box = row.bounding_box()
			assert box["x"] >= 0 and box["x"] + box["width"] <= 390


@pytest.mark.every_platform
def test_an_employee_and_a_campaign_show_theirs_and_are_filled_in(
	site, open_desk, history, seller, manager, shot
):
	# ERPNext 16 has both
	campaign = site.get("Custom Field", "Interaction-campaign")["options"]
	# Frappe 16 breaks other letters in its redirect of an address
	titled = {"campaign_name" if campaign == "Campaign" else "name": "Energiewende"}
	name = site.make(campaign, **titled)["name"]
	born = {"gender": "Female", "date_of_birth": "1990-01-01", "date_of_joining": "2020-01-01"}
	employee = site.make("Employee", first_name="Jana", user_id=seller, status="Active", **born)["name"]
	page = open_desk(manager, "desktop")

	chain = open_panel(page, "Employee", employee)
	assert {FIRST, CATALOGUE, VISIT, OFFER, ORDER} <= {*topics(chain)}
	shot(page, "history-employee")

	chain = open_panel(page, campaign, name)
	expect(chain.locator(".crm-chain-empty")).to_be_visible()
	chain.get_by_role("button", name="Log Interaction").click()
	entry = dialog(page)
	choose(entry, "interaction_type", "E-mail")
	choose(entry, "party", history.customer)
	type_into(entry, "how_to_reach", "petra@kern.example")
	expect(field(entry, "contact").locator("input").first).to_have_value(history.contact)
	save_entry(page, "Rundschreiben zur Wärmewende")
	chain = shown(page, ".crm-chain")
	expect(chain.locator(".crm-chain-row")).to_have_count(1)
	shot(page, "history-campaign")
	(saved,) = site.find("Interaction", title="Rundschreiben zur Wärmewende")
	assert site.get("Interaction", saved)["campaign"] == name


def selling_documents(site, customer: str) -> dict[str, dict]:
	"""Return document type → values of ERPNext's documents about a customer."""
	(group, *_others) = site.find("Item Group", is_group=0)
	item = {"item_code": "Beratung", "item_group": group, "stock_uom": "Nos", "is_stock_item": 0}
	due = {"delivery_date": "2027-01-31"}
	rows = [{"item_code": site.make("Item", **item)["name"], "qty": 1, "rate": 90, **due}]
	sold = {"customer": customer, "items": rows}
	return {
		"Quotation": {"quotation_to": "Customer", "party_name": customer, "items": rows},
		"Sales Order": {**sold, **due},
		"Sales Invoice": sold,
		"Delivery Note": sold,
		"Issue": {"subject": "Pumpe pfeift", "customer": customer},
		"Project": {"project_name": "Heizungskeller Kern", "customer": customer},
	}


@pytest.mark.every_platform
def test_each_form_has_the_panel_and_logs_with_the_partner_filled_in(site, open_desk, history, manager, shot):
	(group, *_others) = site.find("Supplier Group", is_group=0)
	partners = {
		"Supplier": site.make("Supplier", supplier_name="Rohr & Co", supplier_group=group)["name"],
		"Prospect": site.make("Prospect", company_name="Kern Gruppe")["name"],
		"Lead": history.lead,
		"Customer": history.customer,
	}
	made = selling_documents(site, history.customer)
	forms = {kind: (site.make(kind, **values)["name"], history.customer) for kind, values in made.items()}
	forms |= {kind: (name, name) for kind, name in partners.items()}
	page = open_desk(manager, "desktop")
	for doctype, (name, party) in forms.items():
		chain = open_panel(page, doctype, name)
		expect(chain.get_by_role("button", name="Log Interaction")).to_be_visible()
		if doctype == "Sales Invoice":
			expect(chain.locator(".crm-chain-subject")).to_have_text("All activities with Kern Haustechnik")
			shot(page, "history-invoice")
		page.keyboard.press(SHORTCUT)
		entry = dialog(page)
		expect(field(entry, "party").locator("input").first).to_have_value(party)
		close(entry)
		expect_no_dialog(page)
