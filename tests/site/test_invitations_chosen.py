"""Participants can be left out of an invitation, and each recipient gets the time in their own zone (R13)."""

from zoneinfo import ZoneInfo

import frappe
import pytest

from crm_interactions.api import meeting as api
from tests.site.checks import refused
from tests.site.factories import change_record, user
from tests.site.inviting import STARTS, addresses, event_for, html_to, mail_to, mails, planned, row
from tests.site.people import ANA, EVA, IVO

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("mail_account")]


@pytest.fixture
def far():
	"""Return a user in another time zone than the site's."""
	site = frappe.utils.get_system_timezone()
	doc = user("far@example.com", "Interaction User", first_name="Far")
	doc.update({"time_zone": "America/New_York" if site != "America/New_York" else "Asia/Tokyo"}).save()
	return doc


def test_a_participant_who_is_left_out_gets_nothing_until_invited():
	doc = planned(row(ANA), row(IVO), row(EVA))
	answer = api.invite(doc.name, left_out=[IVO.upper()])
	assert answer["invited"] == [ANA, EVA]
	assert {*mails(doc)} == {ANA, EVA}
	assert addresses(event_for(doc, ANA)) >= {f"{ANA}", EVA} and IVO not in addresses(event_for(doc, ANA))
	assert [each["left_out"] for each in api.invitees(doc.name)["rows"]] == [0, 1, 0]
	doc = change_record(frappe.get_doc("Meeting", doc.name), place="Ilica 2")
	assert {*mails(doc)} == {ANA, EVA}
	before = mails(doc)
	assert api.invite(doc.name)["invited"] == [ANA, IVO, EVA]
	assert mails(doc) == {**before, IVO: [("REQUEST", 2)]}


def test_a_new_participant_is_invited_while_another_stays_left_out():
	doc = planned(row(ANA), row(IVO))
	api.invite(doc.name, left_out=[IVO])
	doc = frappe.get_doc("Meeting", doc.name)
	doc.append("participants", row(EVA))
	doc.save()
	assert {*mails(doc)} == {ANA, EVA}


def test_an_invited_participant_cannot_be_left_out():
	doc = planned(row(ANA), row(IVO))
	api.invite(doc.name, left_out=[IVO])
	assert api.invite(doc.name, left_out=[ANA])["invited"] == [ANA, IVO]
	assert mails(doc)[ANA] == [("REQUEST", 0)]


def test_an_invitation_without_recipients_is_refused():
	doc = planned(row(ANA))
	with refused(frappe.ValidationError, "left out"):
		api.invite(doc.name, left_out=[ANA])


def test_the_mail_and_its_preview_tell_the_time_in_the_recipients_zone(far):
	doc = planned(row(ANA), row(far.email, "Far", "Ours"), agenda="<p>Prices</p>")
	site = ZoneInfo(frappe.utils.get_system_timezone())
	starts = frappe.utils.get_datetime(STARTS).replace(tzinfo=site)
	local = starts.astimezone(ZoneInfo(far.time_zone))
	preview = api.preview_invitation(doc.name, far.email.upper())
	assert f" {local.hour % 12 or 12}:00" in preview["when"] and far.time_zone in preview["when"]
	assert api.invitees(doc.name)["rows"][1]["when"] == preview["when"]
	assert "10:00" in api.preview_invitation(doc.name, ANA)["when"]
	assert (preview["title"], preview["place"], preview["agenda"]) == ("Offer for pumps", "Ilica 1", "Prices")
	api.invite(doc.name)
	assert preview["when"] in html_to(doc, far.email) and far.time_zone not in html_to(doc, ANA)
	assert mail_to(doc, far.email)["Subject"] == preview["subject"]


def test_a_preview_needs_an_address_of_the_meeting():
	doc = planned(row(ANA))
	with refused(frappe.ValidationError, "participant"):
		api.preview_invitation(doc.name, IVO)
