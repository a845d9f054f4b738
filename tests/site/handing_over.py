"""Helpers for tests of hand-overs: Ana leaves, Ivo takes over, Vera manages, Mia is a colleague of Ana."""

import frappe
import pytest
from frappe.desk.form import assign_to
from frappe.permissions import add_user_permission

from crm_interactions.handover import transfer_log
from tests.site.factories import interaction, log_in, some_partner, user
from tests.site.people import ANA, IVO, MIA, VERA

HAND_OVER, ENTRY = "Interaction Hand Over", transfer_log.ENTRY
LATER = "2100-06-01 10:00:00"


@pytest.fixture
def manager():
	"""Create the four users, and log in as Vera."""
	for name in (ANA, IVO, MIA):
		user(name, "Interaction User")
	log_in(VERA, "Interaction Manager")


@pytest.fixture
def in_one_transaction(monkeypatch):
	"""Turn off the commit of each chunk, so that the test can roll back; `tests/concurrency` tests commits."""
	rollback = frappe.db.rollback
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(
		frappe.db, "rollback", lambda *, save_point=None: save_point and rollback(save_point=save_point)
	)


def plan(of=None, make=interaction, **fields):
	return make(of, **{"starts_on": LATER, "responsible": ANA, "status": "Planned", **fields})


def with_step(**fields):
	"""Return an activity of Ana with a next step."""
	return interaction(responsible=ANA, plan_next=1, next_in=300, next_unit="Days", **fields)


def assign(doc, *users: str) -> None:
	"""Assign a document without permission checks."""
	named = {"doctype": doc.doctype, "name": doc.name}
	assign_to.add({"assign_to": [*users], **named}, ignore_permissions=True)


def entry_of(doc) -> dict:
	return frappe.db.get_value(ENTRY, {"document": doc.name}, ["result", "reason"], as_dict=True)


def only_calls(*users: str) -> None:
	for name in users:
		add_user_permission("Interaction Type", "Phone Call", name, ignore_permissions=True)


def many(count: int, **fields) -> list:
	of = some_partner()
	return [plan(of, title=f"Call {number}", **fields) for number in range(count)]
