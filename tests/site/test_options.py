"""Functional options: what is off can't be created and isn't offered (R4)."""

import frappe
import pytest
from checks import refused
from factories import interaction, meeting, user

from crm_interactions import boot
from crm_interactions.exceptions import OptionOffError

pytestmark = pytest.mark.records_only
OPTIONS = {
	"Phone Call": "enable_calls",
	"Meeting": "enable_meetings",
	"E-mail": "enable_email",
	"SMS": "enable_sms",
	"Planned": "enable_planned",
}
EACH = pytest.mark.parametrize("medium, option", OPTIONS.items())


@EACH
def test_what_is_on_can_be_recorded(medium, option):
	assert interaction(interaction_type=medium).name


@EACH
def test_what_is_off_cannot_be_recorded(medium, option, settings):
	settings(**{option: 0})
	with refused(OptionOffError, f"{medium}.* is switched off. An administrator can switch it on in"):
		interaction(interaction_type=medium)


@EACH
def test_what_is_off_hides_no_other_medium(medium, option, settings):
	settings(**{option: 0})
	for other in OPTIONS.keys() - {medium}:
		assert interaction(interaction_type=other).name


@EACH
def test_older_records_stay_saveable(medium, option, settings):
	doc = interaction(interaction_type=medium)
	settings(**{option: 0})
	doc.notes = "Called back."
	doc.save()


@EACH
def test_older_records_cannot_be_turned_into_what_is_off(medium, option, settings):
	other = next(name for name in OPTIONS if name != medium)
	doc = interaction(interaction_type=other)
	settings(**{option: 0})
	doc.interaction_type = medium
	with refused(OptionOffError, "is switched off"):
		doc.save()


def test_type_of_the_administrators_own_follows_its_medium(settings):
	frappe.get_doc({"doctype": "Interaction Type", "title": "Viber", "medium": "SMS"}).insert()
	frappe.get_doc({"doctype": "Interaction Type", "title": "Fair", "medium": "Other"}).insert()
	assert interaction(interaction_type="Viber").name
	settings(**dict.fromkeys(OPTIONS.values(), 0))
	with refused(OptionOffError, "Viber.* is switched off"):
		interaction(interaction_type="Viber")
	assert interaction(interaction_type="Fair").name


def test_meetings_that_are_off_cannot_be_created_whatever_their_type(settings):
	frappe.get_doc({"doctype": "Interaction Type", "title": "Fair", "medium": "Other"}).insert()
	doc = meeting()
	settings(enable_meetings=0)
	with refused(OptionOffError, "Meetings.* is switched off"):
		meeting(interaction_type="Fair")
	doc.agenda = "Prices"
	doc.save()


@EACH
def test_desk_is_told_what_is_off(medium, option, settings):
	assert _bootinfo().crm_interactions["media_off"] == []
	settings(**{option: 0})
	assert _bootinfo().crm_interactions["media_off"] == [medium]


def test_desk_offers_no_new_meeting_while_they_are_off(settings):
	assert "Meeting" in _bootinfo().user["can_create"]
	settings(enable_meetings=0)
	assert _bootinfo().user["can_create"] == ["Interaction"]


def test_desk_is_told_about_oversight_and_timer(settings):
	settings(use_reviewed=0, use_under_control=0, timer_enabled=0)
	told = _bootinfo().crm_interactions
	assert (told["use_reviewed"], told["use_under_control"], told["timer_enabled"]) == (0, 0, 0)


def test_guest_is_told_nothing(as_user):
	as_user("Guest")
	assert "crm_interactions" not in _bootinfo()


def test_settings_are_the_administrators(as_user):
	user("recorder@example.com", "Interaction User")
	as_user("recorder@example.com")
	doc = frappe.get_doc("CRM Interactions Settings")
	doc.enable_sms = 0
	with pytest.raises(frappe.PermissionError):
		doc.save()


def _bootinfo():
	info = frappe._dict(user={"can_create": ["Interaction", "Meeting"]})
	boot.extend_bootinfo(info)
	return info
