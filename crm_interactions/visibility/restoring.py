"""Permission to restore an activity; Frappe 15 and 16 let every user restore a deleted document by its name."""

import frappe
from frappe import _
from frappe.permissions import get_role_permissions

from crm_interactions.controllers.validation import bold

DELETED = "Deleted Document"


def require_right(doc) -> None:
	"""Raise PermissionError if a deleted activity is inserted again without a role that may read Deleted Document.

	Otherwise `flags.former` becomes the deleted version, whose contacts and dictionary values may stay. New names, conversions and inserts that ignore permissions pass. The owner's rights don't count: Frappe makes the
	session's user the owner.
	"""
	if not doc.name or doc.flags.ignore_permissions or doc.flags.converted:
		return
	deleted = {"deleted_doctype": doc.doctype, "deleted_name": doc.name}
	data = frappe.db.get_value(DELETED, deleted, "data", order_by="creation desc")
	if not data:
		return
	if not get_role_permissions(frappe.get_meta(DELETED)).get("read"):
		frappe.throw(
			_("{0} was deleted and you may not restore it. Ask a user with the role {1}.").format(
				bold(doc.name), bold(_("System Manager"))
			),
			frappe.PermissionError,
			title=_("Not Allowed to Restore"),
		)
	doc.flags.former = frappe.get_doc(frappe.parse_json(data))
