"""Days of repeating Events, as Frappe's calendar shows them."""

from datetime import date

import pytest

from crm_interactions.availability.recurrence import list_days

FIRST, LAST = date(2031, 3, 1), date(2031, 3, 10)


@pytest.mark.parametrize(
	("event", "begun", "days"),
	[
		({"repeat_on": "Daily", "repeat_till": date(2031, 3, 3)}, date(2031, 3, 2), [2, 3]),
		({"repeat_on": "Weekly", "monday": 1, "friday": 1}, date(2031, 1, 1), [3, 7, 10]),
		({"repeat_on": "Monthly"}, date(2031, 1, 5), [5]),
		({"repeat_on": "Quarterly"}, date(2030, 12, 5), [5]),
		({"repeat_on": "Quarterly"}, date(2031, 1, 5), []),
		({"repeat_on": "Half Yearly"}, date(2030, 9, 5), [5]),
		({"repeat_on": "Yearly"}, date(2029, 3, 5), [5]),
		({"repeat_on": "Yearly"}, date(2031, 3, 11), []),
		({}, date(2031, 3, 1), []),
	],
)
def test_an_event_takes_place_on_its_days(event, begun, days):
	assert [day.day for day in list_days(event, begun, FIRST, LAST)] == days


def test_a_month_that_is_too_short_has_it_on_its_last_day():
	monthly = {"repeat_on": "Monthly"}
	found = list_days(monthly, date(2031, 1, 31), date(2031, 2, 1), date(2031, 4, 30))
	assert [*found] == [date(2031, 2, 28), date(2031, 3, 31), date(2031, 4, 30)]
