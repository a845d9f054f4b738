"""History of a chain that is handed over: the successor can read it from now on, its author keeps it (R26).

`visibility.audience_members` reads an entry for each activity, so access stays when the activity changes its chain.
"""

import frappe

from crm_interactions.chains.locks import CHAIN
from crm_interactions.handover import scope, transfer_log
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audiences


def show_history(record, chain: str) -> None:
	"""Let the successor read a chain's activities that the former user keeps, if the session's user can read them.

	Adds an entry for each by query and refreshes its audience. Left out: activities that the hand-over is to
	transfer, and those whose audience already has the successor, other than by a share.
	"""
	for doctype in app_sources.DOCTYPES:
		if names := _list_kept(record, doctype, chain):
			transfer_log.show_activities(record.name, doctype, names)
			audiences.refresh_audiences(doctype, names)


def hide_history(record) -> None:
	"""Mark the entries of `show_history` as hidden and refresh audiences, except in chains with a kept document."""
	kept = _chains_of_documents(transfer_log.list_documents(record.name, transfer_log.KEPT))
	for doctype, names in transfer_log.list_documents(record.name, transfer_log.SHOWN).items():
		chains = _chain_by_name(doctype, names) if kept else {}
		if hidden := [name for name in names if chains.get(name) not in kept]:
			transfer_log.hide_activities(record.name, doctype, hidden)
			audiences.refresh_audiences(doctype, hidden)


def _list_kept(record, doctype: str, chain: str) -> list[str]:
	"""Return the sorted names of a type's activities for `show_history`; none of a type that the user can't read."""
	if not frappe.has_permission(doctype, "read"):
		return []
	names = audiences.list_missing_for(doctype, chain, record.from_user, record.to_user)
	if not names:
		return []
	readable = {*frappe.get_list(doctype, {"chain": chain}, pluck="name", limit_page_length=0)}
	return sorted(
		readable.intersection(names) - scope.list_names_in_chain(scope.read_scope(record), doctype, chain)
	)


def _chains_of_documents(documents: dict[str, list[str]]) -> set[str]:
	found = {*documents.get(CHAIN, [])}
	for doctype in app_sources.DOCTYPES:
		found |= {*_chain_by_name(doctype, documents.get(doctype, [])).values()}
	return found


def _chain_by_name(doctype: str, names: list[str]) -> dict[str, str]:
	return {
		name: chain
		for batch in frappe.utils.create_batch(names, 1000)
		for name, chain in frappe.get_all(doctype, {"name": ("in", batch)}, ["name", "chain"], as_list=True)
	}
