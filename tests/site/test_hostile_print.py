"""Prints and PDFs of documents in which every text holds scripts and pictures of the server's own files.

The app's print formats show neither, whether the text is stored or sent along. Frappe's standard format shows text as
HTML cleaned on save, without scripts. Pictures, style sheets and style addresses of other servers remain there, and the
PDF generator fetches them: Frappe keeps wkhtmltopdf from reading files, not from sending requests.
"""

import json

import frappe
import pytest
from frappe.utils import scrub_urls
from frappe.utils.pdf import cleanup, prepare_options
from frappe.www.printview import get_html_and_style

from crm_interactions.platform.print_html import on_paper
from tests.site.door import at, call
from tests.site.factories import contact, interaction, meeting, partner, partner_of, product_record
from tests.site.hostile_html import EVERYTHING, fetched, running

pytestmark = pytest.mark.records_only
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
PICTURE = "data:image/png;base64,iVBORw0KGgo="
OWN = f'<p class="ql-align-center" style="color: red;"><img src="{PICTURE}"><img src="/private/files/a b.png?fid=1a2b"> <b>Ž</b></p>'


def formats() -> list[tuple[str, str]]:
	"""Return DocType and name of each print format of the app."""
	app, pair = {"module": "CRM Interactions"}, ["doc_type", "name"]
	return frappe.get_all("Print Format", app, pair, order_by="name", as_list=True)


def fields(doctype: str) -> list[str]:
	stored = [df for df in frappe.get_meta(doctype).fields if not df.get("is_virtual")]
	return [df.fieldname for df in stored if df.fieldtype in TEXTS]


def fill(doc) -> None:
	"""Write the hostile HTML into each text field without Frappe's cleaning, cut to the length of the column."""
	for part in (doc, *doc.get_all_children()):
		for field in fields(part.doctype):
			df = part.meta.get_field(field)
			longest = (df.length or 140) if df.fieldtype == "Data" else None
			part.db_set(field, EVERYTHING[:longest], update_modified=False)
	frappe.clear_document_cache(doc.doctype, doc.name)


def a_meeting():
	ivan = {"full_name": "Ivan", "phone": "1", "email": "i@example.com"}
	people = [{**ivan, "side": side} for side in ("Theirs", "Ours")]
	rows = {"participants": people, "products": [{"product": "Pump"}]}
	texts = {"title": "Offer", "place": "Ilica 1", "agenda": "<p>Prices</p>", "notes": "<p>Agreed</p>"}
	return meeting(partner(), status="Held", next_title="Call", **rows, **texts)


def test_every_format_of_the_app_is_tested():
	assert {doctype for doctype, _name in formats()} == {"Meeting"}, "create a document of the new type here"
	assert len(formats()) >= 2


def test_print_formats_run_and_fetch_nothing_of_stored_text():
	doc = a_meeting()
	names = [name for _doctype, name in formats()]
	before = {name: frappe.get_print(doc.doctype, doc.name, name) for name in names}
	fill(doc)
	for name in names:
		html = frappe.get_print(doc.doctype, doc.name, name)
		assert "Words" in html and "7 * 7" in html  # the text is printed
		assert not running(html) - running(before[name]), name
		assert not fetched(html) - fetched(before[name]), name


def test_print_formats_run_and_fetch_nothing_of_sent_text():
	"""The Desk can print unsaved documents, whose text is not cleaned."""
	doc = a_meeting()
	sent = doc.as_dict(convert_dates_to_str=True) | dict.fromkeys(fields("Meeting"), EVERYTHING)
	for _doctype, name in formats():
		values = {"doc": json.dumps(sent, default=str), "print_format": name}
		answer = call("POST", "method/frappe.www.printview.get_html_and_style", values)
		html = json.loads(answer.text)["message"]["html"]
		own = get_html_and_style(doc.doctype, doc.name, name)["html"]
		assert "Words" in html
		assert not running(html)
		assert [*fetched(html)] == [*fetched(own)]  # the app's own style


def test_the_pdf_generator_gets_nothing_to_run_or_fetch():
	doc = a_meeting()
	before, options_before = given_to_pdf(doc)
	fill(doc)
	html, options = given_to_pdf(doc)
	assert not running(html) - running(before)
	assert not fetched(html) - fetched(before)
	assert options == options_before  # neither page size nor header of the text


def given_to_pdf(doc) -> tuple[str, dict]:
	"""Return the HTML and the options that Frappe hands to the PDF program."""
	html, options = prepare_options(scrub_urls(frappe.get_print(doc.doctype, doc.name, formats()[1][1])), {})
	cleanup(options)
	return html, {name: value for name, value in options.items() if name != "cookie-jar"}


@pytest.mark.parametrize("make", [interaction, a_meeting, product_record])
def test_the_standard_format_runs_nothing_of_saved_text(make):
	doc = make()
	contact(partner_of(doc))
	before = frappe.get_print(doc.doctype, doc.name, "Standard")
	texts = [df for df in doc.meta.fields if df.fieldtype in TEXTS and not (df.options or df.read_only)]
	sent = {df.fieldname: EVERYTHING[:110] if df.fieldtype == "Data" else EVERYTHING for df in texts}
	answer = call("PUT", at(doc.doctype, doc.name), sent, keep=True)
	assert answer.status == 200, answer.text
	html = frappe.get_print(doc.doctype, doc.name, "Standard")
	assert "Words" in html
	assert not running(html) - running(before)
	assert "7 * 7" in html


def test_harmless_html_stays():
	assert on_paper(OWN) == OWN
	assert on_paper(None) == on_paper("") == ""
	listed, link = '<ol><li data-list="bullet">Prices</li></ol>', '<a href="https://example.com/">x</a>'
	for text in (listed, link, "2 &lt; 3 &amp; more"):
		assert on_paper(text) == text


def test_hostile_html_is_removed():
	left = on_paper(EVERYTHING)
	assert not running(left) and not fetched(left)
	assert "Words" in left and "passwd" not in left and "192.0.2.1" not in left


def test_the_checks_detect_hostile_html():
	assert len(running(EVERYTHING)) >= 7
	assert len(fetched(EVERYTHING)) >= 15
