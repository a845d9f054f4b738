"""Invitations are sent on request, in mails that mail programs accept (R13)."""

from zoneinfo import ZoneInfo

import frappe
import pytest

from crm_interactions.api import meeting as api
from crm_interactions.invitations import meeting as invitations
from tests.site.checks import refused, stored
from tests.site.factories import change_record, user
from tests.site.inviting import SPAN, event_for, html_to, invite, invited, mail_to, mails, planned, queue, row
from tests.site.people import ANA, EVA, IVO

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("mail_account")]


def test_no_invitation_is_sent_without_a_request():
	assert not queue(change_record(planned(), place="Ilica 2"))


def test_every_participant_with_an_address_is_invited():
	doc = planned(row(ANA), row(IVO), row(None, "Nobody Reachable"))
	answer = api.invite(doc.name)
	assert (answer["invited"], answer["without_address"]) == ([ANA, IVO], ["Nobody Reachable"])
	assert answer["invited_on"] == stored(doc, "invited_on")
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)]}


def test_the_calendar_entry_matches_the_meeting():
	user("marko@example.com", "Interaction User", first_name="Marko")
	doc = invite(
		row(ANA, 'Ana "Anči" Horvat, dr.'),
		row("marko@example.com", "Marko", "Ours"),
		responsible="marko@example.com",
		title="Понуда; čćž, 会議",
		place="Ilica 1\nZagreb, \\\\North",
		agenda='<ol><li data-list="bullet">Prices</li></ol><p>Delivery &amp; payment</p>',
	)
	event = event_for(doc, ANA)
	assert event["summary"] == "Понуда; čćž, 会議"
	assert event["location"].startswith("Ilica 1\nZagreb")
	assert event["description"] == "• Prices\nDelivery & payment"
	assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:marko@example.com", "Marko")
	assert {str(attendee): attendee.params["ROLE"] for attendee in event["attendee"]} == {
		"mailto:ana@example.com": "REQ-PARTICIPANT",
		"mailto:marko@example.com": "CHAIR",
	}
	zone = ZoneInfo(frappe.utils.get_system_timezone())
	for field, expected in SPAN.items():
		assert event[field].to_ical().endswith(b"Z")
		assert event.decoded(field).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") == expected


def test_the_mail_holds_an_invitation_for_mail_programs():
	doc = invite(row(ANA, "Ana Čačić"), title="Понуда за пумпе " * 5)
	message = mail_to(doc, ANA)
	(part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
	assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
	assert part.get_filename() == "invite.ics"
	text = part.get_payload(decode=True).decode("utf-8")
	assert text.startswith("BEGIN:VCALENDAR") and "Понуда" in text.replace("\r\n ", "").replace("\n ", "")
	assert message["Reply-To"] == frappe.db.get_value("User", doc.responsible, "email")
	assert message["To"] == ANA
	body = html_to(doc, ANA)
	assert "Ilica 1" in body and "Понуда" in body and "Ana Čačić" in body


def test_hostile_values_stay_text_in_the_mail():
	evil = '<img src=x onerror="alert(1)">'
	doc = planned(row(ANA, evil), title=f"Offer {evil}", place=f"{evil}\r\nBcc: evil@example.com")
	api.invite(doc.name, message=f"Hello {evil}\n{{{{ 7907 * 7919 }}}}")
	body = html_to(doc, ANA)
	assert "<img" not in body and "&lt;img src=" in body
	assert str(7907 * 7919) not in body
	assert mail_to(doc, ANA)["Bcc"] is None
	assert list(mails(doc)) == [ANA]


def test_the_senders_message_is_in_the_invitation_only():
	doc = invite(row(ANA), message="Please bring\nthe contract.")
	assert "Please bring" in html_to(doc, ANA)
	change_record(doc.reload(), place="Ilica 2")
	assert "Please bring" not in html_to(doc, ANA)


def test_the_agenda_is_in_the_invitation_and_not_in_the_cancellation():
	doc = invite(row(ANA), agenda="<p>Prices and delivery</p>")
	assert "Prices and delivery" in html_to(doc, ANA)
	change_record(doc.reload(), status="Cancelled")
	assert "Prices and delivery" not in html_to(doc, ANA)


def test_a_repeated_address_gets_one_mail():
	doc = invite(row(ANA), row("ANA@example.com", "Again"), row(f"{IVO}, {EVA}", "Two of Them"))
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)], EVA: [("REQUEST", 0)]}


def test_an_unsubscribed_address_gets_no_invitation():
	frappe.get_doc({"doctype": "Email Unsubscribe", "email": IVO, "global_unsubscribe": 1}).insert()
	answer = api.invite(planned().name)
	assert (answer["invited"], answer["without_address"]) == ([ANA], ["Ivo"])


def test_each_user_is_invited_in_their_language():
	for email, language in ((IVO, "de"), (EVA, "en")):
		user(email, "Interaction User").db_set("language", language)
	doc = invite(row(ANA), row(IVO), row(EVA))
	assert "November 23, 2099" in html_to(doc, EVA)
	assert "23. November 2099" in html_to(doc, IVO)
	assert frappe.local.lang == "en"


def test_the_timeline_shows_one_entry_for_all_mails():
	doc = invite()
	(note,) = communications(doc)
	assert (note.sent_or_received, note.recipients) == ("Sent", f"{ANA}, {IVO}")
	assert "Offer for pumps" in note.subject
	assert {queued.communication for queued in queue(doc)} == {note.name}


def test_replies_are_linked_with_the_meeting():
	"""Frappe links a reply with the document of the mail that it answers."""
	doc = invite()
	(note,) = communications(doc)
	for email in (ANA, IVO):
		assert mail_to(doc, email)["Message-Id"] == f"<{note.message_id}>"


def communications(doc) -> list:
	about = {"reference_doctype": "Meeting", "reference_name": doc.name}
	fields = ["name", "subject", "recipients", "sent_or_received", "message_id"]
	return frappe.get_all("Communication", about, fields, order_by="creation")


@pytest.mark.parametrize("status", ["Held", "Not Held", "Cancelled"])
def test_only_planned_meetings_send_invitations(status):
	doc = planned(status=status)
	with refused(frappe.ValidationError, "is no longer planned"):
		api.invite(doc.name)
	assert not queue(doc)


def test_a_meeting_without_addresses_sends_no_invitations():
	doc = planned(row(None))
	with refused(frappe.ValidationError, "No participant of .* has an e-mail address"):
		api.invite(doc.name)


def test_inviting_the_same_participants_again_is_refused():
	doc = invited()
	with refused(frappe.ValidationError, "already invited"):
		api.invite(doc.name)
	assert not queue(doc)


def test_a_site_without_an_outgoing_account_refuses_to_invite(remove_accounts):
	doc = planned()
	remove_accounts()
	with refused(frappe.OutgoingEmailError, "no outgoing e-mail account"):
		try:
			api.invite(doc.name)
		except Exception:
			frappe.db.rollback(save_point="before_invitation")
			raise
	assert not queue(doc) and not stored(doc, "invited_on")


def test_an_outdated_copy_of_the_meeting_sends_no_invitations():
	doc = planned()
	first, second = (frappe.get_doc("Meeting", doc.name) for _copy in range(2))
	invitations.invite_participants(first)
	with pytest.raises(frappe.TimestampMismatchError):
		invitations.invite_participants(second)
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)]}
