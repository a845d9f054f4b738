"""Chain and subject as our own activities hold them: copies, for filters and reports.

Each is written by one statement for each document type, and `modified` moves with it, so that a form that was opened
before can't write the old value back.
"""

import frappe
from frappe.utils import create_batch, now

from crm_interactions.journal import dynamic_links
from crm_interactions.journal.app_sources import DOCTYPES

BATCH = 1000


def replace_chain(chain: str, into: dict) -> None:
	"""All copies that name one chain name another one, with its subject."""
	for doctype in DOCTYPES:
		table = frappe.qb.DocType(doctype)
		_set(doctype, table.chain == chain, into)


def move_copies(activities: list[tuple[str, str]], into: dict) -> None:
	"""The copies of these activities, given as type and name."""
	for doctype in DOCTYPES:
		names = [name for activity_type, name in activities if activity_type == doctype]
		table = frappe.qb.DocType(doctype)
		for some in create_batch(names, BATCH):
			_set(doctype, table.name.isin(some), into)


def write_subject(chain: dict) -> None:
	"""Every copy of the chain's subject."""
	replace_chain(chain["name"], chain)


def write_copy(doc, chain: dict) -> None:
	"""Put a document that was just saved into its chain; its form has the answer's version anyway."""
	wanted = _values(chain)
	if doc.doctype in DOCTYPES and any((doc.get(key) or None) != value for key, value in wanted.items()):
		doc.update(wanted)
		frappe.db.set_value(doc.doctype, doc.name, wanted, update_modified=False)
		dynamic_links.announce_types(doc.doctype, wanted)


def _set(doctype: str, condition, chain: dict) -> None:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(condition)
	for field, value in _values(chain).items():
		query = query.set(table[field], value)
	query.set(table.modified, now()).set(table.modified_by, frappe.session.user).run()
	dynamic_links.announce_types(doctype, _values(chain))


def _values(chain: dict) -> dict:
	return {
		"chain": chain["name"],
		"subject_type": chain["subject_type"] or None,
		"subject": chain["subject"] or None,
	}
