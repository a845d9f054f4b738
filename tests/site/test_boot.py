"""What the Desk is told before the first form opens, and whom it is told about (R4)."""

import frappe
import pytest
from factories import partner_type, user

from crm_interactions import boot

pytestmark = pytest.mark.records_only

COLLEAGUE = "boot.colleague@example.com"
READER = "boot.reader@example.com"
FORMS = ("Interaction", "Meeting", "Product Record")


def told(to: str) -> frappe._dict:
	"""Return what a user's Desk is told, beginning with what the platform has told it before."""
	frappe.set_user(to)
	own = {"can_create": [*FORMS, "ToDo"]}
	bootinfo = frappe._dict(user=frappe._dict(own), user_info=frappe._dict())
	boot.extend_bootinfo(bootinfo)
	return bootinfo


@pytest.fixture
def colleague():
	return user(COLLEAGUE, "Interaction User", first_name="Vesna")


@pytest.mark.parametrize(
	"role, names_go",
	[
		("Interaction User", True),
		("Interaction Manager", True),
		("Report Manager", False),
	],
)
def test_names_of_colleagues_go_to_those_who_may_read_interactions(colleague, role, names_go):
	user(READER, role)
	known = told(READER).user_info
	assert (COLLEAGUE in known) is names_go
	if names_go:
		assert known[COLLEAGUE]["fullname"] == "Vesna"


def test_a_website_user_gets_no_names(colleague):
	doc = user(READER)
	doc.user_type = "Website User"
	doc.save()
	assert frappe.db.get_value("User", READER, "user_type") == "Website User"
	assert not told(READER).user_info


def test_a_guest_is_told_nothing(colleague):
	bootinfo = told("Guest")
	assert "crm_interactions" not in bootinfo
	assert not bootinfo.user_info


def test_only_users_of_the_app_are_colleagues(colleague):
	outsider = user("boot.outsider@example.com", "Report Manager")
	assert COLLEAGUE in boot.colleagues()
	assert outsider.name not in boot.colleagues()


def test_there_is_a_limit_to_the_names(colleague, monkeypatch):
	user("boot.second@example.com", "Interaction User")
	monkeypatch.setattr(boot, "MOST_COLLEAGUES", 1)
	assert len(boot.colleagues()) == 1


def test_settings_are_told(settings, colleague):
	settings(use_reviewed=0, timer_enabled=0, default_priority="High")
	about = told(COLLEAGUE).crm_interactions
	assert (about["use_reviewed"], about["timer_enabled"], about["default_priority"]) == (0, 0, "High")
	assert about["use_under_control"] == 1


def test_partner_and_participant_types_are_told(colleague):
	about = told(COLLEAGUE).crm_interactions
	assert partner_type() in about["party_types"]
	assert {"Contact", "User", partner_type()} <= set(about["participant_types"])


def test_what_is_switched_off_cannot_be_created(settings, colleague):
	settings(enable_sms=0, enable_meetings=0)
	bootinfo = told(COLLEAGUE)
	assert bootinfo.user["can_create"] == ["Interaction", "Product Record", "ToDo"]
	assert bootinfo.crm_interactions["media_off"] == ["Meeting", "SMS"]


def test_what_is_switched_on_can_be_created(colleague):
	bootinfo = told(COLLEAGUE)
	assert bootinfo.user["can_create"] == [*FORMS, "ToDo"]
	assert bootinfo.crm_interactions["media_off"] == []
