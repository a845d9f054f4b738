"""Who is told of a record of ours by the platform: nobody follows what he may not read, and a mention tells him nothing of it."""

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import files_and_tags, grants

# document type → its fields that say which record, and who is told of it
ABOUT = {
	"Document Follow": ("ref_doctype", "ref_docname", "user"),
	"Notification Log": ("document_type", "document_name", "for_user"),
	"Tag Link": ("document_type", "document_name"),
}
MENTION = "Mention"


def before_insert(doc, method=None):
	if doc.doctype == "Tag Link":
		if doc.document_type in files_and_tags.ROWS:
			grants.refuse_row(doc.document_type)
		return
	if files_and_tags.may_read(*(doc.get(field) for field in ABOUT[doc.doctype])):
		return
	if doc.doctype == "Document Follow":
		_refuse(doc)
	elif doc.type == MENTION:
		_leave_out(doc)


def _refuse(follow) -> None:
	"""Whoever follows a record gets its changes by mail.

	Raises: PermissionError.
	"""
	frappe.throw(
		_("{0} may not read {1}, and so can't follow it. Share it with {0} first.").format(
			bold(follow.user), bold(follow.ref_docname)
		),
		frappe.PermissionError,
		title=_("Not Allowed to Follow"),
	)


def _leave_out(mention) -> None:
	"""The platform quotes title and comment to whoever is mentioned; he learns who asks for him, and where."""
	mention.subject = _(
		"{0} mentioned you in {1} {2}, which you may not read. Ask {0} to share it with you."
	).format(bold(get_fullname(mention.from_user)), _(mention.document_type), bold(mention.document_name))
	mention.email_content = None
