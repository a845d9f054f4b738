"""Visibility of a chain's log: users who see the chain see its log."""

import frappe

from crm_interactions.visibility import journal_rows, list_conditions

LOG = "`tabInteraction Chain Log`"
RUN = "`tabActivity Plan Run`"
MOVE = "`tabInteraction Chain Move`"


def entries_text(user: str | None = None) -> str:
	"""Return the SQL condition of the entries of chains that a user can see or that merged into them; empty for all."""
	return _of_visible_chains(LOG, user)


def runs_text(user: str | None = None) -> str:
	"""Return the SQL condition of the plans' runs in chains as for `entries_text`; empty for all."""
	return _of_visible_chains(RUN, user)


def _of_visible_chains(table: str, user: str | None) -> str:
	chains = list_conditions.chains_text(user)
	if not chains:
		return ""
	visible = f"select {journal_rows.CHAIN}.`name` from {journal_rows.CHAIN} where {chains}"  # noqa: S608  all from Frappe
	return f"{table}.`chain` in ({visible})"


def moves_text(user: str | None = None) -> str:
	"""Return the SQL condition of the moves whose log entry a user can see (`entries_text`); empty if that is all."""
	entries = entries_text(user)
	if not entries:
		return ""
	visible = f"select {LOG}.`name` from {LOG} where {entries}"  # noqa: S608  all from Frappe
	return f"{MOVE}.`log` in ({visible})"


def may_read_entry(chain: str | None, user: str | None = None) -> bool:
	"""Return whether a user can see an entry's chain, or the chain that it was merged into; True without a chain."""
	if not chain:
		return True
	merged_into = frappe.db.get_value("Interaction Chain", chain, "merged_into")
	return journal_rows.may_read_chain(chain, merged_into, user)


def may_read_move(log: str | None, user: str | None = None) -> bool:
	return may_read_entry(frappe.db.get_value("Interaction Chain Log", log, "chain") if log else None, user)
