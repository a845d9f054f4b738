"""Functional options: switched-off media can't be recorded and aren't offered (R4)."""

import frappe
import pytest

from crm_interactions import boot
from crm_interactions.exceptions import OptionOffError
from tests.site.checks import refused
from tests.site.factories import change_record, interaction, log_in, meeting, record

pytestmark = pytest.mark.records_only
OPTIONS = {
	**{"Phone Call": "enable_calls", "Meeting": "enable_meetings", "E-mail": "enable_email"},
	**{"SMS": "enable_sms", "Planned": "enable_planned"},
}
EACH = pytest.mark.parametrize("medium, option", OPTIONS.items())


@EACH
def test_a_switched_on_medium_can_be_recorded(medium, option):
	assert interaction(interaction_type=medium).name


@EACH
def test_a_switched_off_medium_cannot_be_recorded(medium, option, settings):
	settings(**{option: 0})
	with refused(OptionOffError, f"{medium}.* is switched off. An administrator can switch it on in"):
		interaction(interaction_type=medium)


@EACH
def test_a_switched_off_medium_leaves_the_others_available(medium, option, settings):
	settings(**{option: 0})
	for other in OPTIONS.keys() - {medium}:
		assert interaction(interaction_type=other).name


@EACH
def test_older_records_of_a_switched_off_medium_can_be_saved(medium, option, settings):
	doc = interaction(interaction_type=medium)
	settings(**{option: 0})
	change_record(doc, notes="Called back.")


@EACH
def test_older_records_cannot_change_to_a_switched_off_medium(medium, option, settings):
	doc = interaction(interaction_type=next(name for name in OPTIONS if name != medium))
	settings(**{option: 0})
	with refused(OptionOffError, "is switched off"):
		change_record(doc, interaction_type=medium)


def test_a_type_added_by_an_administrator_follows_its_medium(settings):
	record("Interaction Type", title="Viber", medium="SMS")
	record("Interaction Type", title="Fair", medium="Other")
	assert interaction(interaction_type="Viber").name
	settings(**dict.fromkeys(OPTIONS.values(), 0))
	with refused(OptionOffError, "Viber.* is switched off"):
		interaction(interaction_type="Viber")
	assert interaction(interaction_type="Fair").name


def test_switched_off_meetings_cannot_be_created_with_any_type(settings):
	record("Interaction Type", title="Fair", medium="Other")
	doc = meeting()
	settings(enable_meetings=0)
	with refused(OptionOffError, "Meetings.* is switched off"):
		meeting(interaction_type="Fair")
	change_record(doc, agenda="Prices")


@EACH
def test_the_desk_knows_the_switched_off_media(medium, option, settings):
	assert _bootinfo().crm_interactions["media_off"] == []
	settings(**{option: 0})
	assert _bootinfo().crm_interactions["media_off"] == [medium]


def test_the_desk_offers_no_new_meeting_if_meetings_are_switched_off(settings):
	assert "Meeting" in _bootinfo().user["can_create"]
	settings(enable_meetings=0)
	assert _bootinfo().user["can_create"] == ["Interaction"]


def test_the_desk_knows_the_options_for_oversight_and_timer(settings):
	off = {"use_reviewed": 0, "use_under_control": 0, "timer_enabled": 0}
	settings(**off)
	assert off.items() <= _bootinfo().crm_interactions.items()


def test_a_guest_gets_no_boot_information(as_user):
	as_user("Guest")
	assert "crm_interactions" not in _bootinfo()


def test_only_administrators_can_change_the_settings(settings):
	log_in("recorder@example.com", "Interaction User")
	with pytest.raises(frappe.PermissionError):
		settings(enable_sms=0)


def _bootinfo():
	info = frappe._dict(user={"can_create": ["Interaction", "Meeting"]})
	boot.extend_bootinfo(info)
	return info
