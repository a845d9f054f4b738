"""Records of exchanges: the Interaction or Captured Item that each became, one for a key."""

from collections.abc import Callable

import frappe
from frappe.utils import now_datetime

from crm_interactions.activities import options
from crm_interactions.capture import colleagues
from crm_interactions.capture.exchange import CALL, Exchange, Match, Reference, as_json
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.platform.stored_text import storable

INTERACTION, ITEM = "Interaction", "Captured Item"
TO_ASSIGN, ASSIGNED, IGNORED = "To Assign", "Assigned", "Ignored"
SAVEPOINT = "crm_capture"
SIDES = {True: "Ours", False: "Theirs"}
HEAD_FIELDS = ("From", "To", "Cc")


def find(source: Reference) -> dict | None:
	"""Return type and name of the record that a document became; None without one."""
	return _first({"source_type": source[0], "source": source[1]})


def find_by_key(key: str, *, latest: bool = False) -> dict | None:
	"""Return the record of an exchange; `latest` also reads what another transaction has committed since."""
	return _first({"source_key": key}, for_update=latest)


def _first(filters: dict, **how) -> dict | None:
	for doctype in (INTERACTION, ITEM):
		if name := frappe.db.get_value(doctype, filters, "name", **how):
			return {"doctype": doctype, "name": name}
	return None


def insert_interaction(exchange: Exchange, match: Match) -> tuple[dict, bool]:
	"""Insert the Interaction of an exchange with a partner, held and in its chain, without checks of permissions.

	Returns: type and name, and True; those of the record that another transaction inserted meanwhile for the same key,
		and False.
	"""
	return _insert_once(exchange.key, lambda: _build_interaction(exchange, match))


def insert_item(exchange: Exchange, contact: str | None) -> dict:
	"""Insert the Captured Item of an exchange without a partner; otherwise as `insert_interaction`."""
	return _insert_once(exchange.key, lambda: _build_item(exchange, contact))[0]


def _insert_once(key: str, build: Callable) -> tuple[dict, bool]:
	frappe.db.savepoint(SAVEPOINT)
	try:
		doc = build()
		# written by the system: rights of the user who wrote or called don't matter
		doc.insert(ignore_permissions=True, ignore_mandatory=True)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_last_message()
		if known := find_by_key(key, latest=True):
			return known, False
		raise
	return {"doctype": doc.doctype, "name": doc.name}, True


def _build_interaction(exchange: Exchange, match: Match):
	doc = frappe.new_doc(INTERACTION)
	doc.update(
		{
			"interaction_type": find_type(exchange.medium),
			"direction": exchange.direction,
			"status": exchange.status,
			"title": title_of(exchange),
			"starts_on": start_of(exchange),
			# Frappe would fill in the site's currency, which belongs to an amount
			"currency": "",
			"duration": exchange.duration,
			"notes": exchange.notes,
			"how_to_reach": exchange.address[:LONGEST_LINE],
			"party_type": match.party_type,
			"party": match.party,
			"contact": match.contact,
			"responsible": responsible_for(exchange, match),
			"chain": match.chain,
			"participants": _participants(exchange, match),
		}
	)
	# fields that only the server writes
	doc.flags.captured_from = {**_source(exchange), "source_key": exchange.key}
	doc.flags.is_measured = exchange.medium == CALL
	return doc


def _build_item(exchange: Exchange, contact: str | None):
	return frappe.get_doc(
		{
			"doctype": ITEM,
			**_source(exchange),
			"source_key": exchange.key,
			"medium": exchange.medium,
			"direction": exchange.direction,
			"address": exchange.address[:LONGEST_LINE],
			**told_values(exchange),
			"status": TO_ASSIGN,
			"contact": contact,
			"responsible": exchange.user,
		}
	)


def start_of(exchange: Exchange):
	"""Return the start without seconds, which Frappe's form would change if the user's format shows minutes only."""
	return exchange.starts_on.replace(second=0, microsecond=0)


def told_values(exchange: Exchange) -> dict:
	"""Return the fields of an item that follow its exchange."""
	return {
		"title": title_of(exchange),
		"received_on": start_of(exchange),
		"notes": exchange.notes,
		"content": as_json(exchange),
	}


def _source(exchange: Exchange) -> dict:
	source = exchange.source or (None, None)
	return {"source_type": source[0], "source": source[1]}


def find_type(medium: str) -> str | None:
	"""Return the name of the oldest enabled Interaction Type of a medium; None without one."""
	of = {"medium": medium, "disabled": 0}
	return frappe.db.get_value("Interaction Type", of, order_by="creation asc, name asc")


def title_of(exchange: Exchange) -> str:
	"""Return the title as plain fields store it; an exchange without one is named by medium and address."""
	title = exchange.title.strip() or f"{exchange.medium} {exchange.address}".strip()
	return storable(title)[:LONGEST_LINE]


def responsible_for(exchange: Exchange, match: Match) -> str:
	"""Return the user who is responsible: of the exchange, else of its chain, else the one in the settings.

	Without an enabled one, the session's user, who assigns an item.
	"""
	chain = frappe.db.get_value("Interaction Chain", match.chain, "responsible") if match.chain else None
	wanted = (exchange.user, chain, options.settings().capture_responsible)
	return next((user for user in wanted if colleagues.is_enabled(user)), frappe.session.user)


def _participants(exchange: Exchange, match: Match) -> list[dict]:
	people = [person for person in exchange.people if person.field in HEAD_FIELDS]
	return [_participant(person, exchange.ours, match) for person in people]


def _participant(person, ours: dict[str, Reference | None], match: Match) -> dict:
	contact = match.contacts.get(person.address)
	link = ours.get(person.address) or (("Contact", contact) if contact else (None, None))
	return {
		"participant_type": link[0],
		"participant": link[1],
		"full_name": _name(person, link[1])[:LONGEST_LINE],
		"email" if "@" in person.address else "phone": person.address,
		"side": SIDES[person.address in ours],
	}


def _name(person, contact: str | None) -> str:
	# a mail has a name or at least an address, but a number says nothing of a contact
	return "" if contact and "@" not in person.address else storable(person.name or person.address)


def items_today(address: str) -> int:
	"""Return how many items an address has brought in since the last midnight of the site."""
	today = now_datetime().replace(hour=0, minute=0, second=0, microsecond=0)
	return frappe.db.count(ITEM, {"address": address[:LONGEST_LINE], "creation": (">=", today)})
