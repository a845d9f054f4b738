"""HTTP methods for the card of a call; PermissionError means a missing right to read contacts or the partner."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.capture import caller
from crm_interactions.parties import matches, partners


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_card(number: Text) -> dict:
	"""Return who has a number, and the history with that partner if it is only one.

	Returns: `matches` as `api.party.find`, and `recent` (up to three past activities, the last first) and `open` (up to
		five planned ones, the next due first), each with `activity_type`, `activity`, `title`, `activity_date`,
		`due_until`, `status` and `interaction_type`; only what the user may read. And the `interaction_type` of a call.

	Raises: PermissionError without the right to read interactions.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	return caller.read_card(number)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_history(party_type: str, party: str) -> dict:
	"""Return `recent` and `open` of a partner, as `get_card`.

	The partner needn't be readable, as for any interaction; the activities are those that the user may read.

	Raises: PartyTypeError for another document type; DoesNotExistError; PermissionError without the right to read
		interactions.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	partners.require_party(party_type, party)
	return caller.read_history(party_type, party)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def find_people(text: Text) -> list[dict]:
	"""Return the readable contacts and partners with a number, an address or a part of a name, for *Log Call*.

	Returns: rows as `api.party.find`; those found by name aren't `exact`.

	Raises: PermissionError without the right to read interactions.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	return matches.find_matches(text) or matches.find_by_name(text)
