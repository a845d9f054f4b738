"""*Reviewed* and *under control*: flags of the supervisor, switched by an option (R12)."""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from crm_interactions import options

# Not part of what was recorded, so completing an activity doesn't lock them
OVERSIGHT_FIELDS = {"reviewed", "reviewed_by", "reviewed_on", "under_control", "control_on"}


def stamp(doc) -> None:
	"""Keep who reviewed and when; refuse a flag whose option is off."""
	if not doc.meta.has_field("reviewed"):
		return
	before = doc.get_doc_before_save()
	_refuse_when_off(doc, before, "reviewed", "use_reviewed")
	_refuse_when_off(doc, before, "under_control", "use_under_control")
	if not doc.reviewed:
		doc.reviewed_by = doc.reviewed_on = None
	elif before and before.reviewed:
		doc.reviewed_by, doc.reviewed_on = before.reviewed_by, before.reviewed_on
	else:
		doc.reviewed_by = frappe.session.user
		doc.reviewed_on = now_datetime()
	if not doc.under_control:
		doc.control_on = None


def _refuse_when_off(doc, before, fieldname: str, option: str) -> None:
	newly_set = cint(doc.get(fieldname)) and not (before and before.get(fieldname))
	if newly_set and not options.is_on(option):
		options.refuse(_(doc.meta.get_label(fieldname)))
