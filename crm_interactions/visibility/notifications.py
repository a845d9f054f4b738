"""Notifications about the app's records: only readers can follow a record, and a mention tells others nothing of it."""

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import files_and_tags, grants

# document type → its fields for the type and name of the record, and for the user notified
ABOUT = {
	"Document Follow": ("ref_doctype", "ref_docname", "user"),
	"Notification Log": ("document_type", "document_name", "for_user"),
	"Tag Link": ("document_type", "document_name"),
}
MENTION = "Mention"


def before_insert(doc, method=None):
	"""Refuse followers who can't read an activity, chain or hand-over, and tags on rows of tables; redact mentions.

	A mention for a user who can't read the record names only author and record; other notifications stay as they are.
	Tags on documents aren't checked here, but by Frappe and the permission hook of Tag Link. Other records pass.

	Raises: PermissionError for a follower of an unreadable record or of a row; ValidationError for a tag on a row;
		DoesNotExistError for a missing record, unless the follower or recipient is Administrator.
	"""
	if doc.doctype == "Tag Link":
		if doc.document_type in files_and_tags.ROWS:
			grants.refuse_row(doc.document_type)
		return
	if files_and_tags.may_read(*(doc.get(field) for field in ABOUT[doc.doctype])):
		return
	if doc.doctype == "Document Follow":
		_refuse_follower(doc)
	elif doc.type == MENTION:
		_redact_mention(doc)


def _refuse_follower(follow) -> None:
	"""Refuse a follower who can't read the record, since followers get its changes by e-mail.

	Raises: PermissionError.
	"""
	frappe.throw(
		_("{0} can't read {1} and so can't follow it. Share it with {0} first.").format(
			bold(follow.user), bold(follow.ref_docname)
		),
		frappe.PermissionError,
		title=_("Not Allowed to Follow"),
	)


def _redact_mention(mention) -> None:
	"""Remove title and comment, which Frappe quotes, from a mention; the author and the record stay named."""
	mention.subject = _(
		"{0} mentioned you in {1} {2}, which you can't read. Ask {0} to share it with you."
	).format(bold(get_fullname(mention.from_user)), _(mention.document_type), bold(mention.document_name))
	mention.email_content = None
