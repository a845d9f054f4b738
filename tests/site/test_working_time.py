"""Next steps on the clock of whoever acts, in working time, past holidays (R22); the arithmetic has tests of its own."""

import frappe
import pytest
from factories import interaction, user
from frappe.utils import get_datetime

from crm_interactions.followups import clock

pytestmark = pytest.mark.records_only
WEEK = dict.fromkeys(clock.WEEKDAYS[:5], 1)
needs_erpnext = pytest.mark.skipif("not frappe.db.exists('DocType', 'Holiday List')", reason="needs ERPNext")


@pytest.fixture(autouse=True)
def zagreb():
	frappe.db.set_single_value("System Settings", "time_zone", "Europe/Zagreb")
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.cache.delete_value("time_zone")
	frappe.local.system_settings = None


@pytest.fixture
def marta():
	return user("marta@example.com", "Interaction User")


@pytest.fixture
def working(settings):
	settings(respect_working_time=1, workday_starts_at="09:00:00", workday_ends_at="17:00:00", **WEEK)


def later(base: str, count: int, unit: str, who: str = "Administrator", company=None) -> str:
	return str(clock.add_units(get_datetime(base), count, unit, who, company))


def test_around_the_clock_unless_wanted():
	assert later("2026-06-05 16:00:00", 4, "Hours") == "2026-06-05 20:00:00"
	assert later("2026-06-05 16:00:00", 1, "Days") == "2026-06-06 16:00:00"


def test_in_working_time(working):
	assert later("2026-06-05 16:00:00", 4, "Hours") == "2026-06-08 12:00:00"
	assert later("2026-06-05 16:00:00", 1, "Days") == "2026-06-08 16:00:00"


def test_over_the_change_of_clocks():
	assert later("2026-03-28 14:30:00", 1, "Days") == "2026-03-29 14:30:00"
	assert later("2026-03-28 14:30:00", 24, "Hours") == "2026-03-29 15:30:00"


def test_on_the_clock_of_a_colleague_far_away(working, marta):
	"""Eleven in Zagreb is five in the morning in New York: four hours of work from nine there."""
	frappe.db.set_value("User", marta.name, "time_zone", "America/New_York")
	frappe.clear_document_cache("User", marta.name)
	assert later("2026-06-05 11:00:00", 4, "Hours", marta.name) == "2026-06-05 19:00:00"


def test_a_time_zone_that_nobody_knows_counts_as_the_site_s(marta):
	frappe.db.set_value("User", marta.name, "time_zone", "Mars/Olympus")
	frappe.clear_document_cache("User", marta.name)
	assert later("2026-06-05 11:00:00", 1, "Days", marta.name) == "2026-06-06 11:00:00"


def test_nobody_works_at_all(settings):
	settings(respect_working_time=1, **dict.fromkeys(clock.WEEKDAYS, 0))
	with pytest.raises(frappe.ValidationError, match="No working day"):
		interaction(plan_next=1, next_in=2, next_unit="Days")


def test_the_form_s_plan_keeps_to_it(working):
	doc = interaction(starts_on="2100-06-04 16:00:00", plan_next=1, next_in=4, next_unit="Hours")  # a Friday
	assert str(doc.next_on) == "2100-06-07 12:00:00"


@needs_erpnext
class TestHolidayLists:
	@pytest.fixture
	def company(self):
		return frappe.defaults.get_global_default("company")

	def holiday_list(self, name: str, *days: str) -> str:
		doc = frappe.get_doc(
			{
				"doctype": "Holiday List",
				"holiday_list_name": name,
				"from_date": "2026-01-01",
				"to_date": "2026-12-31",
			}
		)
		for day in days:
			doc.append("holidays", {"holiday_date": day, "description": "Holiday"})
		return doc.insert().name

	def test_the_company_s(self, working, company):
		listed = self.holiday_list("Croatia 2026", "2026-06-04", "2026-06-06", "2026-06-07")
		frappe.db.set_value("Company", company, "default_holiday_list", listed)
		assert later("2026-06-03 14:30:00", 1, "Days", company=company) == "2026-06-05 14:30:00"
		assert later("2026-06-05 14:30:00", 1, "Days", company=company) == "2026-06-08 14:30:00"

	def test_a_list_that_knows_no_weekends_has_none(self, working, company):
		listed = self.holiday_list("Shop 2026", "2026-06-04")
		frappe.db.set_value("Company", company, "default_holiday_list", listed)
		assert later("2026-06-05 14:30:00", 1, "Days", company=company) == "2026-06-06 14:30:00"

	def test_after_its_last_day_the_settings_count(self, working, company):
		listed = self.holiday_list("Shop 2026", "2026-06-04")
		frappe.db.set_value("Company", company, "default_holiday_list", listed)
		assert later("2027-01-01 14:30:00", 1, "Days", company=company) == "2027-01-04 14:30:00"

	def test_the_employee_s_own_comes_first(self, working, company, marta):
		frappe.db.set_value(
			"Company", company, "default_holiday_list", self.holiday_list("Croatia 2026", "2026-06-04")
		)
		frappe.get_doc(
			{
				"doctype": "Employee",
				"first_name": "Marta",
				"company": company,
				"user_id": marta.name,
				"gender": "Female",
				"date_of_birth": "1990-01-01",
				"date_of_joining": "2020-01-01",
				"status": "Active",
				"holiday_list": self.holiday_list("Slovenia 2026", "2026-06-05", "2026-06-06", "2026-06-07"),
			}
		).insert()
		assert later("2026-06-03 14:30:00", 1, "Days", marta.name, company) == "2026-06-04 14:30:00"
		assert later("2026-06-04 14:30:00", 1, "Days", marta.name, company) == "2026-06-08 14:30:00"
