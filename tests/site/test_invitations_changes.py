"""Changes of a meeting are sent to its invited participants exactly once (R13)."""

import frappe
import pytest

from crm_interactions.api import meeting as api
from crm_interactions.parties import participants
from tests.site.checks import stored
from tests.site.factories import change_record, contact, meeting, user
from tests.site.inviting import STARTS, addresses, event_for, invited, mail_to, mails, planned, queue, row
from tests.site.people import ANA, EVA, IVO

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("mail_account")]
CHANGES = {
	"time": {"starts_on": "2099-11-24 10:00:00", "ends_on": "2099-11-24 11:00:00"},
	"end": {"ends_on": "2099-11-23 12:00:00"},
	"place": {"place": "Ilica 2"},
	"title": {"title": "Another title"},
}
NO_CHANGES = {
	**{"nothing": {}, "notes": {"notes": "<p>Internal</p>"}},
	"agenda": {"agenda": "<p>More to talk about</p>"},
	**{"costs": {"expected_cost": 100, "expected_cost_currency": "EUR"}, "rating": {"rating": 0.8}},
	"blanks": {"title": " Offer for  pumps ", "place": "Ilica 1\n"},
	**{"microseconds": {"starts_on": "2099-11-23 10:00:00.250000"}, "oversight": {"under_control": 1}},
	"completion": {"completed": 1},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_sent_once_to_invited_participants(change):
	doc = change_record(invited(), **change)
	expected = {ANA: [("REQUEST", 1)], IVO: [("REQUEST", 1)]}
	assert mails(doc) == expected
	doc.save()
	frappe.get_doc("Meeting", doc.name).save()
	assert mails(doc) == expected
	assert "Changed" in mail_to(doc, ANA)["Subject"]


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_changes_outside_the_invitation_send_nothing(change):
	assert not queue(change_record(invited(), **change))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("status", ["Held", "Not Held", "Cancelled"])
def test_changes_of_a_meeting_that_is_no_longer_planned_send_nothing(change, status):
	doc = change_record(invited(), status=status)
	sent = mails(doc)
	assert mails(change_record(doc, **change)) == sent


def test_each_change_raises_the_sequence_number_and_keeps_the_uid():
	doc = invited(row(ANA))
	uids = set()
	for number, place in enumerate(("A", "B", "C"), 1):
		change_record(doc, place=place)
		event = event_for(doc, ANA)
		assert int(event["sequence"]) == number
		uids.add(str(event["uid"]))
	assert len(uids) == 1


def test_two_changes_that_cancel_out_are_both_sent():
	doc = invited(row(ANA))
	for place in ("Ilica 2", "Ilica 1"):
		change_record(doc, place=place)
	assert mails(doc) == {ANA: [("REQUEST", 1), ("REQUEST", 2)]}


def test_a_new_participant_is_invited_and_the_others_are_notified():
	doc = invited(row(ANA))
	doc.append("participants", row(EVA))
	doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1)], EVA: [("REQUEST", 1)]}
	assert addresses(event_for(doc, ANA)) == {ANA, EVA}
	assert "Invitation" in mail_to(doc, EVA)["Subject"]


def test_a_removed_participant_alone_gets_a_cancellation():
	doc = invited(row(ANA), row(IVO))
	doc.participants = [participant for participant in doc.participants if participant.email == ANA]
	doc.save()
	assert mails(doc) == {ANA: [("REQUEST", 1)], IVO: [("CANCEL", 1)]}
	assert addresses(event_for(doc, IVO)) == {IVO}
	assert event_for(doc, IVO).get("status") is None
	assert addresses(event_for(doc, ANA)) == {ANA}


def test_a_changed_address_gets_an_invitation_of_its_own():
	doc = invited(row(ANA))
	doc.participants[0].email = EVA
	doc.save()
	assert mails(doc) == {ANA: [("CANCEL", 1)], EVA: [("REQUEST", 1)]}


def test_sending_the_same_participants_again_changes_nothing():
	"""REST clients send rows without their names."""
	doc = invited()
	doc.set("participants", [row(ANA), row(IVO)])
	doc.save()
	assert not queue(doc)


def test_a_meeting_planned_again_sends_invitations_on_request_only():
	doc = invited(row(ANA))
	for status in ("Cancelled", "Planned"):
		change_record(doc, status=status)
	assert mails(doc) == {ANA: [("CANCEL", 1)]}
	api.invite(doc.name)
	assert mails(doc) == {ANA: [("CANCEL", 1), ("REQUEST", 0)]}


def test_a_change_that_cannot_be_mailed_is_not_saved(remove_accounts):
	doc = invited()
	remove_accounts()
	with pytest.raises(frappe.OutgoingEmailError, match="participants can't be notified"):
		change_record(doc, place="Ilica 2")
	frappe.db.rollback(save_point="before_invitation")
	assert stored(doc, "place") == "Ilica 1" and not queue(doc)


def test_a_copy_starts_without_invitations():
	doc = change_record(frappe.copy_doc(invited()).insert(), place="Ilica 2")
	assert not queue(doc) and not doc.invited_on


def test_a_client_cannot_set_the_invited_participants():
	doc = invited(row(ANA))
	sent = {"invitation_state": None, "invited_on": None, "invitation_sequence": 99, "invitation_uid": "x"}
	change_record(doc, place="Ilica 2", **sent)
	assert mails(doc) == {ANA: [("REQUEST", 1)]}
	other = planned(row(ANA), invitation_state='{"invited": []}', invited_on=STARTS)
	assert not other.invited_on and not other.invitation_state


def test_linked_participants_are_invited_with_their_own_address(shop):
	ana = contact(shop, email=ANA)
	linked = {"participant_type": "Contact", "participant": ana.name}
	doc = meeting(shop, starts_on=STARTS, participants=[linked])
	assert participants.read_contact_details("Contact", ana.name)["email"] == ANA
	api.invite(doc.name)
	assert mails(doc) == {ANA: [("REQUEST", 0)]}


def test_the_preview_lists_invitees_and_participants_without_an_address():
	doc = planned(row(ANA), row(None, "Nobody Reachable"))
	answer = api.invitees(doc.name)
	(reached,) = answer["rows"]
	assert (reached["email"], reached["full_name"], reached["invited"]) == (ANA, "Ana", 0)
	assert (answer["without_address"], answer["open"]) == (["Nobody Reachable"], True)
	assert answer["reply_to"] == frappe.db.get_value("User", doc.responsible, "email")
	api.invite(doc.name)
	assert api.invitees(doc.name)["rows"][0]["invited"] == 1


def test_a_user_with_read_permission_sees_the_preview_but_cannot_invite(as_user):
	doc = planned()
	reader = user("reader@example.com", "Interaction User").name
	frappe.share.add("Meeting", doc.name, reader, read=1)
	frappe.db.set_value("Has Role", {"parent": reader, "role": "Interaction User"}, "role", "Guest")
	frappe.clear_cache(user=reader)
	as_user(reader)
	assert api.invitees(doc.name)["rows"]
	with pytest.raises(frappe.PermissionError):
		api.invite(doc.name)
	as_user("Administrator")
	assert not queue(doc)
