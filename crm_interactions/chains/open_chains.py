"""Open chains of a partner, which a new activity can join (R19)."""

import frappe

from crm_interactions.chains import entry_right, locks

MOST_OFFERED = 10


def list_open_chains(party_type: str, party: str) -> list[dict]:
	"""Return the partner's open chains that the user may read and write, newest first, of the latest `MOST_OFFERED`.

	Returns: `name`, `title` and `next_step_on` of each.

	Raises: PermissionError for a user without a role that reads chains.
	"""
	found = frappe.get_list(
		locks.CHAIN,
		{"party_type": party_type, "party": party, "status": "Open"},
		["name", "title", "next_step_on"],
		order_by="started_on desc, creation desc",
		limit_page_length=MOST_OFFERED,
	)
	return [chain for chain in found if entry_right.may_change(chain["name"])]
