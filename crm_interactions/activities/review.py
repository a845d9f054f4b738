"""*Reviewed* and *Under Control*: the supervisor's flags, each switched by an option (R12).

The permission is Frappe's write permission on level 2 of the document type, the supervisor's level. Frappe ignores
values that other users send, as it does for every level that a user may not write.
"""

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from crm_interactions.activities import history, options
from crm_interactions.controllers.validation import bold

# remarks on the activity, not part of its content, so completion doesn't lock them
OVERSIGHT_FIELDS = {
	*("reviewed", "reviewed_by", "reviewed_on", "review_again_on"),
	*("under_control", "control_on"),
}


def stamp_review(doc) -> None:
	"""Record user and time of a new review, without saving; clear the fields that belong to a flag that isn't set.

	Raises: OptionOffError for a new flag whose option is off; ValidationError for a new review day not in the future,
		and for an imported time in the future or without *Reviewed*.
	"""
	if not doc.meta.has_field("reviewed"):
		return
	before = doc.get_doc_before_save()
	_refuse_when_off(doc, before, "reviewed", "use_reviewed")
	_refuse_when_off(doc, before, "under_control", "use_under_control")
	if not doc.reviewed:
		history.clear(doc, "reviewed")
		doc.review_again_on = None
	elif doc.flags.converted:
		pass  # the review was copied from the former document
	elif before and before.reviewed and not history.is_imported(doc):
		doc.reviewed_by, doc.reviewed_on = before.reviewed_by, before.reviewed_on
	else:
		history.stamp(doc, "reviewed")
	_refuse_past_review(doc, before)
	if not doc.under_control:
		doc.control_on = None


def _refuse_past_review(doc, before) -> None:
	"""Refuse a new day that isn't in the future: the daily job would take the review back at once."""
	known = before.review_again_on if before else None
	if not doc.review_again_on or doc.flags.converted or str(doc.review_again_on) == str(known):
		return
	if getdate(doc.review_again_on) <= getdate(nowdate()):
		frappe.throw(
			_("{0} has its next review on {1}, which isn't in the future. Choose a later day.").format(
				bold(doc.name or doc.title), frappe.format(doc.review_again_on, "Date")
			),
			title=_("Check the Date"),
		)


def _refuse_when_off(doc, before, fieldname: str, option: str) -> None:
	newly_set = cint(doc.get(fieldname)) and not (before and before.get(fieldname))
	if newly_set and not options.is_on(option):
		options.refuse(_(doc.meta.get_label(fieldname)))
