"""Helpers for tests of Events, with a planned call in the calendar of its responsible user."""

import frappe
import pytest
from frappe.utils import get_datetime

from tests.site.factories import change_record, contact, interaction, partner, user

MARTA, IVO = "marta.calendar@example.com", "ivo.calendar@example.com"
NINE, TEN, ELEVEN, NOON = (get_datetime(f"2100-06-01 {hour:02}:00:00") for hour in (9, 10, 11, 12))


@pytest.fixture
def calendar_users():
	return [user(name, "Interaction User").name for name in (MARTA, IVO)]


@pytest.fixture
def planned_call(calendar_users):
	"""Return a planned call in Marta's calendar."""
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890").name
	return interaction(of, contact=ana, responsible=MARTA, starts_on=TEN, duration=1800, add_to_calendar=1)


def event_of(doc):
	doc.reload()
	return frappe.get_doc("Event", doc.event)


def change_event(doc, **fields):
	"""Save the event of an activity with these values, and return it; reload the activity."""
	event = change_record(event_of(doc), **fields)
	doc.reload()
	return event


def reject_times(monkeypatch):
	"""Let the rules of Interaction refuse every save."""
	from crm_interactions.crm_interactions.doctype.interaction.interaction import Interaction

	def refuse(self):
		frappe.throw("The room <b>Zagreb</b> is taken.")

	monkeypatch.setattr(Interaction, "validate_completeness", refuse)
