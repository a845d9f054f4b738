"""Changes of a chain through its dialogs, at each width (R16, R20, B2)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import ROWS, all_topics, candidate, choose_action, open_form, panel, undo_from_alert
from tests.browser.desk import choose, dialog, field, fits, press, settled, shown, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture

FIRST, SECOND, THIRD = "Povpraševanje", "Obisk na kraju samem", "Poslana ponudba"
PAGE, MANY = 20, 24
CONTACT = ("Ivan Kovač", "+386 2 333 444")

manager = user_fixture("chain.manager@example.com", "Vesna")
partner = party_fixture("Toplarna Sever", *CONTACT)
other_partner = party_fixture("Toplarna Jug", *CONTACT)


@pytest.fixture(scope="module")
def subject(site, other_partner):
	"""Allow a partner type for subjects and return a partner, which users can read on every platform."""
	with site.settings(subject_types=[{"subject_type": other_partner["party_type"]}]):
		yield other_partner["party"]


@pytest.fixture
def record(site, partner):
	"""Return a function that records a call with the partner."""

	def record(topic: str, day: str = "2026-02-01", **more) -> dict:
		return site.phone_call(topic, **{"starts_on": f"{day} 10:00:00", **partner, **more})

	return record


@pytest.fixture
def story(record):
	"""Return three calls in one chain, oldest first."""
	first = record(FIRST)
	chain = first["chain"]
	return [first, record(SECOND, "2026-02-03", chain=chain), record(THIRD, "2026-02-06", chain=chain)]


def test_a_subject_from_here_onwards_splits_the_chain(open_desk, story, subject, manager, width, shot, site):
	page = open_desk(manager, width)
	chain = story[0]["chain"]
	open_form(page, "Interaction", story[1]["name"])
	choose_action(page, "Set Subject…")
	ask = dialog(page)
	choose(ask, "subject", subject)
	choose(ask, "reach", "onwards")
	expect(ask).to_contain_text("become a separate chain")
	shot(page, f"chain-subject-{width}")
	press(ask, "Set Subject")
	assert all_topics(page, 2) == [THIRD, SECOND]
	expect(panel(page).locator(".crm-chain-subject")).to_contain_text(subject)
	undo_from_alert(page)
	assert all_topics(page, 3) == [THIRD, SECOND, FIRST]
	expect(panel(page).locator(".crm-chain-subject")).not_to_contain_text(subject)
	assert site.get("Interaction", story[1]["name"])["chain"] == chain


def test_a_subject_can_be_removed_and_restored_from_the_log(open_desk, story, subject, manager, shot):
	page = open_desk(manager, "desktop")
	open_form(page, "Interaction", story[0]["name"])
	choose_action(page, "Set Subject…")
	choose(dialog(page), "subject", subject)
	press(dialog(page), "Set Subject")
	of_panel = panel(page).locator(".crm-chain-subject")
	expect(of_panel).to_contain_text(subject)

	# the dialog starts with the current subject
	choose_action(page, "Set Subject…")
	ask = dialog(page)
	box = field(ask, "subject").locator("input").first
	expect(box).to_have_value(subject)
	shot(page, "chain-subject-again")
	settled(page)  # Frappe looks the subject up and sets the field again
	box.fill("")
	box.blur()
	settled(page)
	expect(box).to_have_value("")
	ask.get_by_role("button", name="Set Subject").dblclick()
	expect(of_panel).not_to_contain_text(subject)

	# the chain's log restores it
	page.goto(f"/app/interaction-chain/{story[0]['chain']}")
	log = page.locator(".crm-log")
	removed = log.locator(".crm-log-entry", has_text="was removed")
	expect(removed).to_have_count(1)
	removed.get_by_role("button", name="Undo").click()
	expect(log.locator(".crm-log-entry.undone")).to_have_count(1)
	expect(panel(page).locator(".crm-chain-subject")).to_contain_text(subject)


def test_joining_a_closed_chain_needs_confirmation(open_desk, record, manager, width, shot, site):
	closed = record(f"Zaključena zgodba ({width})", "2026-01-05")
	site.call("crm_interactions.api.chain.close", chain=closed["chain"])
	page = open_desk(manager, width)
	alone = record("Nov klic po zaključku")
	open_form(page, "Interaction", alone["name"])
	choose_action(page, "Link…")
	candidate(page, closed["title"]).click()
	plan = dialog(page).locator(".crm-link-plan.asks")
	expect(plan).to_contain_text(f"{closed['chain']} is closed.")
	shot(page, f"chain-link-closed-{width}")
	# a double click does not confirm
	dialog(page).locator(ROWS).dblclick()
	expect(dialog(page).get_by_role("button", name="Join Anyway")).to_be_focused()
	press(dialog(page), "Join Anyway")
	assert len(all_topics(page, 2)) == 2
	chain = site.get("Interaction Chain", closed["chain"])
	assert (chain["status"], chain["activity_count"]) == ("Open", 2)


def test_joining_a_chain_of_another_partner_needs_confirmation(
	open_desk, record, other_partner, manager, shot, site
):
	theirs = record("Pogovor z južno toplarno", "2026-01-10", **other_partner)
	linked = record("Naš klic v njihovi verigi", "2026-01-12")
	site.join(linked["name"], theirs["name"], across_partners=1)
	own = record("Klic, ki spada zraven")
	page = open_desk(manager, "desktop")
	open_form(page, "Interaction", own["name"])
	choose_action(page, "Link…")
	candidate(page, linked["title"]).click()
	expect(dialog(page).locator(".crm-link-plan.asks")).to_contain_text("have different partners")
	shot(page, "chain-link-other-partner")
	press(dialog(page), "Join Anyway")
	assert len(all_topics(page, 3)) == 3
	undo_from_alert(page)
	assert all_topics(page, 1) == [own["title"]]
	assert site.get("Interaction", own["name"])["chain"] == own["chain"]


def test_a_long_chain_is_shown_page_by_page(open_desk, record, manager, width, shot):
	made = [record("Dolga zgodba 1", "2026-01-01")]
	for number in range(2, MANY + 1):
		made.append(record(f"Dolga zgodba {number}", f"2026-01-{number:02}", chain=made[0]["chain"]))
	page = open_desk(manager, width)
	chain = open_form(page, "Interaction", made[9]["name"])
	# the current activity stays visible below the newest ones
	expect(chain.locator(f"{ROWS}.current")).to_contain_text("Dolga zgodba 10")
	press(chain, f"Show All {MANY}")
	expect(chain.locator(ROWS)).to_have_count(PAGE)
	press(chain, "Load More")
	expect(chain.locator(ROWS)).to_have_count(MANY)
	# days between activities aren't worth a line
	expect(chain.locator(".crm-chain-gap")).to_have_count(0)
	expect(chain.get_by_role("button", name="Load More")).to_have_count(0)
	shot(page, f"chain-long-{width}")
	assert fits(page)


def test_candidates_are_shown_page_by_page(open_desk, record, site, manager, width, shot):
	with_many = site.party(f"Vodarna {width}", *CONTACT)
	made = [record(f"Zgodba {n:02}", f"2026-01-{n:02}", **with_many) for n in range(1, MANY + 1)]
	page = open_desk(manager, width)
	open_form(page, "Interaction", made[0]["name"])
	choose_action(page, "Link…")
	rows = dialog(page).locator(ROWS)
	expect(rows).to_have_count(PAGE)
	shot(page, f"chain-link-{width}")
	press(dialog(page), "Load More")
	expect(rows).to_have_count(MANY - 1)
	choose(dialog(page), "kind", "Meeting")
	expect(dialog(page)).to_contain_text("Nothing found.")
	assert fits(page)


def test_a_chain_can_be_joined_from_its_own_form(open_desk, story, record, manager, width, site, shot):
	title = f"Samostojen klic ({width})"
	joined = record(title, "2026-02-10")
	page = open_desk(manager, width)
	page.goto(f"/app/interaction-chain/{joined['chain']}")
	wait_for_form(page, joined["chain"])
	assert all_topics(page, 1) == [title]
	choose_action(page, "Link…")
	dialog(page).locator('[data-fieldname="text"] input').fill(story[0]["chain"])
	expect(dialog(page).locator(ROWS)).to_have_count(3)
	dialog(page).locator(ROWS, has_text=SECOND).click()
	expect(dialog(page).locator(".crm-link-plan")).to_contain_text("is joined into")
	shot(page, f"chain-form-link-{width}")
	press(dialog(page), "Join")
	# the form of the joined chain shows the older chain
	assert all_topics(page, 4)[0] == title
	expect(shown(page)).to_contain_text("This chain was joined into")
	undo_from_alert(page)
	assert all_topics(page, 1) == [title]
	assert site.get("Interaction", joined["name"])["chain"] == joined["chain"]
