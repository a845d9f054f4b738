"""Global search and search bar find activities, chains and partners by partner, title, number, digits and note."""

import frappe
import pytest
from frappe.utils import global_search

from crm_interactions import install
from crm_interactions.api.search import find_direct, find_noted, search
from crm_interactions.platform import search_hits, search_index
from crm_interactions.setup import global_search as entries
from crm_interactions.visibility import predicate
from tests.site.factories import contact, interaction, meeting, partner, partner_type, product_record
from tests.site.visible import colleagues, recorded_by

pytestmark = pytest.mark.records_only
CHAIN = "Interaction Chain"
ALL = {"Interaction", "Meeting", CHAIN, "partner"}
ME, OTHER = "finds@example.com", "hides@example.com"


@pytest.fixture(autouse=True)
def fresh_cache():
	"""Clear Frappe's cache of the searched types, which outlasts the rollback."""
	entries.clear_cache()
	yield
	entries.clear_cache()


@pytest.fixture
def known():
	"""Return an interaction and a meeting in one chain with their partner, by kind."""
	entries.add_types()
	shop = partner("Globalna Pumpanova")
	person = contact(shop, "Zvonimira", phone="+385 98 7001 234")
	call = interaction(
		shop,
		title="R&D <Q3> turbopumps",
		contact=person.name,
		how_to_reach="+385 98 7001 234",
		notes="<p>They asked about <b>Kaplan</b> turbines &amp; seals</p>",
	)
	guests = [{"full_name": "Ivan", "side": "Theirs", "phone": "098/7001-234"}]
	visit = meeting(
		shop, title="Turbopumps on site", chain=call.chain, participants=guests, agenda="Kaplan tour"
	)
	chain = frappe.get_doc(CHAIN, call.chain)
	return {"Interaction": call, "Meeting": visit, CHAIN: chain, "partner": shop}


def kinds(known: dict, rows: list[dict]) -> set[str]:
	pairs = {(row["doctype"], row["name"]) for row in rows}
	return {kind for kind, doc in known.items() if (doc.doctype, doc.name) in pairs}


@pytest.mark.parametrize(
	("text", "expected"),
	[
		*(("Globalna Pumpanova", ALL), ("globalna", ALL), ("PUMPANOVA", ALL)),
		*(
			("turbopumps", ALL - {"partner"}),
			("R&D <Q3>", {"Interaction", CHAIN}),
			("Kaplan tour", {"Meeting", CHAIN}),
		),
		*(("Kaplan turbines", {"Interaction", CHAIN}), ("turbines & seals", {"Interaction", CHAIN})),
		*(
			(number, ALL)
			for number in ("+385987001234", "00385 98 7001234", "(098) 7001-234", "098/700 12 34")
		),
		*(
			("001234", ALL),
			("00-12-34", ALL),
			("001235", set()),
			("Pumpanovax", set()),
			("%", set()),
			("", set()),
		),
	],
)
def test_documents_are_found(known, text, expected):
	frappe.db.set_single_value("System Settings", "country", "Croatia")
	frappe.clear_document_cache("System Settings", "System Settings")
	customer = {"partner"} if partner_type() == "Customer" else set()  # ERPNext's wizard adds the type
	assert kinds(known, search(text)) - customer == expected - customer


def test_each_document_is_found_by_its_number(known):
	for kind in ("Interaction", "Meeting", CHAIN):
		assert kind in kinds(known, search(known[kind].name))
		assert kind in kinds(known, search(known[kind].name.lower()))
	record = product_record(known["partner"], product="Turbopump T-1")
	assert record.name in {row["name"] for row in search("turbopump t-1")}


@pytest.mark.parametrize(("text", "expected"), [("globalna", True), ("001234", True), ("turbines", False)])
def test_the_search_bar_offers_partners_and_chains(known, text, expected):
	hits = find_direct(text)
	assert kinds(known, hits) == ({CHAIN, "partner"} if expected else set())
	titles = {hit["name"]: hit["title"] for hit in hits}
	assert not expected or titles[known[CHAIN].name] == "R&D <Q3> turbopumps"


@pytest.mark.parametrize(
	("text", "expected"),
	[
		*(
			("turbines", {"Interaction"}),
			("KAPL", {"Interaction", "Meeting"}),
			("kaplan turb", {"Interaction"}),
		),
		*(
			("turbines & seals", {"Interaction"}),
			("Kap", set()),
			("turbopumps", set()),
			("strong", set()),
			("%_%_%", set()),
		),
	],
)
def test_the_search_bar_offers_activities_with_a_word_in_a_note(known, text, expected):
	"""But not by the tags of the stored HTML, and not for few letters."""
	known["Interaction"].db_set("notes", f"<strong>{known['Interaction'].notes}</strong>")
	assert kinds(known, find_noted(text)) == expected


def test_words_are_found_in_a_note_with_and_without_accents():
	"""As MariaDB compares texts."""
	search = search_hits.Search("cakovec küche", 1)
	assert search.has_words("Čakovec: eine KUCHE") and not search.has_words("Čakovec")


def test_a_note_is_offered_with_title_and_partner_and_the_words_around(known):
	(hit,) = find_noted("seals")
	assert (hit["title"], hit["party_name"]) == ("R&D <Q3> turbopumps", "Globalna Pumpanova")
	# on a phone, a line has room for the words near the found one
	assert hit["excerpt"] == "…Kaplan turbines & seals"


def test_the_search_bar_reads_the_newest_notes_only(known, monkeypatch):
	monkeypatch.setattr(search_hits, "NEWEST", 1)
	newer = interaction(known["partner"], notes="<p>Francis turbines</p>")
	newer.db_set("modified", "2100-01-01", update_modified=False)
	newer.db_set("creation", "2100-01-01", update_modified=False)
	assert [hit["name"] for hit in find_noted("turbines")] == [newer.name]


@pytest.mark.parametrize("common", [1, 2000])
def test_only_readable_documents_are_found(known, settings, monkeypatch, common):
	"""Also of a text that most documents have."""
	colleagues(ME, OTHER)
	settings(visibility=predicate.OWN_AND_TEAM)
	mine, other = (recorded_by(name, interaction, title="Turbopumps again") for name in (ME, OTHER))
	monkeypatch.setattr(search_hits, "COMMON", common)
	frappe.set_user(ME)
	found = {row["name"] for row in search("turbopumps", limit=100)}
	assert {mine.name, mine.chain} <= found
	assert not found & {other.name, other.chain, *(doc.name for doc in known.values())}
	chains = {hit["name"] for hit in find_direct("turbopumps")}
	assert mine.chain in chains and other.chain not in chains
	frappe.db.set_value("Interaction", {"name": ("in", (mine.name, other.name))}, "notes", "<p>Siphons</p>")
	assert [hit["name"] for hit in find_noted("siphons")] == [mine.name]


def test_a_user_without_roles_finds_nothing(known):
	frappe.set_user("Guest")
	assert search("turbopumps") == find_direct("turbopumps") == find_noted("turbines") == []


def test_results_are_html_that_shows_values_as_typed(known):
	call = known["Interaction"]
	(row,) = (row for row in search("Q3", doctype="Interaction") if row["name"] == call.name)
	assert row["title"] == "R&amp;D &lt;Q3&gt; turbopumps"
	assert "Topic : R&amp;D &lt;Q3&gt; turbopumps ||| " in row["content"]
	(row,) = (row for row in search("kaplan", doctype="Interaction") if row["name"] == call.name)
	assert "Kaplan turbines &amp; seals" in row["content"]


def test_pages_follow_each_other(known):
	interaction(known["partner"], title="Turbopumps, once more")
	both = [row["name"] for row in search("turbopumps", doctype="Interaction", limit=2)]
	pages = [row["name"] for start in (0, 1) for row in search("turbopumps", start, 1, "Interaction")]
	assert pages == both and len(set(both)) == 2


def listed() -> list[str]:
	rows = frappe.get_all(entries.ROW, {"parent": entries.SETTINGS}, pluck="document_type", order_by="idx")
	return [doctype for doctype in rows if doctype in entries.list_types()]


def test_an_update_adds_the_types_once():
	frappe.db.delete(entries.ROW, {"document_type": ("in", entries.list_types())})
	frappe.db.set_single_value("CRM Interactions Settings", "seeded", "[]")
	install.after_migrate()
	assert listed() == entries.list_types()
	frappe.db.delete(entries.ROW, {"document_type": "Meeting"})
	entries.clear_cache()
	install.after_migrate()
	assert "Meeting" not in listed()
	visit = meeting(title="Turbopumps unlisted")
	assert visit.name not in {row["name"] for row in search("unlisted")}


@pytest.fixture
def queued(monkeypatch) -> list[dict]:
	"""Return the entries that saves queue for the index."""
	found: list[dict] = []
	monkeypatch.setattr(search_index, "is_kept", lambda: True)
	monkeypatch.setattr(global_search, "sync_value_in_queue", found.append)
	return found


def test_a_save_queues_the_note_for_the_index(queued):
	doc = interaction(title="Long minutes", notes=f"<p>Kaplan {'ž' * 70_000}</p>")
	entry = [one for one in queued if one["name"] == doc.name][-1]
	assert "Topic : Long minutes" in entry["content"] and "Notes : Kaplan" in entry["content"]
	assert len(entry["content"].encode()) < 65_535
	queued.clear()
	doc.delete()
	assert not queued


def test_existing_notes_are_indexed(known, queued, monkeypatch):
	written: list[tuple] = []
	monkeypatch.setattr(global_search, "sync_values", written.extend)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(search_index, "BATCH", 1)
	search_index.rebuild()
	call = known["Interaction"]
	(content,) = (row[2] for row in written if row[:2] == (call.doctype, call.name))
	assert "Kaplan turbines" in content
