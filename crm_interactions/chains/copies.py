"""Copies of chain and subject in the app's own activities, for filters and reports."""

import frappe
from frappe.utils import create_batch, now

from crm_interactions.journal import dynamic_links
from crm_interactions.journal.app_sources import DOCTYPES

BATCH = 1000


def replace_chain(chain: str, into: dict) -> None:
	"""Replace a chain and its subject in all copies that name the chain, with one statement for each document type.

	The statements bypass document events and rights, but set `modified` and `modified_by`, so that a form opened
	earlier can't write the old chain back. `into` has `name`, `subject_type` and `subject` of the replacing chain.
	"""
	for doctype in DOCTYPES:
		table = frappe.qb.DocType(doctype)
		_update(doctype, table.chain == chain, into)


def move_copies(activities: list[tuple[str, str]], into: dict) -> None:
	"""Write chain and subject to copies, given as (type, name), by query, which sets `modified`; skip other types."""
	for doctype in DOCTYPES:
		names = [name for activity_type, name in activities if activity_type == doctype]
		table = frappe.qb.DocType(doctype)
		for batch in create_batch(names, BATCH):
			_update(doctype, table.name.isin(batch), into)


def write_subject(chain: dict) -> None:
	"""Write the chain's subject, even an empty one, to all its copies by query, which sets `modified`."""
	replace_chain(chain["name"], chain)


def write_copy(doc, chain: dict) -> None:
	"""Set chain and subject on a saved activity of the app, in memory and by query; `modified` and other types stay."""
	wanted = _values(chain)
	if doc.doctype in DOCTYPES and any((doc.get(key) or None) != value for key, value in wanted.items()):
		doc.update(wanted)
		frappe.db.set_value(doc.doctype, doc.name, wanted, update_modified=False)
		dynamic_links.announce_types(doc.doctype, wanted)


def _update(doctype: str, condition, chain: dict) -> None:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(condition)
	for field, value in _values(chain).items():
		query = query.set(table[field], value)
	query.set(table.modified, now()).set(table.modified_by, frappe.session.user).run()
	dynamic_links.announce_types(doctype, _values(chain))


def _values(chain: dict) -> dict:
	subject = {field: chain[field] or None for field in ("subject_type", "subject")}
	return {"chain": chain["name"], **subject}
