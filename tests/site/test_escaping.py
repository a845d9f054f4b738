"""Text that looks like HTML is shown as typed: escaped once in HTML, never in headers, plain text and calendars.

Each test fills every text field that its output may use, then walks all of that output; a new template, print format or
field with the same fault fails here.
"""

import re

import frappe
import pytest
from bs4 import BeautifulSoup
from frappe.utils import escape_html, get_datetime

from crm_interactions.api import meeting as meeting_api
from crm_interactions.api import oversight
from crm_interactions.controllers.addresses import drop_brackets
from crm_interactions.followups import google
from crm_interactions.platform.stored_text import as_typed
from crm_interactions.reminders import digest, reminders
from tests.site.checks import stored, timeline
from tests.site.factories import change_record, interaction, meeting, next_step_of, partner
from tests.site.inviting import calendar_part, event_for, mail_to
from tests.site.kinds import EACH_KIND
from tests.site.people import ANA, EVA, IVO, MIA
from tests.site.post import bell, html, mails, text
from tests.site.reminding import NOW, one_reader, reader
from tests.site.supervising import make_leader
from tests.unit.support.source import PACKAGE

pytestmark = pytest.mark.records_only
TYPED = {
	"a tag": "R&D <Q3> plan",
	"an address": "Jane Roe <jane.roe@example.com>",
	"an unfinished image": "x <img src=http://t.example/x.png",
	"less than": "budget a<b today",
	"a known tag": "<b>Big</b> & <i>bold",
	"a comment": "<!-- a --> b",
	"JSON": '"<img src=http://t.example/x.png>"',
	"a file of the server": 'embed="common_site_config.json" x',
	"an entity without semicolon": "Smith &notary",
}
EACH_TEXT = pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
PLAIN = ("Data", "Small Text", "Text")
ENTITIES = ("&lt;", "&gt;", "&amp;", "&quot;", "&#")
AT_TEN, SEVEN = "2100-06-01 10:00:00", get_datetime("2100-06-01 07:00:00")
TEMPLATES = {"interaction_digest", "interaction_reminder", "meeting_invitation"}

surroundings = one_reader(ANA)


@pytest.fixture(autouse=True)
def names(monkeypatch):
	"""Forget the full names that Frappe has cached."""
	monkeypatch.setattr(frappe.local, "fullnames", {}, raising=False)


def plain_fields(doc) -> list:
	return [df for df in doc.meta.fields if df.fieldtype in PLAIN and not (df.read_only or df.options)]


def rename(user: str, typed: str) -> None:
	"""Give a user this full name, stored as typed, as Frappe stores an unfinished tag."""
	frappe.db.set_value("User", user, {"first_name": typed, "last_name": None, "full_name": typed})
	frappe.local.fullnames = {}


def planned(typed: str, make=interaction, **fields):
	"""Return an activity of Ana, planned for today, whose plain text fields all hold the text."""
	doc = make(starts_on=AT_TEN, responsible=ANA, status="Planned", insert=False, **fields)
	for df in plain_fields(doc):
		if df.fieldname not in fields:
			doc.set(df.fieldname, typed)
	doc.insert()
	# as copied from a partner of another app, whose name Frappe stores escaped or not
	frappe.db.set_value(doc.doctype, doc.name, "party_name", escape_html(typed), update_modified=False)
	return doc


def a_meeting(typed: str, **fields):
	people = [{"full_name": typed, "email": email, "phone": "1", "side": "Theirs"} for email in (EVA, IVO)]
	agenda = f"<p>{escape_html(typed)}</p>"
	return planned(typed, meeting, participants=people, agenda=agenda, notes=agenda, **fields)


def shows(page: str, typed: str, times: int = 1) -> None:
	"""Check that HTML shows a text as typed, at least this often, and neither entities nor elements made of it."""
	soup = BeautifulSoup(page, "html5lib")
	for part in soup(["style", "script"]):
		part.decompose()
	shown = " ".join(soup.get_text(" ").split())
	assert shown.count(typed) >= times, shown
	assert not [entity for entity in ENTITIES if entity in shown.replace(typed, "")], shown
	assert not soup(["q3", "jane.roe@example.com"]) and not soup.select('[src*="t.example"]')
	# parsers of libxml2 before 2.14 read tags in the title too
	assert "<img src=http://t" not in page and "<q3" not in page.lower() and "a<b" not in page


def says(shown: str, typed: str) -> None:
	"""Check that plain text holds a text as typed."""
	shown = " ".join(shown.replace("\\", "").split())
	assert typed in shown, shown
	assert not [entity for entity in ENTITIES if entity in shown.replace(typed, "")], shown


def holds(value: str, typed: str) -> None:
	"""Check that a plain text field of Frappe holds a text as typed, and starts no tag."""
	says(as_typed(value), typed)
	assert not re.search("<[a-z/!?]", value, re.IGNORECASE)


def mail_shows(message, typed: str, times: int = 1, in_subject: bool = True) -> None:
	shows(html(message), typed, times)
	says(text(message), typed)
	if in_subject:
		says(message["Subject"], typed)
	files = {part.get_filename() for part in message.walk() if part.get_filename()}
	assert files <= {"invite.ics"}, "no file of the server is attached"


def test_every_template_is_tested():
	assert {path.stem for path in PACKAGE.glob("templates/emails/*.html")} == TEMPLATES, (
		"add a test of its mail"
	)


@EACH_TEXT
@EACH_KIND
def test_stored_text_starts_no_tag_and_stays_the_same_when_saved_again(make, typed):
	doc = planned(typed, make)
	fields = [df.fieldname for df in plain_fields(doc)]
	before = [stored(doc, field) for field in fields]
	for field, value in zip(fields, before, strict=True):
		holds(value, drop_brackets(typed) if field == "how_to_reach" else typed)
	doc.reload().save()
	assert [stored(doc, field) for field in fields] == before
	for doctype, name in (("Activity Link", {"activity": doc.name}), ("Interaction Chain", doc.chain)):
		holds(frappe.db.get_value(doctype, name, "title"), typed)


@EACH_TEXT
def test_reminders_show_text_as_typed(typed):
	planned(typed)
	reminders.send_due_reminders(NOW)
	reminders.send_due_reminders(get_datetime("2100-06-01 10:05:00"))
	reminded, late = mails(ANA)
	mail_shows(reminded, typed, times=3)
	mail_shows(late, typed, times=3)
	for notice in bell(ANA):
		shows(notice, typed, times=2)


@EACH_TEXT
def test_digests_show_text_as_typed(typed):
	reader(MIA)
	rename(MIA, typed)
	make_leader(ANA, MIA)
	of = partner("Sever & Sons")
	mine, theirs = planned(typed, of=of), planned(typed, of=of)
	change_record(theirs, responsible=MIA)
	interaction(title=typed, responsible=ANA, starts_on="2026-01-05 09:00:00")
	digest.send_due_digests(SEVEN)
	(mail,) = (mail for mail in mails(ANA) if mail["Subject"].startswith("Your day"))
	mail_shows(mail, typed, times=4, in_subject=False)
	assert mine.name in html(mail) and "Sever & Sons" in text(mail)


@EACH_TEXT
def test_invitations_changes_and_cancellations_show_text_as_typed(typed):
	rename(ANA, typed)
	doc = a_meeting(typed)
	meeting_api.invite(doc.name, message=typed)
	invitation_shows(doc, EVA, typed, times=7)
	change_record(doc.reload(), ends_on="2100-06-01 12:00:00")
	invitation_shows(doc, EVA, typed, times=6)
	doc.remove(next(row for row in doc.participants if row.email == IVO))
	doc.save()
	invitation_shows(doc, IVO, typed, times=4)
	change_record(doc, status="Cancelled")
	invitation_shows(doc, EVA, typed, times=4)
	notes = frappe.get_all("Communication", {"reference_name": doc.name}, ["subject", "content"])
	assert len(notes) == 5
	for note in notes:
		shows(note.content, typed)
		holds(note.subject, typed)


def invitation_shows(doc, email: str, typed: str, times: int) -> None:
	message, event = mail_to(doc, email), event_for(doc, email)
	mail_shows(message, typed, times)
	for name in ("summary", "location", "description"):
		says(str(event[name]), typed)
	attendees = event["attendee"] if isinstance(event["attendee"], list) else [event["attendee"]]
	for person in (event["organizer"], *attendees):
		says(person.params["CN"], typed.replace('"', "'"))
	assert "&lt;" not in calendar_part(message).get_payload(decode=True).decode()


@EACH_TEXT
def test_print_formats_show_text_as_typed(typed):
	rename(ANA, typed)
	doc = a_meeting(typed, next_title=typed, plan_next=1, next_on="2100-07-01 09:00:00")
	doc.reload()
	doc.participants[0].db_set("phone", typed)
	for name in frappe.get_all("Print Format", {"module": "CRM Interactions"}, pluck="name"):
		shows(frappe.get_print("Meeting", doc.name, name), typed, times=6)


@EACH_TEXT
def test_calendar_events_and_assignments_show_text_as_typed(typed, monkeypatch):
	doc = planned(typed, add_to_calendar=1, contact=None)
	change_record(doc, title=f"{typed} 2")
	event = frappe.get_doc("Event", doc.event)
	holds(event.subject, typed)
	shows(event.description, drop_brackets(typed))  # *Phone or E-mail*
	done = interaction(
		title=typed, plan_next=1, next_in=2, next_unit="Days", next_title=typed, responsible=ANA
	)
	step = next_step_of(done)
	task = frappe.get_doc("ToDo", {"reference_name": step.name})
	shows(task.description, typed)
	for notice in bell(ANA):
		shows(notice, typed)


@EACH_TEXT
def test_google_calendar_gets_text_as_typed(typed, monkeypatch):
	pushed = []
	hook = "frappe.integrations.doctype.google_calendar.google_calendar.update_event_in_google_calendar"
	monkeypatch.setattr(hook, lambda doc, method=None: pushed.append(doc.subject))
	doc = planned(typed, add_to_calendar=1)
	google.send_event(doc.event)
	says(pushed[-1], typed)


@EACH_TEXT
def test_hand_overs_show_text_as_typed(typed):
	rename(ANA, typed)
	reader(IVO)
	doc = planned(typed)
	oversight.hand_over(ANA, IVO)
	for _owner, entry in timeline(doc):
		shows(entry, typed)
	shows(bell(IVO)[-1], typed)


def test_reminders_and_digests_are_marked_as_generated_and_invitations_are_not():
	doc = a_meeting("Offer")
	digest.send_due_digests(SEVEN)
	reminders.send_due_reminders(NOW)
	sent = mails(ANA)
	assert len(sent) == 2
	for message in sent:
		assert message["Auto-Submitted"] == "auto-generated"
		assert message["X-Auto-Response-Suppress"] == "All"
	meeting_api.invite(doc.name)
	assert mail_to(doc, EVA)["Auto-Submitted"] is None


@EACH_TEXT
def test_the_title_of_a_mail_is_escaped_before_its_styles_are_inlined(typed, monkeypatch):
	"""The inliner's parser, libxml2, reads tags in a title before version 2.14."""
	monkeypatch.setattr("frappe.email.email_body.inline_style_in_html", lambda page: page)
	planned(typed)
	reminders.send_due_reminders(NOW)
	mail = html(mails(ANA)[0])
	shows(mail, typed, times=3)
	shows(mail, drop_brackets(typed))  # *Phone or E-mail*
