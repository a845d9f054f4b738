"""Update the copies of a partner's name after the partner is renamed or gets another title."""

import frappe
from frappe.utils import now

from crm_interactions.apps import installed
from crm_interactions.parties import partners


def on_update(doc, method=None):
	"""Write a partner's new title to its activities by query, with a new `modified`; do nothing for other documents.

	Runs for every document type, because administrators choose the partner types.
	"""
	# the cheap check first: this runs on every save of every document
	if not (_has_another_title(doc) and _is_partner(doc)):
		return
	_write_title(doc.doctype, doc.name, partners.as_title(doc.get(doc.meta.get_title_field())) or doc.name)


def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""Write a renamed partner's title to its activities, like `on_update`; Frappe renames the links only."""
	if _is_partner(doc):
		_write_title(doc.doctype, new, partners.get_title(doc.doctype, new))


def _has_another_title(doc) -> bool:
	field = doc.meta.get_title_field()
	return bool(field != "name" and doc.get_doc_before_save() and doc.has_value_changed(field))


def _is_partner(doc) -> bool:
	# during a migration the settings table may not exist
	return not installed.is_setting_up() and doc.doctype in partners.party_types()


def _write_title(doctype: str, name: str, title: str) -> None:
	for activity_type in ("Interaction", "Meeting", "Product Record"):
		table = frappe.qb.DocType(activity_type)
		(
			frappe.qb.update(table)
			.set(table.party_name, title)
			# a new timestamp keeps open forms from writing the old name back
			.set(table.modified, now())
			.where((table.party_type == doctype) & (table.party == name) & (table.party_name != title))
		).run()
