"""Reviewing and controlling several activities at once, and taking a review back when its day has come (R12)."""

import frappe
from frappe import _
from frappe.utils import format_date, get_fullname, getdate, nowdate

from crm_interactions.chains import bulk, locks
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import rules
from crm_interactions.visibility import team

LEVEL = 2  # of the fields: the supervisor's


def change_many(activities: list[tuple[str, str]], values: dict) -> dict:
	"""Set a supervisor's remarks on several activities, each by itself.

	Args:
		activities: type and name of each.
		values: fields of `oversight.OVERSIGHT_FIELDS`.

	Returns, Raises: as `bulk.change_each`.
	"""
	return bulk.change_each(activities, lambda doctype, name: _change(doctype, name, values))


def for_anybody() -> bool:
	"""Whether the session's user reviews anything at all; what the Desk asks before it offers it."""
	by_role = any(
		LEVEL in frappe.get_meta(doctype).get_permlevel_access("write") for doctype in rules.PLANNING
	)
	return by_role or bool(team.members_of(frappe.session.user))


def may_review(doc) -> bool:
	"""Whether the session's user reviews this: by his role, or because he answers for who is responsible."""
	by_role = doc.has_permlevel_access_to("reviewed", permission_type="write")
	return bool(by_role or doc.responsible in team.members_of(frappe.session.user))


def take_back_due() -> None:
	"""Called by the scheduler, every day: what was to be reviewed again by now isn't reviewed any more.

	Written down instead of worked out in filters, so that the list, the cards, the journal and every report of an
	administrator's agree. The system does it, for everybody: who set the day wanted that.
	"""
	for doctype in rules.PLANNING:
		due = {"reviewed": 1, "review_again_on": ("<=", nowdate())}
		for name in frappe.get_all(doctype, due, pluck="name", order_by="name asc", limit_page_length=0):
			_take_back(doctype, name)


def _change(activity_type: str, activity: str, values: dict) -> None:
	if activity_type not in rules.PLANNING:
		frappe.throw(
			_("Only {0} are reviewed and put under control.").format(", ".join(_(d) for d in rules.PLANNING))
		)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("write")
	if not may_review(doc):
		frappe.throw(
			_("Only a supervisor reviews it. Ask someone with the role {0}.").format(
				bold(_("Interaction Manager"))
			),
			frappe.PermissionError,
		)
	doc.update(values)
	# the rights were asked for above; a supervisor of people has them without a role
	doc.save(ignore_permissions=True)


def _take_back(doctype: str, name: str) -> None:
	"""By itself and past the document's rules, which have nothing to say about what was recorded long ago."""
	try:
		if chain := frappe.db.get_value(doctype, name, "chain"):
			locks.hold_chain_if_exists(chain)
		# as it is now; a supervisor may have reviewed it again since
		doc = frappe.get_doc(doctype, name, for_update=True)
		if doc.reviewed and doc.review_again_on and getdate(doc.review_again_on) <= getdate(nowdate()):
			_end_review(doc)
		frappe.db.commit()  # a job; each is kept, so that it can be started again
	except Exception:
		frappe.db.rollback()  # as above; the others go on, and tomorrow it is tried again
		frappe.log_error("Review Not Taken Back", reference_doctype=doctype, reference_name=name)


def _end_review(doc) -> None:
	text = _("is to be reviewed again since {0}; reviewed before by {1} on {2}").format(
		format_date(doc.review_again_on), get_fullname(doc.reviewed_by), format_date(doc.reviewed_on)
	)
	doc.db_set({"reviewed": 0, "reviewed_by": None, "reviewed_on": None, "review_again_on": None})
	doc.add_comment("Info", frappe.utils.escape_html(text))
