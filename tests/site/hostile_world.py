"""Who calls with hostile input, and what he may not see; shared by the tests called `test_hostile_*`."""

import re
from contextlib import contextmanager

import frappe
from caches import forget
from factories import interaction, partner, user
from hostile_values import CANARY, SCRIPT

CALLER = "hostile@example.com"
HIDDEN = "Hidden from the Caller"


def make_hidden(*roles: str) -> str:
	"""Make the caller with these roles, and an interaction that he may not read; return its name."""
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
def taken_back():
	"""For the tests of a module: what they share is rolled back at the end."""
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.clear_cache()


@contextmanager
def one_test(user: str):
	"""For one of them: it begins as this user, and what it does is taken back."""
	frappe.set_user(user)
	frappe.db.savepoint("test")
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback(save_point="test")
	forget()


def wrong_with(answer):
	"""Yield what is wrong with an answer to hostile input: it is a proper one, or a refusal in a sentence."""
	if not (answer.status in (200, 202) or answer.refused):
		yield f"{answer.status} {answer.error!r:.300}"
	if CANARY in answer.text:
		yield f"shows what is hidden: {answer.text[:300]}"
	by_type = isinstance(
		answer.error, frappe.FrappeTypeError
	)  # the platform's own words are in the exception
	if answer.refused and not by_type and not any(re.search(r"\w+ \w+", told) for told in answer.messages):
		yield f"{answer.status} {answer.error!r:.200} without a sentence"


def scripts_in(answer):
	"""Yield messages in which a script that was sent would run."""
	yield from (message for message in answer.messages if SCRIPT in message)
