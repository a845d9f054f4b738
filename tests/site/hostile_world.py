"""The hostile caller and the records hidden from that user, shared by the `test_hostile_*` modules."""

import re
from contextlib import contextmanager

import frappe

from tests.site.caches import clear_document_caches
from tests.site.factories import interaction, partner, user
from tests.site.hostile_values import CANARY, SCRIPT

CALLER = "hostile@example.com"
HIDDEN = "Hidden from the Caller"


def make_hidden(*roles: str) -> str:
	"""Create the caller with these roles; return the name of an interaction hidden from that user."""
	frappe.set_user("Administrator")
	category = frappe.get_doc({"doctype": "Interaction Category", "title": HIDDEN}).insert().name
	seen = frappe.db.get_value("Interaction Category", {"name": ["!=", category]})
	hidden = interaction(
		partner("Elsewhere"),
		title=CANARY,
		notes=CANARY,
		category=category,
		participants=[{"full_name": CANARY, "side": "Theirs"}],
	)
	user(CALLER, *roles)
	allowed = {"user": CALLER, "allow": "Interaction Category", "for_value": seen}
	frappe.get_doc({"doctype": "User Permission", **allowed}).insert()
	return hidden.name


@contextmanager
def rolling_back():
	"""Roll back the shared records of a module after its last test."""
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.clear_cache()


@contextmanager
def one_test(user: str):
	"""Run one test of the module as this user, and roll back its changes."""
	frappe.set_user(user)
	frappe.db.savepoint("test")
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback(save_point="test")
	clear_document_caches()


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
