"""The dossier of a chain: a PDF of what its reader may see, that fetches nothing (B7)."""

import hashlib
import os
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.permissions import add_permission
from frappe.utils import get_system_timezone
from PIL import Image

from crm_interactions.api import dossier as api
from crm_interactions.chains import closing, joining
from crm_interactions.chains.results import Result
from crm_interactions.insight.dossier import job
from tests.site.dossiers import contents, headings, make
from tests.site.factories import (
	contact,
	interaction,
	log_in,
	meeting,
	partner,
	partner_of,
	product_record,
	record,
	user,
)
from tests.site.reminding import change_user

pytestmark = pytest.mark.records_only
DAYS = [f"2026-03-{day:02d} 10:00:00" for day in (2, 3, 6)]
READER = "dossier@example.com"
LEVEL = 3


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
	"""Keep the job from committing, since the test is rolled back, with its files; forget its progress."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	yield
	frappe.cache.delete_keys("crm_interactions_dossier")


@pytest.fixture
def closed_to_reader(deal, settings):
	user(READER, "Interaction User")
	settings(visibility="Own and Team")


@pytest.fixture
def failing_alone(monkeypatch, deal):
	"""Let a failing job roll back its own changes, not the test's records."""
	roll_back = frappe.db.rollback
	frappe.db.savepoint("before_job")
	monkeypatch.setattr(frappe.db, "rollback", lambda: roll_back(save_point="before_job"))


@pytest.fixture
def deal():
	"""Return the first of three activities of a chain: an inquiry, an offer and a meeting."""
	shop = partner("Adria Pumps Ltd")
	ana = contact(shop, email="ana@adria.example", phone="+385 1 4567 890").name
	first = interaction(
		shop,
		contact=ana,
		title="Asks for R&D <pumps>",
		starts_on=DAYS[0],
		notes="<p>Needs <b>ten</b> pieces</p>",
	)
	chain = {"chain": first.chain}
	pump = {"product": "Pump P-40", "quantity": 10, "amount": 500}
	offer = {"amount": 500, "currency": "EUR", "products": [pump]}
	interaction(shop, title="Offer", direction="Outgoing", starts_on=DAYS[1], **offer, **chain)
	guest = {"full_name": "Ivan Babić", "side": "Theirs", "email": "ivan@adria.example", "attended": 1}
	texts = {"agenda": "<p>Discount</p>", "notes": "<p>Agreed on 5</p>", "place": "Ilica 1"}
	meeting(shop, title="Talk", starts_on=DAYS[2], status="Held", participants=[guest], **texts, **chain)
	return first


def add(deal, make=interaction, **fields):
	"""Return another activity of the chain."""
	return make(partner_of(deal), chain=deal.chain, **fields)


def win(deal) -> None:
	closing.close(deal.chain, reason="Ordered", ended=Result("Won", 500, "EUR"))


def attach(doc, name: str, content: bytes, **fields):
	"""Attach a file with a name that ends with the given one: Frappe renames one whose name other tests have used."""
	attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	unique = f"{frappe.generate_hash(length=6)}-{name}"
	return record("File", file_name=unique, content=content, is_private=1, **attached, **fields)


def picture(color: str) -> bytes:
	stored = BytesIO()
	Image.new("RGB", (40, 30), color).save(stored, "PNG")
	return stored.getvalue()


def pictures(paper) -> int:
	return len({image.name for page in paper.reader.pages for image in page.images})


def test_cover_timeline_and_activities_tell_the_chain(deal):
	win(deal)
	paper = make(deal.chain)
	cover, timeline = paper.texts[0], paper.section("Timeline")
	for part in ("Asks for R&D <pumps>", deal.chain, "Adria Pumps Ltd", "Won, 500", "EUR", "Ordered"):
		assert part in cover
	assert "Activities 3" in cover
	positions = [timeline.index(word) for word in ("Asks for R&D", "Offer", "Talk")]
	assert positions == sorted(positions) and "1d" in timeline and "3d" in timeline
	activities = paper.section("Activities")
	for part in ("Needs ten pieces", "Ana Horvat Contact Person · ana@adria.example", "Pump P-40", "Ilica 1"):
		assert part in activities
	assert "Ivan Babić Adria Pumps Ltd, Attended · ivan@adria.example" in activities
	assert "Agreed on 5" in activities and "Discount" in activities


def test_page_numbers_are_the_real_ones(deal):
	for number in range(12):
		words = "<p>Words of the talk</p>" * 9
		add(deal, title=f"Call {number:02d}", notes=words, starts_on=DAYS[2])
	paper = make(deal.chain)
	total = len(paper.texts)
	assert total > 6
	assert not [page for page, text in enumerate(paper.texts, 1) if f"Page {page} of {total}" not in text]
	shown, real = contents(paper), headings(paper)
	assert [page for _title, page in shown] == [page for title, page in real if title != "Contents"]
	assert len(shown) == 3 + 15


def test_attachments_have_the_sum_of_their_content(deal):
	offer = frappe.get_doc("Interaction", {"chain": deal.chain, "title": "Offer"})
	content = os.urandom(3_000_000)
	attach(offer, "Offer.bin", content)
	os.remove(attach(deal, "gone.txt", b"gone").get_full_path())
	attached = {"attached_to_doctype": "Interaction Chain", "attached_to_name": deal.chain}
	record("File", file_name="far.txt", file_url="https://example.com/far.txt", **attached)
	part = make(deal.chain).section("Attachments")
	assert f"Offer.bin {hashlib.sha256(content).hexdigest()} 2 2.9 MB" in part
	assert "gone.txt The content is missing on this server" in part
	assert "far.txt Stored on another server" in part
	assert hashlib.sha256(b"gone").hexdigest() not in part


def test_labels_are_in_the_readers_language(deal):
	attach(deal, "offer.txt", b"offer")
	translated = {"Timeline": "Verlauf", "Contents": "Inhalt", "Incoming": "Eingehend"}
	for source, text in translated.items():
		record("Translation", language="de", source_text=source, translated_text=text)
	frappe.clear_cache()
	paper = make(deal.chain, "de")
	assert paper.texts[1].startswith("Inhalt")
	for part in ("Verlauf", "Anhänge", "Teilnehmer", "Eingehend", f"Seite 2 von {len(paper.texts)}"):
		assert part in paper.text
	assert "Timeline" not in paper.text and "Page 2" not in paper.text
	assert paper.reader.root_object["/Lang"] == "de"


def test_times_are_those_of_the_readers_zone(deal):
	zone = "America/New_York"
	change_user(frappe.session.user, time_zone=zone)
	site = ZoneInfo(get_system_timezone())
	at = datetime.fromisoformat(DAYS[0]).replace(tzinfo=site).astimezone(ZoneInfo(zone))
	paper = make(deal.chain)
	assert f"{at:%H:%M}" in paper.section("Timeline") and "10:00" not in paper.section("Timeline")
	assert zone in paper.texts[0]


def test_what_the_reader_may_not_see_is_absent(deal, settings):
	user(READER, "Interaction User")
	seen = frappe.get_doc("Interaction", {"chain": deal.chain, "title": "Offer"})
	secret = add(deal, title="Secret visit", starts_on="2027-01-05 10:00:00", notes="<p>Hush</p>")
	attach(secret, "secret.txt", b"secret")
	attach(seen, "offer.txt", b"offer")
	settings(visibility="Own and Team")
	assert "Secret visit" in make(deal.chain).text
	seen.update({"participants": [{"participant_type": "User", "participant": READER}]}).save()
	frappe.set_user(READER)
	paper = make(deal.chain)
	assert "Offer" in paper.text and "offer.txt" in paper.text and "Activities 1" in paper.texts[0]
	for hidden in ("Secret visit", "Hush", secret.name, "secret.txt", "2027", "Talk", "Needs ten", deal.name):
		assert hidden not in paper.text
	assert hashlib.sha256(b"secret").hexdigest() not in paper.text


@pytest.mark.changes_metadata
def test_fields_above_the_readers_level_are_absent(deal):
	for doctype, field in (
		*(("Interaction", "amount"), ("Interaction", "notes"), ("Interaction", "products")),
		*(("Interaction Chain", "result_amount"), ("Meeting", "place")),
	):
		make_property_setter(doctype, field, "permlevel", LEVEL, "Int", validate_fields_for_doctype=False)
		add_permission(doctype, "Interaction Administrator", LEVEL)
		frappe.clear_cache(doctype=doctype)
	win(deal)
	attach(deal, "plan.txt", b"plan", attached_to_field="notes")
	words = ("500", "Needs ten", "Pump P-40", "Ilica 1", "plan.txt")
	log_in("whole@example.com", "Interaction User", "Interaction Administrator")
	whole = make(deal.chain).text
	assert not [word for word in words if word not in whole]
	log_in(READER, "Interaction User")
	paper = make(deal.chain)
	assert "Offer" in paper.text and "Won" in paper.texts[0]
	assert not [word for word in words if word in paper.text]


def test_only_pictures_that_the_reader_may_see_are_shown(deal):
	own = attach(deal, "own.png", picture("red"))
	other = record("File", file_name="other.png", content=picture("blue"), is_private=1)
	html = f'<p><img src="{own.file_url}?fid={own.name}"><img src="{other.file_url}"></p>'
	deal.update({"notes": html}).save()
	assert pictures(make(deal.chain)) == 2
	log_in(READER, "Interaction User")
	paper = make(deal.chain)
	assert pictures(paper) == 1
	assert paper.text.count("[Picture not included]") == 1


def test_a_document_of_another_app_has_its_status_and_text():
	todo = record("ToDo", description="<p>Ask the <b>carrier</b></p>", priority="High")
	chain = frappe.db.get_value("Activity Link", {"activity": todo.name}, "chain")
	attach(todo, "route.txt", b"route")
	part = make(chain).section("Activities")
	assert f"ToDo · Open · Administrator · {todo.name}" in part
	assert "Priority High" in part and "Description Ask the carrier" in part and "route.txt" in part


@pytest.mark.parametrize("count", [0, 1])
def test_a_chain_with_hardly_any_activity_has_a_dossier(count):
	doc = product_record(starts_on=DAYS[0], product="Lonely pump")
	if not count:
		frappe.db.delete("Activity Link", {"chain": doc.chain})
	paper = make(doc.chain)
	assert ("There are no activities." in paper.text) == (not count)
	assert (doc.name in paper.section("Activities")) == bool(count)
	assert "There are no attachments." in paper.text


def test_a_dossier_is_a_private_file_of_the_reader_and_replaces_the_earlier_one(deal):
	log_in(READER, "Interaction User")
	first = make(deal.chain).file
	mine = record("File", file_name=first.file_name, content=first.get_content(), is_private=1)
	second = make(deal.chain).file
	assert (second.owner, second.is_private, second.attached_to_name) == (READER, 1, None)
	assert not frappe.db.exists("File", first.name) and frappe.db.exists("File", mine.name)
	assert os.path.exists(mine.get_full_path()) and os.path.exists(second.get_full_path())
	log_in("other@example.com", "Interaction User", "System Manager")
	third = make(deal.chain).file
	assert not frappe.has_permission("File", "read", doc=second.name)
	assert frappe.db.exists("File", second.name) and third.owner == "other@example.com"


def test_a_job_that_fails_says_so_and_leaves_no_file(deal, failing_alone, monkeypatch):
	folder = frappe.get_site_path("private", "files")
	before = {*os.listdir(folder)}
	monkeypatch.setitem(frappe.local.conf, "max_file_size", 1000)
	job.run(deal.chain, frappe.session.user, "en")
	known = job.read_progress(deal.chain)
	assert known["state"] == job.FAILED and "exceeded the maximum allowed size" in known["problem"]
	assert not frappe.get_all("File", {"name": ("like", "dossier-%")})
	assert {*os.listdir(folder)} == before
	assert frappe.db.exists("Error Log", {"reference_name": deal.chain})


def test_a_chain_that_is_too_long_is_refused(deal, failing_alone, monkeypatch):
	monkeypatch.setattr(job, "MOST", 2)
	job.run(deal.chain, frappe.session.user, "en")
	assert "more than 2 activities. Split it" in job.read_progress(deal.chain)["problem"]


def test_a_merged_chain_stands_for_its_target(deal):
	other = add(deal, title="Joined")
	alone = interaction(partner_of(deal), title="Alone")
	joining.join(("Interaction", alone.name), ("Interaction", other.name))
	assert api.start(alone.chain) == deal.chain
	assert "Alone" in make(deal.chain).text


def test_rights_are_checked_again_when_the_job_runs(deal, closed_to_reader, failing_alone):
	job.run(deal.chain, READER, "en")
	assert frappe.session.user == "Administrator"
	frappe.set_user(READER)
	assert job.read_progress(deal.chain)["state"] == job.FAILED
	with pytest.raises(frappe.PermissionError):
		api.start(deal.chain)


def test_a_dossier_without_a_worker_was_interrupted(deal):
	assert api.get_progress(deal.chain) is None
	assert api.start(deal.chain) == deal.chain
	assert api.get_progress(deal.chain)["problem"] == "The job was interrupted. Start it again."
