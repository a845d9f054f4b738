"""Bulk review and control of activities, and the end of reviews on their day (R12)."""

import frappe
from frappe import _
from frappe.utils import format_date, get_fullname, getdate, nowdate

from crm_interactions.chains import bulk, locks
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import rules
from crm_interactions.platform.stored_text import as_html
from crm_interactions.platform.write_turn import take_turn
from crm_interactions.visibility.reporting_lines import list_users_below

LEVEL = 2  # permission level of the supervisor's fields


def change_many(activities: list[tuple[str, str]], values: dict) -> dict:
	"""Set review fields on interactions and meetings, with the checks of a save; a refused one doesn't stop the others.

	Refused are activities that the session's user may not write, or not review (`may_review`). The save itself ignores
	permissions, because supervisors may lack level 2.

	Args: `activities` are (type, name) pairs; `values`, fields of `review.OVERSIGHT_FIELDS`, aren't checked here.

	Returns: `done`, a list of names, and `refused`, a list of `activity` and `reason`.

	Raises: ValidationError above `bulk.MOST` pairs; ChangedMeanwhileError, with nothing saved, after a deadlock or lock
		timeout.
	"""
	return bulk.change_each(activities, lambda doctype, name: _change(doctype, name, values))


def may_review_any() -> bool:
	"""Return whether the session's user may write review fields by role, or has users below."""
	by_role = any(
		LEVEL in frappe.get_meta(doctype).get_permlevel_access("write") for doctype in rules.PLANNING
	)
	return by_role or bool(list_users_below(frappe.session.user))


def may_review(doc) -> bool:
	"""Return whether the session's user may review an activity: by role, or as supervisor of its responsible user."""
	by_role = doc.has_permlevel_access_to("reviewed", permission_type="write")
	return bool(by_role or doc.responsible in list_users_below(frappe.session.user))


def take_back_due() -> None:
	"""Clear the reviews that are due again by today, with a comment on each; the scheduler calls this daily.

	It writes by `db_set`, which sets `modified` and updates the journal, without the document's checks or permissions.
	Each review is committed; a failure goes to the Error Log, and the next day retries it.
	"""
	for doctype in rules.PLANNING:
		due = {"reviewed": 1, "review_again_on": ("<=", nowdate())}
		for name in frappe.get_all(doctype, due, pluck="name", order_by="name asc"):
			_end_if_due(doctype, name)


def _change(activity_type: str, activity: str, values: dict) -> None:
	if activity_type not in rules.PLANNING:
		frappe.throw(
			_("Only {0} can be reviewed. Deselect others.").format(", ".join(_(d) for d in rules.PLANNING))
		)
	doc = frappe.get_doc(activity_type, activity)
	doc.check_permission("write")
	if not may_review(doc):
		frappe.throw(
			_("Only a supervisor can review it. Ask a user with the role {0}.").format(
				bold(_("Interaction Manager"))
			),
			frappe.PermissionError,
		)
	doc.update(values)
	# checked above; supervisors of users may review without a role
	doc.save(ignore_permissions=True)


def _end_if_due(doctype: str, name: str) -> None:
	"""End a review in its own transaction, past the document's rules, which don't concern old records."""
	try:
		take_turn()
		if chain := frappe.db.get_value(doctype, name, "chain"):
			locks.hold_chain_if_exists(chain)
		# the latest version: a supervisor may have reviewed it again
		doc = frappe.get_doc(doctype, name, for_update=True)
		if doc.reviewed and doc.review_again_on and getdate(doc.review_again_on) <= getdate(nowdate()):
			_end_review(doc)
		frappe.db.commit()  # in a job: a restart continues after this review
	except Exception:
		frappe.db.rollback()  # as above; the others continue, and tomorrow retries this one
		frappe.log_error("Review Not Taken Back", reference_doctype=doctype, reference_name=name)


def _end_review(doc) -> None:
	text = _("ended the review, which was due again on {0}; last reviewed by {1} on {2}").format(
		format_date(doc.review_again_on), get_fullname(doc.reviewed_by), format_date(doc.reviewed_on)
	)
	doc.db_set({"reviewed": 0, "reviewed_by": None, "reviewed_on": None, "review_again_on": None})
	doc.add_comment("Info", as_html(text))
