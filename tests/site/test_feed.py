"""The feed of the panel: notes, planned activities first, limits, rights and the number of queries (R2, R17)."""

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from crm_interactions.api import chain as api
from crm_interactions.api.feed import get_note, log, pin
from tests.site.factories import (
	change_record,
	contact,
	interaction,
	log_in,
	meeting,
	product_record,
	record,
	recorder,
)
from tests.site.test_history_by_reference import count_queries, of_events

pytestmark = pytest.mark.records_only
LONG = "The pump leaks at the seal. " * 30
FULL_NAME = {"user": "Administrator", "full_name": "Administrator"}


def feed_of(shop, **limits) -> dict:
	return api.page(party_type=shop.doctype, party=shop.name, feed=limits)


def titles(shop, **limits) -> list[str]:
	return [row["title"] for row in feed_of(shop, **limits)["rows"]]


@pytest.fixture
def call(shop):
	"""Return a call with a long note in rich text."""
	notes = f"<p>Wants <b>two</b> seals &amp; oil</p><p>{LONG}</p>"
	ana = contact(shop).name
	return interaction(shop, title="Call", contact=ana, notes=notes, starts_on="2026-03-01 10:00:00")


def test_a_row_shows_note_contact_direction_type_and_chain(shop, call):
	page = feed_of(shop)
	(row,) = page["rows"]
	assert row["note"].startswith("Wants two seals & oil\nThe pump leaks")
	assert len(row["note"]) <= 401 and row["note"].endswith("…") and row["has_more"]
	assert row["contact_name"] == frappe.db.get_value("Contact", call.contact, "full_name")
	assert row["direction"] == call.direction
	kind = frappe.db.get_value("Interaction Type", call.interaction_type, ["icon", "color"])
	assert (row["type_icon"], row["type_color"]) == kind
	assert row["chain_title"] == frappe.db.get_value("Interaction Chain", call.chain, "title")
	assert page["people"] == [FULL_NAME]
	assert get_note("Interaction", call.name).endswith(LONG.strip())


def test_a_page_that_is_no_feed_has_no_notes(shop, call):
	(row,) = api.page(party_type=shop.doctype, party=shop.name)["rows"]
	assert "note" not in row and "contact" not in row


@pytest.mark.parametrize(
	("notes", "begins", "more"),
	[
		("", "", False),
		('<div class="ql-editor"><p><br></p></div>', "", False),
		("a line", "a line", False),
		(f"<p>{'x' * 3990}</p><p class='long'>end</p>", "xxx", True),
	],
)
def test_the_beginning_of_a_note_is_plain_text(shop, notes, begins, more):
	interaction(shop, notes=notes)
	(row,) = feed_of(shop)["rows"]
	assert row["note"].startswith(begins) and bool(row["note"]) == bool(begins)
	assert row["has_more"] is more and "<" not in row["note"]


def test_planned_activities_come_first_with_the_next_one_on_top(shop):
	for title, day, status in (
		("Late", "2026-01-05", "Planned"),
		("Held", "2026-02-01", "Held"),
		("Later", "2099-02-01", "Planned"),
		("Next", "2099-01-01", "Planned"),
		("Held before", "2026-01-01", "Held"),
	):
		interaction(shop, title=title, status=status, starts_on=f"{day} 10:00:00")
	assert titles(shop) == ["Late", "Next", "Later", "Held", "Held before"]
	two = {"party_type": shop.doctype, "party": shop.name, "length": 2, "feed": "{}"}
	assert [row["title"] for row in api.page(**two, start=2)["rows"]] == ["Later", "Held"]


def test_a_pinned_activity_stays_on_top(shop):
	old = interaction(shop, title="Terms", starts_on="2026-01-01 10:00:00")
	interaction(shop, title="Next", status="Planned", starts_on="2099-01-01 10:00:00", chain=old.chain)
	pin("Interaction", old.name)
	assert titles(shop) == ["Terms", "Next"] and feed_of(shop)["rows"][0]["pinned"]
	change_record(frappe.get_doc("Interaction", old.name), title="New terms")
	assert titles(shop) == ["New terms", "Next"]
	pin("Interaction", old.name, 0)
	assert titles(shop) == ["Next", "New terms"]
	log_in("feed.stranger@example.com", "Sales User")
	with pytest.raises(frappe.PermissionError):
		pin("Interaction", old.name)


def test_a_feed_is_limited_by_text_person_and_period(shop, call):
	clerk = recorder("feed.clerk@example.com").name
	meeting(shop, title="Visit", notes="<p>Showed the Cellar</p>", starts_on="2026-05-01 10:00:00")
	interaction(shop, title="Mail of the clerk", responsible=clerk, starts_on="2026-06-01 10:00:00")
	product_record(shop, starts_on="2026-07-01 10:00:00", notes="Forty seals")
	assert "Call" in titles(shop, text="TWO seals") and titles(shop, text="cellar") == ["Visit"]
	assert titles(shop, text="clerk") == titles(shop, responsible=clerk) == ["Mail of the clerk"]
	assert titles(shop, since="2026-05-01", until="2026-06-01") == ["Visit"]
	assert titles(shop, text="%") == titles(shop)
	limited = feed_of(shop, text="seals")
	assert limited["total"] == len(limited["rows"]) == 2
	assert {count["doctype"]: count["count"] for count in limited["counts"]} == {
		"Interaction": 1,
		"Product Record": 1,
	}
	for wrong in ("[1]", {"text": 1}, {"since": "yesterday"}):
		with pytest.raises(frappe.ValidationError):
			api.page(party_type=shop.doctype, party=shop.name, feed=wrong)


def test_a_reader_gets_only_notes_of_readable_documents_and_of_fields_for_all(shop, call):
	hidden = interaction(shop, notes="The secret seal", interaction_type="E-mail")
	user = recorder("feed.reader@example.com").name
	record("User Permission", user=user, allow="Interaction Type", for_value=call.interaction_type)
	log_in(user)
	assert titles(shop, text="seal") == ["Call"]
	assert "secret" not in frappe.as_json(feed_of(shop))
	with pytest.raises(frappe.PermissionError):
		get_note("Interaction", hidden.name)
	frappe.set_user("Administrator")
	make_property_setter("Interaction", "notes", "permlevel", 3, "Int", validate_fields_for_doctype=False)
	frappe.set_user(user)
	(row,) = feed_of(shop)["rows"]
	assert row["note"] == get_note("Interaction", call.name) == "" and not titles(shop, text="seal")


def test_a_draft_is_logged_once(shop):
	values = {"party_type": shop.doctype, "party": shop.name, "contact": contact(shop).name}
	values |= {"interaction_type": "Phone Call", "title": "Twice", "name": "new-interaction-1"}
	key = frappe.generate_hash()
	first = log(key, values)
	assert log(key, frappe.as_json(values)) == first and first["title"] == "Twice"
	assert log(key + "2", values) != first
	assert frappe.db.count("Interaction", {"title": "Twice"}) == 2
	log_in(recorder("feed.other@example.com").name)
	assert log(key, values)["name"] != first["name"]
	with pytest.raises(frappe.ValidationError):
		log(key, "[1]")


def test_a_feed_takes_at_most_six_queries(shop, as_user, monkeypatch):
	for number in range(7):
		user = recorder(f"feed.{number}@example.com").name
		interaction(shop, responsible=user, contact=contact(shop, f"Ana {number}").name, notes="seal")
		meeting(shop, responsible=user, notes="seal")
		product_record(shop, responsible=user, notes="seal")
	as_user("feed.0@example.com")
	chain = interaction(shop).chain
	of_shop = {"party_type": shop.doctype, "party": shop.name}
	for asked in (of_shop, {"chain": chain}):
		for limits in ({}, {"text": "seal", "responsible": "feed.1@example.com"}):
			found = count_queries(
				monkeypatch, lambda asked=asked, limits=limits: api.page(**asked, feed=limits)
			)
			assert found - of_events(monkeypatch) <= 6, (asked, limits)
