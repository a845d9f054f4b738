"""The history of a chain that is handed over: the successor reads it from now on, and its author keeps it (R26).

Each activity has an entry, which `visibility.having` reads, so that it holds wherever the activity goes later.
"""

import frappe

from crm_interactions.chains.locks import CHAIN
from crm_interactions.handover import scope, transfer_log
from crm_interactions.journal import app_sources
from crm_interactions.visibility import audiences


def show_history(record, chain: str) -> None:
	"""Let the successor read what the former one has in a chain and keeps, as far as whoever asks may read it.

	Args:
		record: the hand-over.
	"""
	for doctype in app_sources.DOCTYPES:
		if names := _kept(record, doctype, chain):
			transfer_log.show_activities(record.name, doctype, names)
			audiences.refresh_audiences(doctype, names)


def hide_history(record) -> None:
	"""Undo `show`, but for chains in which the successor keeps something, since it changed meanwhile."""
	kept = _chains_of(transfer_log.list_documents(record.name, transfer_log.KEPT))
	for doctype, names in transfer_log.list_documents(record.name, transfer_log.SHOWN).items():
		chains = _chains(doctype, names) if kept else {}
		if over := [name for name in names if chains.get(name) not in kept]:
			transfer_log.hide_activities(record.name, doctype, over)
			audiences.refresh_audiences(doctype, over)


def _kept(record, doctype: str, chain: str) -> list[str]:
	"""Return activities of a type in a chain that the former one has, the successor hasn't, and that aren't handed over."""
	if not frappe.has_permission(doctype, "read"):
		return []
	names = audiences.of_one_without_another(doctype, chain, record.from_user, record.to_user)
	if not names:
		return []
	readable = {*frappe.get_list(doctype, {"chain": chain}, pluck="name", limit_page_length=0)}
	return sorted(
		readable.intersection(names) - scope.list_names_in_chain(scope.read_scope(record), doctype, chain)
	)


def _chains_of(documents: dict[str, list[str]]) -> set[str]:
	found = {*documents.get(CHAIN, [])}
	for doctype in app_sources.DOCTYPES:
		found |= {*_chains(doctype, documents.get(doctype, [])).values()}
	return found


def _chains(doctype: str, names: list[str]) -> dict[str, str]:
	return {
		name: chain
		for some in frappe.utils.create_batch(names, 1000)
		for name, chain in frappe.get_all(
			doctype, {"name": ("in", some)}, ["name", "chain"], as_list=True, limit_page_length=0
		)
	}
