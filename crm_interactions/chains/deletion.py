"""What a chain says of a document goes with that document, before the platform asks whether anything points to it.

Where something else does, an interaction for instance, the platform refuses the deletion, and all this with it.
"""

import frappe

from crm_interactions.chains import locks, membership
from crm_interactions.journal import registry, writer
from crm_interactions.parties import partners


def on_trash(doc) -> None:
	_forget_todos(doc)
	if doc.doctype in partners.party_types():
		_forget_partner(doc.doctype, doc.name)


def _forget_todos(doc) -> None:
	"""The platform deletes the to-dos about a document with it, by a query that tells nobody."""
	if not registry.get_source("ToDo"):
		return
	about = {"reference_type": doc.doctype, "reference_name": doc.name}
	for name in frappe.get_all("ToDo", about, pluck="name", order_by="name"):
		membership.remove_activity("ToDo", name)


def _forget_partner(doctype: str, name: str) -> None:
	"""A chain of nothing but deleted activities and to-dos doesn't keep its partner from being deleted."""
	named = {"party_type": doctype, "party": name}
	for chain in frappe.get_all(locks.CHAIN, named, pluck="name", order_by="name"):
		locks.hold_chain(chain)
		frappe.db.set_value(locks.CHAIN, chain, dict.fromkeys(named))
	writer.forget_party(doctype, name)
