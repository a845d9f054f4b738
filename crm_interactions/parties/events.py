"""Changes of partners and contacts: copies of partners' names, and numbers and addresses for look-ups.

The handlers run for every document type, because administrators choose the partner types.
"""

from crm_interactions.apps import installed
from crm_interactions.parties import key_index, names, partners


def on_update(doc, method=None):
	"""Write a partner's new title to its activities, and changed numbers and addresses of partners and contacts."""
	if installed.is_setting_up():
		return
	# once, as every save of any document type asks
	is_partner = doc.doctype in partners.party_types()
	if is_partner:
		names.copy_title(doc)
	if is_partner or doc.doctype == key_index.CONTACT:
		key_index.refresh(doc)


def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""Write a renamed partner's title to its activities, since Frappe renames the links only, and rename the keys."""
	if _is_partner(doc):
		names.copy_renamed_title(doc.doctype, new)
	if _has_keys(doc):
		key_index.rename(doc.doctype, old, new, merge=merge)


def on_trash(doc, method=None):
	"""Remove the numbers and addresses of a deleted partner or contact from look-ups."""
	if _has_keys(doc):
		key_index.remove(doc.doctype, [doc.name])


def _is_partner(doc) -> bool:
	# during a migration the settings table may not exist
	return not installed.is_setting_up() and doc.doctype in partners.party_types()


def _has_keys(doc) -> bool:
	return _is_partner(doc) or (doc.doctype == key_index.CONTACT and not installed.is_setting_up())
