"""Removal of a document's references from chains and journal, before Frappe checks for links to the document."""

import frappe

from crm_interactions.chains import locks, membership
from crm_interactions.journal import dictionary_values, registry, writer
from crm_interactions.parties import partners


def on_trash(doc) -> None:
	"""Remove a document's to-dos from the journal, logging each; clear a partner in its chains and rows by query.

	Chains left empty are closed. Frappe deletes the to-dos later. The rows lose a contact, a company, or another link
	that they copy. If another document, such as an interaction, still names the deleted one, Frappe refuses the
	deletion, which rolls this back. Raises ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	_remove_todos(doc)
	writer.clear_links(doc.doctype, doc.name)
	dictionary_values.clear_values(doc.doctype, doc.name)
	if doc.doctype in partners.party_types():
		_clear_partner(doc.doctype, doc.name)


def _remove_todos(doc) -> None:
	"""Remove the to-dos that refer to a document from the journal: Frappe deletes them by a query, without events."""
	if not registry.get_source("ToDo"):
		return
	about = {"reference_type": doc.doctype, "reference_name": doc.name}
	for name in frappe.get_all("ToDo", about, pluck="name", order_by="name"):
		membership.remove_activity("ToDo", name)


def _clear_partner(doctype: str, name: str) -> None:
	"""Clear a partner from its chains and journal rows, so that an empty chain doesn't block the deletion."""
	named = {"party_type": doctype, "party": name}
	for chain in frappe.get_all(locks.CHAIN, named, pluck="name", order_by="name"):
		locks.hold_chain(chain)
		frappe.db.set_value(locks.CHAIN, chain, dict.fromkeys(named))
	writer.clear_party(doctype, name)
