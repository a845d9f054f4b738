"""Update the copies of a partner's name after the partner is renamed or gets another title."""

import frappe
from frappe.utils import now

from crm_interactions.parties import partners


def copy_title(doc) -> None:
	"""Write a saved partner's new title to its activities by query, with a new `modified`; nothing if it stays."""
	field = doc.meta.get_title_field()
	if field != "name" and doc.get_doc_before_save() and doc.has_value_changed(field):
		_write_title(doc.doctype, doc.name, partners.as_title(doc.get(field)) or doc.name)


def copy_renamed_title(doctype: str, name: str) -> None:
	"""Write the title of a partner, by its new name, to its activities, like `copy_title`."""
	_write_title(doctype, name, partners.get_title(doctype, name))


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
