"""Permission to open an activity to others: it requires write permission on the activity.

`audience_members.py` trusts the relations that it reads, so each is checked when it is written. docs/architecture.md
lists them with the permission that each requires.
"""

import frappe
from frappe import _

from crm_interactions.activities import options
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import app_sources

MODULE = "CRM Interactions"
CHANGED = "crm_interactions_changed"


def note_change(doc) -> None:
	"""Note without a check, for `may_open` in this request or job, that the session's user may change an activity.

	An assignment rule assigns it at the end of the save, when the user may no longer have that permission.
	"""
	_changed().add((frappe.session.user, doc.doctype, doc.name))


def may_open(doctype: str, name: str) -> bool:
	"""Return whether the session's user may write an activity, or could in `note_change`.

	Raises: DoesNotExistError for a missing activity, except for Administrator or after `note_change`.
	"""
	if (frappe.session.user, doctype, name) in _changed():
		return True
	return bool(frappe.has_permission(doctype, "write", doc=name))


def is_ours(doctype: str | None) -> bool:
	"""Return whether a document type exists and belongs to the app."""
	meta = options.meta_of(doctype)
	return bool(meta and meta.module == MODULE)


def require_reference(doctype: str, name: str, *, assigns: bool = False) -> None:
	"""Check the session user's right to refer to a record from another document.

	Args:
		assigns: whether the reference opens the record to another user.

	Raises: PermissionError without read permission or, if it assigns an activity, without the right of `may_open`;
		ValidationError for a row of a table; DoesNotExistError for a missing record.
	"""
	if frappe.get_meta(doctype).istable:
		refuse_row(doctype)
	if assigns and doctype in app_sources.DOCTYPES:
		if not may_open(doctype, name):
			frappe.throw(
				_("You can't change {0}, so you can't assign it. Ask its responsible user.").format(
					bold(name)
				),
				frappe.PermissionError,
				title=_("Not Allowed to Assign"),
			)
	elif not frappe.has_permission(doctype, "read", doc=name):
		frappe.throw(
			_(
				"You can't read {0}, so your document can't refer to it. Ask its owner to share it with you."
			).format(bold(name)),
			frappe.PermissionError,
			title=_("Not Allowed to Refer"),
		)


def refuse_row(doctype: str) -> None:
	"""Always raise ValidationError: rows of tables can't be shared, assigned, tagged, commented on or attached to."""
	frappe.throw(
		_("A row of {0} can't be used by itself. Use the document that it belongs to.").format(
			bold(_(doctype))
		),
		title=_("Row of a Document"),
	)


def _changed() -> set[tuple[str, str, str]]:
	known = getattr(frappe.local, CHANGED, None)
	if known is None:
		known = set()
		setattr(frappe.local, CHANGED, known)  # until the request or the job ends
	return known
