"""Boot information of the Desk: options, types and the names of colleagues (R4)."""

import frappe
import pytest

from crm_interactions import boot
from tests.site.factories import change_record, partner_type, user

pytestmark = pytest.mark.records_only
COLLEAGUE, READER = "boot.colleague@example.com", "boot.reader@example.com"
FORMS = ("Interaction", "Meeting", "Product Record")


def boot_as(user: str) -> frappe._dict:
	"""Return the app's boot information for a user, added to Frappe's."""
	frappe.set_user(user)
	bootinfo = frappe._dict(user=frappe._dict(can_create=[*FORMS, "ToDo"]), user_info=frappe._dict())
	boot.extend_bootinfo(bootinfo)
	return bootinfo


@pytest.fixture
def colleague():
	return user(COLLEAGUE, "Interaction User", first_name="Vesna")


@pytest.mark.parametrize(
	"role, gets_names", [("Interaction User", True), ("Interaction Manager", True), ("Report Manager", False)]
)
def test_users_who_may_read_interactions_get_the_names_of_colleagues(colleague, role, gets_names):
	user(READER, role)
	known = boot_as(READER).user_info
	assert (COLLEAGUE in known) is gets_names
	assert not gets_names or known[COLLEAGUE]["fullname"] == "Vesna"


def test_a_website_user_gets_no_names(colleague):
	change_record(user(READER), user_type="Website User")
	assert frappe.db.get_value("User", READER, "user_type") == "Website User"
	assert not boot_as(READER).user_info


def test_a_guest_gets_no_boot_information(colleague):
	bootinfo = boot_as("Guest")
	assert "crm_interactions" not in bootinfo
	assert not bootinfo.user_info


def test_only_users_of_the_app_are_colleagues(colleague):
	outsider = user("boot.outsider@example.com", "Report Manager")
	assert COLLEAGUE in boot.colleagues()
	assert outsider.name not in boot.colleagues()


def test_the_number_of_names_is_limited(colleague, monkeypatch):
	user("boot.second@example.com", "Interaction User")
	monkeypatch.setattr(boot, "MOST_COLLEAGUES", 1)
	assert len(boot.colleagues()) == 1


def test_the_desk_knows_the_settings(settings, colleague):
	settings(use_reviewed=0, timer_enabled=0, default_priority="High")
	about = boot_as(COLLEAGUE).crm_interactions
	assert (about["use_reviewed"], about["timer_enabled"], about["default_priority"]) == (0, 0, "High")
	assert about["use_under_control"] == 1


def test_the_desk_knows_partner_and_participant_types(colleague):
	about = boot_as(COLLEAGUE).crm_interactions
	assert partner_type() in about["party_types"]
	assert {"Contact", "User", partner_type()} <= set(about["participant_types"])


def test_switched_off_media_cannot_be_created(settings, colleague):
	settings(enable_sms=0, enable_meetings=0)
	bootinfo = boot_as(COLLEAGUE)
	assert bootinfo.user["can_create"] == ["Interaction", "Product Record", "ToDo"]
	assert bootinfo.crm_interactions["media_off"] == ["Meeting", "SMS"]


def test_switched_on_media_can_be_created(colleague):
	bootinfo = boot_as(COLLEAGUE)
	assert bootinfo.user["can_create"] == [*FORMS, "ToDo"]
	assert bootinfo.crm_interactions["media_off"] == []
