"""Invited participants learn that a meeting doesn't take place, and who invites them (R13)."""

import frappe
import pytest
from frappe.desk.reportview import delete_bulk

from crm_interactions.api import activity as activity_api
from crm_interactions.api import chain as chain_api
from crm_interactions.api import meeting as api
from crm_interactions.api import oversight
from tests.site.checks import stored
from tests.site.factories import change_record, user
from tests.site.inviting import calendar_of, event_for, html_to, invited, mails, planned, queue, row
from tests.site.people import ANA, EVA, IVO

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("mail_account")]
MARKO, LUKA = "marko@example.com", "luka@example.com"
PAST = {"starts_on": "2024-03-01 10:00:00", "ends_on": "2024-03-01 11:00:00", "status": "Planned"}
PAST_TIME = {"starts_on": PAST["starts_on"], "ends_on": PAST["ends_on"]}
# as a call, the meeting needs a number
NUMBER = {"how_to_reach": "+385 1 4567 890"}
# every way in which a planned meeting comes to an end without taking place; meetings can't be merged
ENDS = {
	"not held": lambda doc: change_record(doc, status="Not Held"),
	"cancelled": lambda doc: change_record(doc, status="Cancelled"),
	"cancelled at another time": lambda doc: change_record(doc, status="Cancelled", **PAST_TIME),
	"by REST": lambda doc: frappe.client.set_value("Meeting", doc.name, "status", "Not Held"),
	"deleted": lambda doc: frappe.delete_doc("Meeting", doc.name),
	"deleted by REST": lambda doc: frappe.client.delete("Meeting", doc.name),
	"deleted in bulk": lambda doc: delete_bulk("Meeting", [doc.name]),
	"converted": lambda doc: activity_api.convert("Meeting", doc.name, "Phone Call"),
	"chain closed": lambda doc: chain_api.close(doc.chain, "Bought elsewhere", cancel_planned=1),
}
TAKES_OVER = {
	"form": lambda doc: change_record(doc, responsible=LUKA),
	"hand-over": lambda doc: oversight.hand_over(MARKO, LUKA),
}


@pytest.fixture(autouse=True)
def uncommitted(monkeypatch):
	"""Bulk deletion and hand-over commit."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


@pytest.fixture
def colleagues():
	for email in (MARKO, LUKA):
		user(email, "Interaction User", first_name=email.split("@")[0].title())


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_future_meeting_that_does_not_take_place_is_cancelled_for_all(end):
	doc = invited(**NUMBER)
	uid, chair = doc.invitation_uid, frappe.db.get_value("User", doc.responsible, "email")
	end(doc)
	assert mails(doc) == {ANA: [("CANCEL", 1)], IVO: [("CANCEL", 1)]}
	event = event_for(doc, ANA)
	assert (event["uid"], event["status"], event["organizer"]) == (uid, "CANCELLED", f"mailto:{chair}")
	body = html_to(doc, ANA)
	assert "has cancelled this meeting" in body and "Ivo" in body
	assert not stored(doc, "invited_on")


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_end_of_a_past_meeting_sends_nothing(end):
	doc = invited(**PAST, **NUMBER)
	end(doc)
	assert not queue(doc)


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_end_of_a_meeting_without_invitations_sends_nothing(end):
	doc = planned(**NUMBER)
	end(doc)
	assert not queue(doc)


def test_a_late_meeting_sends_its_new_time_but_no_corrections_of_the_past():
	doc = change_record(invited(row(ANA), **PAST), title="Another title")
	assert not queue(doc)
	change_record(doc, starts_on="2099-11-24 10:00:00", ends_on="2099-11-24 11:00:00")
	assert mails(doc) == {ANA: [("REQUEST", 1)]}


def test_deleting_a_held_meeting_sends_nothing():
	doc = change_record(invited(), status="Held")
	frappe.delete_doc("Meeting", doc.name)
	assert not queue(doc)


def test_a_deletion_that_is_rolled_back_sends_nothing():
	doc = invited()
	frappe.db.savepoint("before_deletion")
	frappe.delete_doc("Meeting", doc.name)
	frappe.db.rollback(save_point="before_deletion")
	assert not queue(doc)


@pytest.mark.parametrize("take_over", TAKES_OVER.values(), ids=TAKES_OVER)
def test_a_new_responsible_user_takes_back_the_invitation_and_invites(take_over, colleagues):
	doc = invited(row(ANA), row(MARKO, "Marko", "Ours"), responsible=MARKO)
	uid = doc.invitation_uid
	take_over(doc)
	assert mails(doc)[ANA] == [("CANCEL", 1), ("REQUEST", 0)]
	old, new = (calendar_of(mail)[1] for mail in queue(doc) if mail.recipients[0].recipient == ANA)
	assert (old["uid"], old["organizer"]) == (uid, f"mailto:{MARKO}")
	assert new["uid"] != old["uid"] and new["organizer"] == f"mailto:{LUKA}"
	assert "Luka invites you" in html_to(doc, ANA)
	assert stored(doc, "invited_on")


def test_a_take_over_with_other_participants_tells_each_what_concerns_them(colleagues):
	doc = invited(row(ANA), row(IVO), responsible=MARKO)
	change_record(doc, responsible=LUKA, participants=[row(ANA), row(EVA)])
	request, cancel = ("REQUEST", 0), ("CANCEL", 1)
	assert mails(doc) == {ANA: [cancel, request], IVO: [cancel], EVA: [request]}
	subjects = {note.recipients: note.subject for note in communications(doc)}
	assert subjects[IVO].startswith("Cancelled: ")


def test_a_new_address_of_the_organizer_stays_out_of_the_invitation(colleagues):
	"""Calendars would refuse the next change."""
	doc = invited(row(ANA), responsible=MARKO)
	uid = doc.invitation_uid
	frappe.db.set_value("User", MARKO, {"email": "marko.new@example.com", "full_name": "Marko Marić"})
	change_record(doc, place="Ilica 2")
	event = event_for(doc, ANA)
	assert (event["uid"], event["organizer"]) == (uid, f"mailto:{MARKO}")


def test_each_uid_has_one_organizer_and_growing_sequence_numbers(colleagues):
	doc = invited(row(ANA), responsible=MARKO)
	former = {doc.invitation_uid: {f"mailto:{MARKO}"}}
	steps = [{"responsible": LUKA}, {"place": "Ilica 2"}, {"responsible": MARKO, "place": "Ilica 3"}]
	steps += [{"status": "Held"}, {"responsible": LUKA}, {"status": "Planned"}, {"title": "Offer"}]
	steps += [{"status": "Not Held"}, {"responsible": MARKO}, {"status": "Planned"}]
	for step in steps:
		change_record(doc, **step)
	api.invite(doc.name)
	frappe.delete_doc("Meeting", doc.name)
	organizers, numbers = former, {}
	for _calendar, event in map(calendar_of, queue(doc)):
		organizers.setdefault(str(event["uid"]), set()).add(str(event["organizer"]))
		numbers.setdefault(str(event["uid"]), []).append(int(event["sequence"]))
	assert len(organizers) == 5 and all(len(found) == 1 for found in organizers.values())
	assert all(found == sorted({*found}) for found in numbers.values())


def communications(doc) -> list:
	about = {"reference_doctype": "Meeting", "reference_name": doc.name}
	return frappe.get_all("Communication", about, ["recipients", "subject"])
