"""What lists show instead of the numbers in a journal row: titles of chains, and names of partners."""

import frappe

from crm_interactions.chains import locks
from crm_interactions.parties import partners

ROW = "Activity Link"


def read_labels(names: list[str]) -> dict[str, dict]:
	"""Return journal row → `chain_title` and `party_name`; without rows and titles of chains that the user may not read.

	Three queries, and one for each type of partner with titles.
	"""
	fields = ["name", "chain", "party_type", "party"]
	rows = frappe.get_list(ROW, filters={"name": ("in", names)}, fields=fields, limit=len(names))
	chains = {row.chain for row in rows if row.chain}
	titles = _titles_of_chains(chains) if chains else {}
	parties = partners.list_titles({(row.party_type, row.party) for row in rows if row.party})
	return {
		row.name: {
			"chain_title": titles.get(row.chain),
			"party_name": parties.get((row.party_type, row.party)),
		}
		for row in rows
	}


def _titles_of_chains(names: set[str]) -> dict[str, str]:
	if not frappe.has_permission(locks.CHAIN, "read"):
		return {}
	found = frappe.get_list(
		locks.CHAIN, filters={"name": ("in", [*names])}, fields=["name", "title"], limit=len(names)
	)
	return {row.name: row.title for row in found}
