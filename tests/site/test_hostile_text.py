"""Scripts in texts sent to the app's methods or saved through REST are stored as text, in all copies too."""

import inspect
from html.parser import HTMLParser

import frappe
import pytest
from frappe.model import data_fieldtypes

from crm_interactions.api import activity, chain
from tests.site.api_calls import METHODS, named_arguments, send
from tests.site.door import at, call
from tests.site.factories import contact, interaction, partner
from tests.site.hostile_values import SCRIPT
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only
TEXTS = {"note", "reason", "message", "outcome", "next"}
PLAN = {"next_in": 2, "next_unit": "Days", "next_title": SCRIPT}
WRITING = [
	method
	for method, (verb, _given) in METHODS.items()
	if verb == "POST" and TEXTS & {*inspect.signature(method).parameters}
]
LOGS = ("Comment", "Communication", "Notification Log", "ToDo", "Event", "Version")
SHOWN = {*data_fieldtypes} - {"Int", "Check", "Float", "Currency", "Date", "Datetime", "Code"}
EVENTS = ("onerror", "onclick", "onload", "onmouseover")


@pytest.mark.parametrize("method", WRITING, ids=lambda method: method.__name__)
def test_texts_sent_to_methods_are_stored_without_scripts(method, before):
	takes = {*inspect.signature(method).parameters}
	told = {"note": SCRIPT, "reason": SCRIPT, "message": SCRIPT, "next": PLAN}
	told |= {"then": "plan"} if "next" in takes else {}
	sent = {name: value for name, value in told.items() if name in takes}
	answer = send(method, {**named_arguments(method), **sent}, keep=True)
	assert answer.status == 200, answer.text
	assert not {*running()} - before


def test_the_close_reason_of_an_activity_is_stored_without_scripts(before):
	doc = interaction()
	activity.complete("Interaction", doc.name, then="close", reason=SCRIPT)
	assert not {*running()} - before
	assert frappe.db.get_value("Interaction Chain", doc.chain, "close_reason")


def test_the_title_of_a_later_plan_is_stored_without_scripts(before):
	activity.plan_next("Interaction", interaction(completed=1).name, {**PLAN})
	assert not {*running()} - before


@EACH_KIND
def test_saved_texts_and_their_copies_are_stored_without_scripts(make, before):
	"""Send them through Frappe's REST interface, and check the document and all copies of its texts."""
	shop = partner("Text Trade")
	doc = make(shop, contact=contact(shop).name)
	texts = [df for df in doc.meta.fields if df.fieldtype in ("Data", "Small Text", "Text", "Text Editor")]
	sent = {df.fieldname: SCRIPT for df in texts if not df.options and not df.read_only}
	answer = call("PUT", at(doc.doctype, doc.name), sent, keep=True)
	assert answer.status == 200, answer.text
	assert not {*running()} - before
	frappe.db.set_value("Interaction Chain", doc.chain, "title", "x")
	assert call("PUT", at("Interaction Chain", doc.chain), {"title": SCRIPT}, keep=True).status == 200
	chain.close(doc.chain, SCRIPT)
	chain.reopen(doc.chain)
	assert not {*running()} - before


def test_the_check_detects_a_script(before):
	frappe.db.set_value("Interaction", interaction().name, "title", SCRIPT)
	assert {*running()} - before


def running():
	"""Yield each stored text in which a script would run if it is shown as HTML."""
	doctypes = frappe.get_all("DocType", {"module": "CRM Interactions", "issingle": 0}, pluck="name")
	for doctype in (*doctypes, *LOGS):
		stored = [df for df in frappe.get_meta(doctype).fields if not df.get("is_virtual")]
		fields = [df.fieldname for df in stored if df.fieldtype in SHOWN]
		for row in frappe.get_all(doctype, fields=["name", *fields], limit=0):
			for field in fields:
				if isinstance(row[field], str) and runs(row[field]):
					yield f"{doctype} {row.name}: {field} = {row[field]}"


class _Tags(HTMLParser):
	found = False

	def handle_starttag(self, tag, attrs):
		for name, value in attrs:
			link = name in ("href", "src") and (value or "").strip().lower().startswith("javascript:")
			if name in EVENTS or link:
				self.found = True
		self.found = self.found or tag == "script"


def runs(html: str) -> bool:
	if "<" not in html:
		return False
	parser = _Tags()
	parser.feed(html)
	return parser.found


@pytest.fixture
def before() -> set[str]:
	"""Return the texts with scripts that the site already holds."""
	return {*running()}
