"""My Day is the home page of users who record, unless they chose another start (B11)."""

import frappe
import pytest

from crm_interactions import boot
from tests.site.factories import log_in

pytestmark = pytest.mark.records_only


def start() -> tuple[str | None, str | None]:
	"""Return the home page of the Desk, and the page after the login."""
	info = frappe._dict(user=frappe._dict(can_create=[]), user_info={})
	boot.extend_bootinfo(info)
	frappe.local.response = frappe._dict()
	boot.on_session_creation()
	return info.get("home_page"), frappe.local.response.get("home_page")


def test_users_who_record_start_with_my_day():
	log_in("starts@example.com", "Interaction User")
	assert start() == ("my-day", "/app/my-day")


@pytest.mark.parametrize("user", ["Administrator", "others@example.com"])
def test_others_start_as_before(user):
	if user != "Administrator":
		log_in(user, "Interaction Manager")
	assert start() == (None, None)


@pytest.mark.parametrize("field", ["default_app", "default_workspace"])
def test_a_start_of_their_own_stays(field):
	log_in("chose@example.com", "Interaction User")
	value = {"default_app": "crm_interactions", "default_workspace": "Interactions"}[field]
	frappe.db.set_value("User", frappe.session.user, field, value)
	frappe.clear_document_cache("User", frappe.session.user)
	assert start() == (None, None)


def test_the_setting_switches_it_off(settings):
	settings(start_with_my_day=0)
	log_in("starts.off@example.com", "Interaction User")
	assert start() == (None, None)
