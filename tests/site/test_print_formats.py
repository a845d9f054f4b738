"""Print formats for agenda and minutes of a meeting (R13)."""

import re

import frappe
import pytest
from frappe.translate import print_language
from frappe.utils import strip_html

from tests.site.factories import change_record, interaction, log_in, meeting, partner, user

pytestmark = pytest.mark.records_only
AGENDA, MINUTES = "Meeting Agenda", "Meeting Minutes"
EACH_FORMAT = pytest.mark.parametrize("print_format", [AGENDA, MINUTES])
EVIL = '<img src=x onerror="alert(1)">{{ 7907 * 7919 }}'
COMPUTED = str(7907 * 7919)  # long enough not to occur in a time or a number by chance


@pytest.fixture
def held():
	"""Return a meeting with values for all parts of the two formats."""
	user("marko@example.com", "Interaction User", first_name="Marko")
	people = [
		{"full_name": "Ana Horvat", "email": "ana@example.com", "side": "Theirs", "attended": 1},
		{"full_name": "Ivo Babić", "phone": "+385 1 4567 890", "side": "Theirs"},
		{"participant_type": "User", "participant": "marko@example.com", "side": "Ours", "attended": 1},
	]
	place = {"starts_on": "2026-03-02 10:00:00", "ends_on": "2026-03-02 11:30:00", "place": "Ilica 1\nRoom 2"}
	texts = {"agenda": "<p>Prices <b>2027</b></p>", "notes": "<p>Agreed on 4 %.</p>"}
	costs = {"expected_cost": 987654.32, "expected_cost_currency": "EUR"}
	fields = {"title": "Framework contract", "responsible": "marko@example.com", "status": "Held"}
	return meeting(partner("Čačić & Sons"), participants=people, **fields, **place, **texts, **costs)


def printed(doc, print_format: str) -> str:
	html = frappe.get_print(doc.doctype, doc.name, print_format)
	return html[html.index('<div class="crm-meeting">') :]


def words(html: str) -> str:
	return re.sub(r"\s+", " ", strip_html(html))


@EACH_FORMAT
def test_each_format_ships_with_the_app(print_format):
	doc = frappe.get_doc("Print Format", print_format)
	assert (doc.standard, doc.doc_type, doc.module) == ("Yes", "Meeting", "CRM Interactions")


@EACH_FORMAT
def test_each_format_shows_time_place_and_participants(print_format, held):
	html = printed(held, print_format)
	text = words(html)
	for part in ("Framework contract", "Monday, March 2, 2026, 10:00", held.name, "Ana Horvat", "Ivo Babić"):
		assert part in text
	assert "Ilica 1<br>Room 2" in html and "Čačić &amp; Sons" in html
	assert "Prices <b>2027</b>" in html
	assert text.index("Ivo Babić") < text.index("Marko", text.index("Participants"))


def test_the_agenda_shows_contact_data_but_no_results(held):
	text = words(printed(held, AGENDA))
	assert "ana@example.com" in text and "+385 1 4567 890" in text
	assert "Agreed on" not in text and "Attended" not in text


def test_the_minutes_show_attendance_and_results(held):
	text = words(printed(held, MINUTES))
	assert "Ana Horvat Yes" in text and "Ivo Babić No" in text and "Marko Yes" in text
	assert "Agreed on 4 %." in text


def test_the_minutes_of_a_planned_meeting_show_no_attendance(held):
	assert "Ivo Babić No" not in words(printed(change_record(held, status="Planned"), MINUTES))


@EACH_FORMAT
def test_costs_are_not_printed(print_format, held):
	assert "654.32" not in words(printed(held, print_format))


@EACH_FORMAT
def test_hostile_values_are_printed_as_text(print_format):
	people = [{"full_name": EVIL, "side": "Theirs", "phone": EVIL}]
	html = printed(meeting(title=f"Offer {EVIL}", place=EVIL, participants=people), print_format)
	assert "<img" not in html and COMPUTED not in html


@EACH_FORMAT
def test_blank_fields_print_no_headings(print_format):
	doc = meeting(place="", agenda='<div class="ql-editor read-mode"><p><br></p></div>')
	text = words(printed(doc, print_format))
	for label in ("Place", "Agenda ", "Minutes ", "Next Step", "None"):
		assert label not in text.replace("Meeting Agenda ", "").replace("Minutes of the Meeting ", "")


@EACH_FORMAT
def test_each_format_prints_in_another_language(print_format, held):
	with print_language("de"):
		assert "2. März 2026" in words(printed(held, print_format))


@EACH_FORMAT
def test_a_stranger_cannot_print(print_format, held):
	log_in("nobody@example.com")
	with pytest.raises(frappe.PermissionError):
		printed(held, print_format)


def test_interactions_still_print_in_the_standard_format():
	assert frappe.get_print("Interaction", interaction().name)
