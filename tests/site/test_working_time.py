"""Next steps follow the user's time zone, working time and holidays (R22); unit tests cover the arithmetic."""

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.followups import clock, planned
from tests.site.factories import interaction
from tests.site.other_apps import employee, holiday_list
from tests.site.reminding import change_user, site_in

pytestmark = pytest.mark.records_only
WEEK = dict.fromkeys(clock.WEEKDAYS[:5], 1)
needs_erpnext = pytest.mark.skipif("not frappe.db.exists('DocType', 'Holiday List')", reason="needs ERPNext")


@pytest.fixture(autouse=True)
def zagreb(around_the_clock):
	site_in("Europe/Zagreb")


@pytest.fixture
def working(settings):
	settings(respect_working_time=1, workday_starts_at="09:00:00", workday_ends_at="17:00:00", **WEEK)


def later(base: str, count: int, unit: str, who: str = "Administrator", company=None) -> str:
	return str(clock.add_units(get_datetime(base), count, unit, who, company))


def test_without_working_time_all_hours_count():
	assert later("2026-06-05 16:00:00", 4, "Hours") == "2026-06-05 20:00:00"
	assert later("2026-06-05 16:00:00", 1, "Days") == "2026-06-06 16:00:00"


def test_with_working_time_only_working_hours_and_days_count(working):
	assert later("2026-06-05 16:00:00", 4, "Hours") == "2026-06-08 12:00:00"
	assert later("2026-06-05 16:00:00", 1, "Days") == "2026-06-08 16:00:00"


def test_days_keep_the_clock_time_and_hours_their_length_across_daylight_saving():
	assert later("2026-03-28 14:30:00", 1, "Days") == "2026-03-29 14:30:00"
	assert later("2026-03-28 14:30:00", 24, "Hours") == "2026-03-29 15:30:00"


def test_working_time_is_that_of_the_users_time_zone(working, marta):
	"""11:00 in Zagreb is 5:00 in New York: four working hours start at 9:00 there."""
	change_user(marta.name, time_zone="America/New_York")
	assert later("2026-06-05 11:00:00", 4, "Hours", marta.name) == "2026-06-05 19:00:00"


def test_an_unknown_time_zone_counts_as_that_of_the_site(marta):
	change_user(marta.name, time_zone="Mars/Olympus")
	assert later("2026-06-05 11:00:00", 1, "Days", marta.name) == "2026-06-06 11:00:00"


def test_a_week_without_a_working_day_is_refused(settings):
	settings(respect_working_time=1, **dict.fromkeys(clock.WEEKDAYS, 0))
	with pytest.raises(frappe.ValidationError, match="No working day"):
		interaction(plan_next=1, next_in=2, next_unit="Days")


def test_the_next_step_of_an_activity_follows_the_working_time(working):
	# a Friday; the call itself takes five minutes
	doc = interaction(starts_on="2100-06-04 16:00:00", plan_next=1, next_in=4, next_unit="Hours")
	assert str(doc.next_on) == "2100-06-07 12:30:00"


def test_next_steps_keep_to_working_time_unless_the_setting_is_off():
	field = frappe.get_meta("CRM Interactions Settings").get_field("respect_working_time")
	assert field.default == "1"


@pytest.mark.parametrize(
	("count", "unit", "base", "expected"),
	[
		(2, "Days", "2026-06-02 00:00:00", "2026-06-04 00:00:00"),
		(1, "Days", "2026-06-05 00:00:00", "2026-06-08 00:00:00"),
		(1, "Weeks", "2026-06-06 00:00:00", "2026-06-15 00:00:00"),
		(4, "Hours", "2026-06-02 00:00:00", "2026-06-02 13:00:00"),
	],
)
def test_a_day_without_a_time_leads_to_a_day_without_a_time(working, count, unit, base, expected):
	assert later(base, count, unit) == expected


@pytest.mark.parametrize(
	("starts_on", "more", "expected"),
	[
		("2100-06-01 10:00:00", {"ends_on": "2100-06-01 11:00:00"}, "2100-06-03 11:00:00"),
		("2100-06-01 10:00:00", {"duration": 2700}, "2100-06-03 11:00:00"),
		("2100-06-01 00:00:00", {}, "2100-06-03 00:00:00"),
		# the result has passed: two days from now
		("2100-05-28 10:00:00", {"duration": 2700}, "2100-06-04 15:30:00"),
	],
)
def test_the_number_counts_from_the_end_of_yesterdays_visit(working, monkeypatch, starts_on, more, expected):
	monkeypatch.setattr(planned.site_time, "now", lambda: get_datetime("2100-06-02 15:12:00"))
	doc = interaction(starts_on=starts_on, status="Held", plan_next=1, next_in=2, next_unit="Days", **more)
	assert str(doc.next_on) == expected


def test_a_next_step_on_the_same_day_needs_no_time():
	doc = interaction(starts_on="2100-06-01 10:00:00", plan_next=1, next_on="2100-06-01 00:00:00")
	assert doc.next_activity


@needs_erpnext
class TestHolidayLists:
	@pytest.fixture
	def company(self):
		return frappe.defaults.get_global_default("company")

	def set_holidays(self, company: str, *days: str) -> None:
		"""Set the company's list of holidays in 2026."""
		frappe.db.set_value("Company", company, "default_holiday_list", holiday_list(*days))

	def test_holidays_of_the_company_are_skipped(self, working, company):
		self.set_holidays(company, "2026-06-04", "2026-06-06", "2026-06-07")
		assert later("2026-06-03 14:30:00", 1, "Days", company=company) == "2026-06-05 14:30:00"
		assert later("2026-06-05 14:30:00", 1, "Days", company=company) == "2026-06-08 14:30:00"

	def test_a_holiday_list_without_weekends_makes_them_working_days(self, working, company):
		self.set_holidays(company, "2026-06-04")
		assert later("2026-06-05 14:30:00", 1, "Days", company=company) == "2026-06-06 14:30:00"

	def test_after_the_last_day_of_the_list_the_settings_count(self, working, company):
		self.set_holidays(company, "2026-06-04")
		assert later("2027-01-01 14:30:00", 1, "Days", company=company) == "2027-01-04 14:30:00"

	def test_the_employees_own_list_comes_first(self, working, company, marta):
		self.set_holidays(company, "2026-06-04")
		own = holiday_list("2026-06-05", "2026-06-06", "2026-06-07")
		employee(marta.name, holiday_list=own)
		assert later("2026-06-03 14:30:00", 1, "Days", marta.name, company) == "2026-06-04 14:30:00"
		assert later("2026-06-04 14:30:00", 1, "Days", marta.name, company) == "2026-06-08 14:30:00"
