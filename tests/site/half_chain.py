"""A chain that a user may read half of, and checks that answers do not reveal the other half."""

import json
from types import SimpleNamespace

import frappe
import pytest

from crm_interactions.journal import registry
from tests.site.factories import contact, interaction, meeting, partner, record, recorder

RECORDER = "recorder@example.com"
SECRET = "Secret"


@pytest.fixture
def half(settings):
	"""Return a chain of a call, a planned e-mail after it and a visit, of which the recorder may read the call only.

	A user permission hides `mail` and `visit`; `other` is a readable call in an older chain of its own.
	"""
	deals = frappe.get_all("DocType", {"name": "Opportunity"}, pluck="name")
	settings(subject_types=[{"subject_type": doctype} for doctype in ("Note", *deals)])
	shop = partner()
	other = interaction(shop, title="Delivery", starts_on="2026-03-04 10:00:00")
	call = interaction(shop, title="Catalogue", starts_on="2026-03-01 10:00:00")
	person = contact(shop, SECRET, "Contact").name
	values = {"title": f"{SECRET} price", "interaction_type": "E-mail", "contact": person}
	mail = interaction(shop, chain=call.chain, starts_on="2099-03-02 10:00:00", **values)
	guests = [{"full_name": f"{SECRET} Guest", "email": "secret@example.com"}]
	values = {"title": f"{SECRET} visit", "participants": guests}
	visit = meeting(shop, chain=call.chain, starts_on="2026-03-03 10:00:00", **values)
	recorder(RECORDER)
	record("User Permission", user=RECORDER, allow="Interaction Type", for_value=call.interaction_type)
	yield SimpleNamespace(call=call, mail=mail, visit=visit, other=other, chain=call.chain)
	registry.clear_cache()


def key(doc) -> tuple[str, str]:
	return doc.doctype, doc.name


def assert_hidden(half, *answers) -> None:
	"""Check that neither the answers nor the messages name the hidden activities."""
	text = json.dumps([*answers, frappe.message_log], default=str)
	for doc in (half.mail, half.visit):
		assert doc.name not in text
	assert SECRET.lower() not in text.lower()


def refused(method, *arguments) -> None:
	"""Check that a call is refused; undo it and drop Frappe's message, which repeats the names that the caller sent."""
	frappe.db.savepoint("request")
	with pytest.raises(frappe.PermissionError):
		method(*arguments)
	frappe.db.rollback(save_point="request")
	frappe.clear_messages()
