"""Events of the documents that are captured."""

import frappe

from crm_interactions.apps import installed
from crm_interactions.capture import capturing, policy, records, ringing, sources
from crm_interactions.capture.exchange import CALL, SMS

# documents that are captured whenever they change
MEDIA = {"Call Log": CALL, "CRM Call Log": CALL, "SMS Log": SMS}


def on_change(doc, method=None):
	"""Capture a call that has ended, or a sent message, and update the interaction of a call whose log changed.

	An error is logged and leaves the document. Does nothing if the settings don't capture the medium, in a deletion, and
	during installation, migration and uninstallation.
	"""
	if doc.flags.in_delete or installed.is_setting_up() or not policy.is_on(MEDIA[doc.doctype]):
		return
	capturing.capture_safely(doc.doctype, doc.name)
	if MEDIA[doc.doctype] == CALL:
		ringing.tell_of_log(doc, sources.find_user(doc))


def on_trash(doc, method=None):
	"""Drop the reference of a deleted document from its interaction and item, which stay."""
	if installed.is_setting_up():
		return
	for doctype in (records.INTERACTION, records.ITEM):
		filters = {"source_type": doc.doctype, "source": doc.name}
		# set by query: Frappe would refuse the deletion of a linked document, and a completed activity the change
		for name in frappe.get_all(doctype, filters, pluck="name"):
			frappe.db.set_value(doctype, name, dict.fromkeys(filters), update_modified=False)
