"""The calendar shows each activity of a period, with or without an end."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api.calendar import get_events
from tests.site.factories import interaction, log_in, meeting

pytestmark = pytest.mark.records_only
MARCH = ("2031-03-01", "2031-04-01")
TENTH = "2031-03-10 09:00:00"


def names(doctype="Interaction", **more):
	return [event["name"] for event in get_events(doctype, *MARCH, **more) if event["doctype"] == doctype]


def event_of(doc):
	(event,) = (event for event in get_events(doc.doctype, *MARCH) if event["name"] == doc.name)
	return event


def test_an_activity_without_an_end_lasts_as_long_as_its_duration():
	event = event_of(interaction(starts_on=TENTH, duration=7200))
	assert event["ends_on"] == get_datetime("2031-03-10 11:00:00")


def test_an_activity_without_end_and_duration_is_shown_for_half_an_hour():
	event = event_of(interaction(starts_on=TENTH, interaction_type="SMS"))
	assert event["ends_on"] - event["starts_on"] == timedelta(minutes=30)


def test_the_partner_is_named():
	doc = meeting(starts_on=TENTH, title="Yearly review")
	event = event_of(doc)
	assert (event["party_name"], event["title"]) == (doc.party_name, "Yearly review")


@pytest.mark.parametrize(
	"starts_on, ends_on, shown",
	[
		*(("2031-02-27 09:00:00", None, False), ("2031-02-27 09:00:00", "2031-03-02 12:00:00", True)),
		*(("2031-03-31 23:00:00", None, True), ("2031-04-02 09:00:00", None, False)),
	],
)
def test_only_activities_of_the_period_are_shown(starts_on, ends_on, shown):
	assert (interaction(starts_on=starts_on, ends_on=ends_on).name in names()) is shown


def test_list_filters_apply():
	doc = interaction(starts_on=TENTH, title="Only this one")
	interaction(starts_on="2031-03-11 09:00:00")
	filters = [["Interaction", "title", "=", "Only this one", False]]
	assert names(filters=frappe.as_json(filters)) == [doc.name]


def test_a_stranger_is_refused():
	interaction(starts_on=TENTH)
	log_in("calendar.stranger@example.com")
	with pytest.raises(frappe.PermissionError):
		names()


def test_other_document_types_are_refused():
	with pytest.raises(frappe.ValidationError):
		names("ToDo")
