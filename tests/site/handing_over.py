"""Helpers for tests of hand-overs: Ana leaves, Ivo takes over, Vera manages, Mia is a colleague of Ana."""

import frappe
from frappe.permissions import add_user_permission

from crm_interactions.handover import transfer_log
from tests.site.factories import interaction, some_partner, user

HAND_OVER, ENTRY = "Interaction Hand Over", transfer_log.ENTRY
ANA, IVO, VERA, MIA = "ana@example.com", "ivo@example.com", "vera@example.com", "mia@example.com"
LATER = "2100-06-01 10:00:00"


def people(as_user):
	"""Create the four users, and log in as Vera."""
	user(ANA, "Interaction User"), user(IVO, "Interaction User"), user(MIA, "Interaction User")
	user(VERA, "Interaction Manager")
	as_user(VERA)


def in_one_transaction(monkeypatch):
	"""Turn off the commit of each chunk, so that the test can roll back; `tests/concurrency` tests commits."""
	rollback = frappe.db.rollback
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(
		frappe.db, "rollback", lambda *, save_point=None: save_point and rollback(save_point=save_point)
	)


def plan(of=None, make=interaction, **fields):
	return make(of, **{"starts_on": LATER, "responsible": ANA, "status": "Planned", **fields})


def responsible(doc) -> str:
	return frappe.db.get_value(doc.doctype, doc.name, "responsible")


def chain_responsible(doc) -> str:
	return frappe.db.get_value("Interaction Chain", doc.chain, "responsible")


def entry_of(doc) -> dict:
	return frappe.db.get_value(ENTRY, {"document": doc.name}, ["result", "reason"], as_dict=True)


def tasks(doc) -> list[tuple]:
	found = frappe.get_all(
		"ToDo",
		{"reference_type": doc.doctype, "reference_name": doc.name},
		["allocated_to", "status"],
		order_by="creation",
	)
	return [(task.allocated_to, task.status) for task in found]


def timeline(doc) -> list[tuple]:
	found = frappe.get_all(
		"Comment",
		{"reference_doctype": doc.doctype, "reference_name": doc.name, "comment_type": "Info"},
		["owner", "content"],
		order_by="creation",
	)
	return [(comment.owner, comment.content) for comment in found]


def only_calls(*users: str) -> None:
	for name in users:
		add_user_permission("Interaction Type", "Phone Call", name, ignore_permissions=True)


def many(count: int, **fields) -> list:
	of = some_partner()
	return [plan(of, title=f"Call {number}", **fields) for number in range(count)]
