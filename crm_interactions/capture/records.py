"""Records of exchanges: the Interaction or Captured Item that each became, one for a key."""

from collections.abc import Callable

import frappe
from frappe.utils import now_datetime

from crm_interactions.activities import options
from crm_interactions.capture import colleagues
from crm_interactions.capture.exchange import Exchange, Match, Reference, as_json
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


def insert_interaction(exchange: Exchange, match: Match) -> dict:
	"""Insert the Interaction of an exchange with a partner, held and in its chain, without checks of permissions.

	Returns: type and name; those of the record that another transaction inserted meanwhile for the same key.
	"""
	return _insert_once(exchange.key, lambda: _build_interaction(exchange, match))


def insert_item(exchange: Exchange, contact: str | None) -> dict:
	"""Insert the Captured Item of an exchange without a partner; otherwise as `insert_interaction`."""
	return _insert_once(exchange.key, lambda: _build_item(exchange, contact))


def _insert_once(key: str, build: Callable) -> dict:
	frappe.db.savepoint(SAVEPOINT)
	try:
		doc = build()
		# written by the system: what was exchanged is recorded whatever the rights of its user
		doc.insert(ignore_permissions=True, ignore_mandatory=True)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_last_message()
		if known := find_by_key(key, latest=True):
			return known
		raise
	return {"doctype": doc.doctype, "name": doc.name}


def _build_interaction(exchange: Exchange, match: Match):
	doc = frappe.new_doc(INTERACTION)
	doc.update(
		{
			"interaction_type": find_type(exchange.medium),
			"direction": exchange.direction,
			"status": exchange.status,
			"title": title_of(exchange),
			"starts_on": _minute(exchange),
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
			"title": title_of(exchange),
			"received_on": _minute(exchange),
			"status": TO_ASSIGN,
			"contact": contact,
			"responsible": exchange.user,
			"notes": exchange.notes,
			"content": as_json(exchange),
		}
	)


def _minute(exchange: Exchange):
	# with seconds, Frappe's form changes the time when it opens, if the user's format shows minutes only
	return exchange.starts_on.replace(second=0, microsecond=0)


def _source(exchange: Exchange) -> dict:
	return {"source_type": exchange.source[0], "source": exchange.source[1]}


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
		"full_name": storable(person.name or person.address)[:LONGEST_LINE],
		"email": person.address,
		"side": SIDES[person.address in ours],
	}


def items_today(address: str) -> int:
	"""Return how many items an address has brought in since the last midnight of the site."""
	today = now_datetime().replace(hour=0, minute=0, second=0, microsecond=0)
	return frappe.db.count(ITEM, {"address": address[:LONGEST_LINE], "creation": (">=", today)})
