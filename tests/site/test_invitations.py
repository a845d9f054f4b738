"""Invitations: sent when asked, followed by what changes, exactly once each (R13)."""

from email import message_from_string, policy
from zoneinfo import ZoneInfo

import frappe
import pytest
from checks import refused
from factories import contact, email_account, meeting, partner, user
from frappe.email.doctype.email_queue.email_queue import EmailQueue, SendMailContext
from icalendar import Calendar

from crm_interactions.api import meeting as api
from crm_interactions.invitations import meeting as invitations
from crm_interactions.parties import participants

pytestmark = pytest.mark.records_only
ANA, IVO, EVA = "ana@example.com", "ivo@example.com", "eva@example.com"
STARTS, ENDS = "2099-11-23 10:00:00", "2099-11-23 11:30:00"


@pytest.fixture(autouse=True)
def account():
	yield email_account()
	frappe.local.outgoing_email_account = {}


def row(email: str | None, name: str | None = None, side: str = "Theirs") -> dict:
	return {"full_name": name or (email or "Nobody").split("@")[0].title(), "email": email, "side": side}


def planned(*rows, **fields):
	"""Return a saved meeting that nobody is invited to yet."""
	fields = {"starts_on": STARTS, "ends_on": ENDS, "place": "Ilica 1", "title": "Offer for pumps", **fields}
	return meeting(participants=list(rows) or [row(ANA), row(IVO)], **fields)


def invited(*rows, **fields):
	"""Return a meeting whose participants are invited, as it is in the database; their mails are forgotten."""
	doc = planned(*rows, **fields)
	api.invite(doc.name)
	drop_mails()
	return fresh(doc)


def fresh(doc):
	return frappe.get_doc(doc.doctype, doc.name)


def drop_mails():
	for name in frappe.get_all("Email Queue", pluck="name"):
		frappe.delete_doc("Email Queue", name, force=True, delete_permanently=True)


def mails(doc) -> dict[str, list]:
	"""Return, for each recipient, method and number of the calendars that were queued for him about a meeting."""
	found: dict[str, list] = {}
	for queued in queue(doc):
		calendar, event = calendar_of(queued)
		for recipient in queued.recipients:
			entry = (str(calendar["method"]), int(event["sequence"]))
			found.setdefault(recipient.recipient, []).append(entry)
	return found


def queue(doc) -> list:
	names = frappe.get_all(
		"Email Queue",
		filters={"reference_doctype": "Meeting", "reference_name": doc.name},
		pluck="name",
		order_by="creation",
	)
	return [frappe.get_doc("Email Queue", name) for name in names]


def mail_to(doc, email: str):
	"""Return the newest mail to an address, as it would leave the site."""
	queued = next(one for one in reversed(queue(doc)) if one.recipients[0].recipient == email)
	return sent(queued, email)


def sent(queued: EmailQueue, email: str):
	text = SendMailContext(queued).build_message(email).decode()
	return message_from_string(text, policy=policy.SMTP)


def calendar_part(message):
	(part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
	return part


def calendar_of(queued):
	part = calendar_part(sent(queued, queued.recipients[0].recipient))
	calendar = Calendar.from_ical(part.get_payload(decode=True))
	(event,) = calendar.walk("VEVENT")
	assert part.get_param("method") == calendar["method"]
	return calendar, event


def event_for(doc, email: str):
	queued = next(one for one in reversed(queue(doc)) if one.recipients[0].recipient == email)
	return calendar_of(queued)[1]


def body_of(message) -> str:
	return message.get_body(("html",)).get_content()


def addresses(event) -> set[str]:
	found = event["attendee"]
	return {str(one).removeprefix("mailto:") for one in (found if isinstance(found, list) else [found])}


# what is sent when asked


def test_nothing_is_sent_by_itself():
	doc = planned()
	doc.place = "Ilica 2"
	doc.save()
	assert not queue(doc)


def test_everybody_with_an_address_is_invited():
	doc = planned(row(ANA), row(IVO), row(None, "Nobody Reachable"))
	answer = api.invite(doc.name)
	assert answer["invited"] == [ANA, IVO]
	assert answer["without_address"] == ["Nobody Reachable"]
	assert answer["invited_on"] == fresh(doc).invited_on
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)]}


def test_calendar_says_what_the_meeting_says():
	user("marko@example.com", "Interaction User", first_name="Marko")
	doc = planned(
		row(ANA, 'Ana "Anči" Horvat, dr.'),
		row("marko@example.com", "Marko", "Ours"),
		responsible="marko@example.com",
		title="Понуда; čćž, 会議",
		place="Ilica 1\nZagreb, \\\\North",
		agenda='<ol><li data-list="bullet">Prices</li></ol><p>Delivery &amp; payment</p>',
	)
	api.invite(doc.name)
	event = event_for(doc, ANA)
	assert event["summary"] == "Понуда; čćž, 会議"
	assert event["location"].startswith("Ilica 1\nZagreb")
	assert event["description"] == "• Prices\nDelivery & payment"
	assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:marko@example.com", "Marko")
	assert {str(one): one.params["ROLE"] for one in event["attendee"]} == {
		"mailto:ana@example.com": "REQ-PARTICIPANT",
		"mailto:marko@example.com": "CHAIR",
	}
	zone = ZoneInfo(frappe.utils.get_system_timezone())
	for field, expected in (("dtstart", STARTS), ("dtend", ENDS)):
		assert event[field].to_ical().endswith(b"Z")
		assert event.decoded(field).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") == expected


def test_mail_is_one_that_mail_programs_take():
	doc = planned(row(ANA, "Ana Čačić"), title="Понуда за пумпе " * 5)
	api.invite(doc.name)
	message = mail_to(doc, ANA)
	part = calendar_part(message)
	assert part.get_content_type() == "text/calendar"
	assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
	assert part.get_filename() == "invite.ics"
	text = part.get_payload(decode=True).decode("utf-8")
	assert text.startswith("BEGIN:VCALENDAR") and "Понуда" in text.replace("\r\n ", "").replace("\n ", "")
	assert message["Reply-To"] == frappe.db.get_value("User", doc.responsible, "email")
	assert message["To"] == ANA
	body = body_of(message)
	assert "Ilica 1" in body and "Понуда" in body and "Ana Čačić" in body


def test_hostile_values_stay_text_in_the_mail():
	evil = '<img src=x onerror="alert(1)">'
	doc = planned(row(ANA, evil), title=f"Offer {evil}", place=f"{evil}\r\nBcc: evil@example.com")
	api.invite(doc.name, message=f"Hello {evil}\n{{{{ 7 * 7 }}}}")
	message = mail_to(doc, ANA)
	body = body_of(message)
	assert "<img" not in body and "&lt;img src=" in body
	assert "49" not in body
	assert message["Bcc"] is None
	assert list(mails(doc)) == [ANA]


def test_senders_words_are_in_the_mail_of_the_invitation_only():
	doc = planned(row(ANA))
	api.invite(doc.name, message="Please bring\nthe contract.")
	assert "Please bring" in body_of(mail_to(doc, ANA))
	doc = fresh(doc)
	doc.place = "Ilica 2"
	doc.save()
	assert "Please bring" not in body_of(mail_to(doc, ANA))


def test_address_that_is_there_twice_gets_one_mail():
	doc = planned(row(ANA), row("ANA@example.com", "Again"), row(f"{IVO}, {EVA}", "Two of Them"))
	api.invite(doc.name)
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)], EVA: [("REQUEST", 0)]}


def test_who_wants_no_mail_gets_none():
	frappe.get_doc({"doctype": "Email Unsubscribe", "email": IVO, "global_unsubscribe": 1}).insert()
	answer = api.invite(planned().name)
	assert (answer["invited"], answer["without_address"]) == ([ANA], ["Ivo"])


def test_each_in_his_language():
	for email, language in ((IVO, "de"), (EVA, "en")):
		user(email, "Interaction User").db_set("language", language)
	doc = planned(row(ANA), row(IVO), row(EVA))
	api.invite(doc.name)
	assert "November 23, 2099" in body_of(mail_to(doc, EVA))
	assert "23. November 2099" in body_of(mail_to(doc, IVO))
	assert frappe.local.lang == "en"


def test_timeline_shows_what_was_sent_once():
	doc = planned()
	api.invite(doc.name)
	(note,) = communications(doc)
	assert (note.sent_or_received, note.recipients) == ("Sent", f"{ANA}, {IVO}")
	assert "Offer for pumps" in note.subject
	assert {queued.communication for queued in queue(doc)} == {note.name}


def test_answers_find_the_meeting():
	"""The platform hangs an answer where the mail stands that it answers."""
	doc = planned()
	api.invite(doc.name)
	(note,) = communications(doc)
	for email in (ANA, IVO):
		assert mail_to(doc, email)["Message-Id"] == f"<{note.message_id}>"


def communications(doc) -> list:
	return frappe.get_all(
		"Communication",
		filters={"reference_doctype": "Meeting", "reference_name": doc.name},
		fields=["name", "subject", "recipients", "sent_or_received", "message_id"],
		order_by="creation",
	)


# what is refused


@pytest.mark.parametrize("status", ["Held", "Not Held", "Cancelled"])
def test_only_to_what_is_planned(status):
	doc = planned(status=status)
	with refused(frappe.ValidationError, "isn't planned any more"):
		api.invite(doc.name)
	assert not queue(doc)


def test_nobody_to_invite():
	doc = planned(row(None))
	with refused(frappe.ValidationError, "No participant of .* has an e-mail address"):
		api.invite(doc.name)


def test_second_time_has_nothing_to_send():
	doc = invited()
	with refused(frappe.ValidationError, "invited already"):
		api.invite(doc.name)
	assert not queue(doc)


def test_site_without_an_account_says_so(monkeypatch):
	doc = planned()
	no_account(monkeypatch)
	with refused(frappe.OutgoingEmailError, "no outgoing e-mail account"):
		try:
			api.invite(doc.name)
		except Exception:
			frappe.db.rollback(save_point="before_invitation")
			raise
	assert not queue(doc) and not fresh(doc).invited_on


def no_account(monkeypatch):
	"""As on a site that nobody has set up for mail; what was written is taken back as at the end of a request."""
	frappe.db.savepoint("before_invitation")
	for name in frappe.get_all("Email Account", {"enable_outgoing": 1}, pluck="name"):
		frappe.db.set_value("Email Account", name, "enable_outgoing", 0)
	monkeypatch.setattr(frappe.flags, "mute_emails", False)
	for key in ("mute_emails", "mail_server"):
		monkeypatch.setitem(frappe.local.conf, key, 0)
	frappe.local.outgoing_email_account = {}


def test_older_copy_of_the_meeting_invites_nobody():
	doc = planned()
	first, second = fresh(doc), fresh(doc)
	invitations.invite(first)
	with pytest.raises(frappe.TimestampMismatchError):
		invitations.invite(second)
	assert mails(doc) == {ANA: [("REQUEST", 0)], IVO: [("REQUEST", 0)]}


# what follows a change

CHANGES = {
	"time": {"starts_on": "2099-11-24 10:00:00", "ends_on": "2099-11-24 11:00:00"},
	"end": {"ends_on": "2099-11-23 12:00:00"},
	"place": {"place": "Ilica 2"},
	"title": {"title": "Another title"},
}
NO_CHANGES = {
	"nothing": {},
	"notes": {"notes": "<p>Internal</p>"},
	"agenda": {"agenda": "<p>More to talk about</p>"},
	"costs": {"expected_cost": 100, "expected_cost_currency": "EUR"},
	"rating": {"rating": 0.8},
	"blanks": {"title": " Offer for  pumps ", "place": "Ilica 1\n"},
	"microseconds": {"starts_on": "2099-11-23 10:00:00.250000"},
	"oversight": {"under_control": 1},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_change_is_sent_to_the_invited_once(change):
	doc = invited()
	doc.update(change)
	doc.save()
	expected = {ANA: [("REQUEST", 1)], IVO: [("REQUEST", 1)]}
	assert mails(doc) == expected
	doc.save()
	fresh(doc).save()
	assert mails(doc) == expected
	assert "Changed" in mail_to(doc, ANA)["Subject"]


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES.keys())
def test_what_the_invitation_does_not_tell_sends_nothing(change):
	doc = invited()
	doc.update(change)
	doc.save()
	assert not queue(doc)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("status", ["Held", "Not Held"])
def test_what_is_over_sends_nothing(change, status):
	doc = invited()
	doc.status = status
	doc.save()
	doc.update(change)
	doc.save()
	assert not queue(doc)


def test_completing_sends_nothing():
	doc = invited()
	doc.completed = 1
	doc.save()
	assert not queue(doc)


def test_numbers_grow_and_the_meeting_stays_the_same():
	doc = invited(row(ANA))
	uids = set()
	for number, place in enumerate(("A", "B", "C"), 1):
		doc.place = place
		doc.save()
		event = event_for(doc, ANA)
		assert int(event["sequence"]) == number
		uids.add(str(event["uid"]))
	assert len(uids) == 1


def test_two_changes_that_cancel_out_are_two_changes():
	doc = invited(row(ANA))
	for place in ("Ilica 2", "Ilica 1"):
		doc.place = place
		doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1), ("REQUEST", 2)]}


def test_new_participant_is_invited_and_the_others_are_told():
	doc = invited(row(ANA))
	doc.append("participants", row(EVA))
	doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1)], EVA: [("REQUEST", 1)]}
	assert addresses(event_for(doc, ANA)) == {ANA, EVA}
	assert "Invitation" in mail_to(doc, EVA)["Subject"]


def test_removed_participant_is_told_alone_that_it_is_off():
	doc = invited(row(ANA), row(IVO))
	doc.participants = [one for one in doc.participants if one.email == ANA]
	doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1)], IVO: [("CANCEL", 1)]}
	assert addresses(event_for(doc, IVO)) == {IVO}
	assert event_for(doc, IVO).get("status") is None
	assert addresses(event_for(doc, ANA)) == {ANA}


def test_another_address_is_another_invitation():
	doc = invited(row(ANA))
	doc.participants[0].email = EVA
	doc.save()
	assert mails(doc) == {ANA: [("CANCEL", 1)], EVA: [("REQUEST", 1)]}


def test_table_that_is_sent_anew_changes_nothing():
	"""A client of the REST interface sends rows without their names."""
	doc = invited()
	doc.set("participants", [row(ANA), row(IVO)])
	doc.save()
	assert not queue(doc)


def test_cancelled_meeting_is_taken_back_once():
	doc = invited()
	doc.status = "Cancelled"
	doc.save()
	assert mails(doc) == {ANA: [("CANCEL", 1)], IVO: [("CANCEL", 1)]}
	assert event_for(doc, ANA)["status"] == "CANCELLED"
	assert not fresh(doc).invited_on
	doc.place = "Ilica 2"
	doc.save()
	assert len(queue(doc)) == 2


def test_cancelled_and_planned_again_is_invited_when_asked():
	doc = invited(row(ANA))
	for status in ("Cancelled", "Planned"):
		doc.status = status
		doc.save()
	assert mails(doc) == {ANA: [("CANCEL", 1)]}
	api.invite(doc.name)
	assert mails(doc) == {ANA: [("CANCEL", 1), ("REQUEST", 2)]}


def test_deleted_meeting_is_taken_back():
	doc = invited()
	uid = doc.invitation_uid
	frappe.delete_doc("Meeting", doc.name)
	assert mails(doc) == {ANA: [("CANCEL", 1)], IVO: [("CANCEL", 1)]}
	assert str(event_for(doc, ANA)["uid"]) == uid


def test_deleting_what_was_held_sends_nothing():
	doc = invited()
	doc.status = "Held"
	doc.save()
	frappe.delete_doc("Meeting", doc.name)
	assert not queue(doc)


def test_change_that_cannot_be_told_is_not_saved(monkeypatch):
	doc = invited()
	no_account(monkeypatch)
	doc.place = "Ilica 2"
	with pytest.raises(frappe.OutgoingEmailError):
		doc.save()
	frappe.db.rollback(save_point="before_invitation")
	assert fresh(doc).place == "Ilica 1" and not queue(doc)


def test_copy_starts_without_invitations():
	doc = frappe.copy_doc(invited())
	doc.insert()
	doc.place = "Ilica 2"
	doc.save()
	assert not queue(doc) and not doc.invited_on


def test_client_cannot_say_who_was_invited():
	doc = invited(row(ANA))
	doc.update(
		{"invitation_state": None, "invited_on": None, "invitation_sequence": 99, "invitation_uid": "x"}
	)
	doc.place = "Ilica 2"
	doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1)]}
	other = planned(row(ANA), invitation_state='{"invited": []}', invited_on=STARTS)
	assert not other.invited_on and not other.invitation_state


def test_linked_participants_are_invited_with_their_own_address():
	shop = partner()
	ana = contact(shop, email=ANA)
	doc = meeting(
		shop, starts_on=STARTS, participants=[{"participant_type": "Contact", "participant": ana.name}]
	)
	assert participants.details("Contact", ana.name)["email"] == ANA
	api.invite(doc.name)
	assert mails(doc) == {ANA: [("REQUEST", 0)]}


# what the button's dialog shows


def test_preview():
	doc = planned(row(ANA), row(None, "Nobody Reachable"))
	answer = api.invitees(doc.name)
	assert answer["rows"] == [{"email": ANA, "full_name": "Ana", "invited": 0}]
	assert answer["without_address"] == ["Nobody Reachable"]
	assert answer["open"] is True
	assert answer["reply_to"] == frappe.db.get_value("User", doc.responsible, "email")
	api.invite(doc.name)
	assert api.invitees(doc.name)["rows"][0]["invited"] == 1


def test_reader_sees_the_preview_but_invites_nobody(as_user):
	"""Who may read but not write the meeting."""
	doc = planned()
	user("reader@example.com", "Interaction User")
	frappe.share.add("Meeting", doc.name, "reader@example.com", read=1)
	frappe.db.set_value(
		"Has Role", {"parent": "reader@example.com", "role": "Interaction User"}, "role", "Guest"
	)
	frappe.clear_cache(user="reader@example.com")
	as_user("reader@example.com")
	assert api.invitees(doc.name)["rows"]
	with pytest.raises(frappe.PermissionError):
		api.invite(doc.name)
	as_user("Administrator")
	assert not queue(doc)
