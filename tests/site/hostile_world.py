"""The hostile caller and the records hidden from that user, shared by the `test_hostile_*` modules."""

import re

import frappe
import pytest

from tests.site.caches import clear_document_caches
from tests.site.factories import interaction, partner, record, user
from tests.site.hostile_values import CANARY, SCRIPT

CALLER = "hostile@example.com"
HIDDEN = "Hidden from the Caller"


def make_hidden(*roles: str) -> str:
	"""Create the caller with these roles; return the name of an interaction hidden from that user."""
	frappe.set_user("Administrator")
	category = record("Interaction Category", title=HIDDEN).name
	seen = frappe.db.get_value("Interaction Category", {"name": ["!=", category]})
	people = [{"full_name": CANARY, "side": "Theirs"}]
	secret = {"title": CANARY, "notes": CANARY, "category": category, "participants": people}
	hidden = interaction(partner("Elsewhere"), **secret)
	user(CALLER, *roles)
	record("User Permission", user=CALLER, allow="Interaction Category", for_value=seen)
	return hidden.name


def shared(make):
	"""Return the fixture `world`: the records that `make` returns, rolled back after the last test of the module."""

	@pytest.fixture(scope="module", name="world")
	def world(site):
		yield make()
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_cache()

	return world


def each_test_as(user: str):
	"""Return the fixture `rolled_back`, which runs each test as this user and rolls back to the shared `world`."""

	@pytest.fixture(autouse=True, name="rolled_back")
	def rolled_back(world):
		frappe.set_user(user)
		frappe.db.savepoint("test")
		frappe.local.message_log = []
		yield
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="test")
		clear_document_caches()

	return rolled_back


def faults_in(answer):
	"""Yield the faults of an answer: no success or refusal, hidden text in it, or a refusal without a sentence."""
	if not (answer.status in (200, 202) or answer.refused):
		yield f"{answer.status} {answer.error!r:.300}"
	if CANARY in answer.text:
		yield f"shows hidden text: {answer.text[:300]}"
	by_type = isinstance(answer.error, frappe.FrappeTypeError)  # Frappe's message is in the exception
	if answer.refused and not by_type and not any(re.search(r"\w+ \w+", text) for text in answer.messages):
		yield f"{answer.status} {answer.error!r:.200} without a sentence"


def scripts_in(answer):
	"""Yield the messages in which the sent script would run."""
	yield from (message for message in answer.messages if SCRIPT in message)
