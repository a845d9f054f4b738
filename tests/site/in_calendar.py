"""Helpers for tests of Events, with a planned call in the calendar of its responsible user."""

import frappe
import pytest
from frappe.utils import get_datetime

from tests.site.factories import contact, interaction, meeting, partner, user

MARTA, IVO = "marta.calendar@example.com", "ivo.calendar@example.com"
NINE, TEN, ELEVEN, NOON = (get_datetime(f"2100-06-01 {hour:02}:00:00") for hour in (9, 10, 11, 12))
MAKERS = pytest.mark.parametrize("make", [interaction, meeting])


def people():
	return [user(name, "Interaction User").name for name in (MARTA, IVO)]


def plan(people):
	"""Return a planned call in Marta's calendar."""
	of = partner("Tvrtka d.o.o.")
	ana = contact(of, phone="+385 1 4567 890")
	return interaction(
		of=of, contact=ana.name, responsible=MARTA, starts_on=TEN, duration=1800, add_to_calendar=1
	)


def event_of(doc):
	doc.reload()
	return frappe.get_doc("Event", doc.event)


def comments(doc) -> list[str]:
	return frappe.get_all(
		"Comment",
		{"reference_doctype": doc.doctype, "reference_name": doc.name, "comment_type": "Info"},
		pluck="content",
	)


def reject_times(monkeypatch):
	"""Let the rules of Interaction refuse every save."""
	from crm_interactions.crm_interactions.doctype.interaction.interaction import Interaction

	def refuse(self):
		frappe.throw("The room <b>Zagreb</b> is taken.")

	monkeypatch.setattr(Interaction, "validate_completeness", refuse)
