"""What was done to a chain is seen by who sees the chain."""

import frappe

from crm_interactions.visibility import journal_rows, list_conditions

LOG = "`tabInteraction Chain Log`"
MOVE = "`tabInteraction Chain Move`"


def entries_text(user: str | None = None) -> str:
	"""Return what entries of the log have to meet for a user to see them, as the platform's hook for lists wants it."""
	chains = list_conditions.chains_text(user)
	if not chains:
		return ""
	seen = f"select {journal_rows.CHAIN}.`name` from {journal_rows.CHAIN} where {chains}"  # noqa: S608  all from the platform
	return f"{LOG}.`chain` in ({seen})"


def moves_text(user: str | None = None) -> str:
	"""The same for what an entry moved."""
	entries = entries_text(user)
	if not entries:
		return ""
	seen = f"select {LOG}.`name` from {LOG} where {entries}"  # noqa: S608  all from the platform
	return f"{MOVE}.`log` in ({seen})"


def may_read_entry(chain: str | None, user: str | None = None) -> bool:
	"""Whether a user may read an entry of a chain's log."""
	if not chain:
		return True
	merged_into = frappe.db.get_value("Interaction Chain", chain, "merged_into")
	return journal_rows.may_read_chain(chain, merged_into, user)


def may_read_move(log: str | None, user: str | None = None) -> bool:
	return may_read_entry(frappe.db.get_value("Interaction Chain Log", log, "chain") if log else None, user)
