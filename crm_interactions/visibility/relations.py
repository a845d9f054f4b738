"""Permission to form relations that open activities, checked when their document is saved (R26).

Relations that only the server or an administrator can write (audiences, reporting lines, hand-overs, teams) have the
permissions of their document types and need no check here. docs/architecture.md lists all relations.
"""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import contact_users, grants
from crm_interactions.visibility.audience_members import FINISHED

# fields of a task that form the relation
ASSIGNS = ("reference_type", "reference_name", "allocated_to")
SHARED = ("read", "write", "share")


def validate(doc, method=None):
	"""Check the right to the new or changed relation with a record of the app that a task, share or contact forms.

	Other documents and unchanged relations pass. For contacts only, `ignore_permissions` turns the check off.

	Raises: PermissionError; ValidationError for a row of a table; DoesNotExistError for a missing record.
	"""
	if check := CHECKS.get(doc.doctype):
		check(doc)


def before_rename(doc, method=None, old=None, new=None, merge=False):
	"""Check a merge of contacts by `require_right_to_merge`, which raises PermissionError; other renames pass."""
	if merge and doc.doctype == "Contact":
		contact_users.require_right_to_merge(old, new)


def _check_task(doc) -> None:
	"""Check the right to the record that a task refers to, since an open task opens an activity to its user.

	Frappe's `assign_to` checks read permission only and then ignores permissions, so that flag doesn't count.

	Raises: PermissionError; ValidationError for a row of a table.
	"""
	if doc.reference_name and grants.is_ours(doc.reference_type) and _is_new_relation(doc):
		grants.require_reference(doc.reference_type, doc.reference_name, assigns=_assigns(doc))


def _is_new_relation(doc) -> bool:
	before = doc.get_doc_before_save()
	if not before or any(before.get(field) != doc.get(field) for field in ASSIGNS):
		return True
	return _assigns(doc) and not _assigns(before)


def _assigns(doc) -> bool:
	return bool(doc.allocated_to) and doc.status not in FINISHED


def _check_share(doc) -> None:
	"""Check that users share only permissions on a record of the app that they have.

	Raises: PermissionError; ValidationError for a row of a table.
	"""
	if not grants.is_ours(doc.share_doctype):
		return
	if frappe.get_meta(doc.share_doctype).istable:
		grants.refuse_row(doc.share_doctype)
	for right in SHARED:
		if doc.get(right) and doc.has_value_changed(right):
			_require_right(doc, right)


def _require_right(share, right: str) -> None:
	if frappe.has_permission(share.share_doctype, right, doc=share.share_name):
		return
	frappe.throw(
		_(
			"You don't have the permission {0} on {1}, so you can't share it. Share only your own permissions."
		).format(bold(_(right.title())), bold(share.share_name)),
		frappe.PermissionError,
		title=_("Not Allowed to Share"),
	)


CHECKS = {"ToDo": _check_task, "DocShare": _check_share, "Contact": contact_users.require_right}
