"""The user of a contact: that user has every activity in which the contact takes part (R26).

Every user who records activities can write contacts, so setting this field requires the right to write users.
"""

import frappe
from frappe import _
from frappe.permissions import get_role_permissions

from crm_interactions.controllers.validation import bold

USER = "User"


def require_right(contact) -> None:
	"""Check the right to link a contact with a user when the field changes.

	Website users read no activities, so their contacts are exempt, as are saves in which the server ignores
	permissions.

	Raises: PermissionError.
	"""
	if contact.flags.ignore_permissions or not contact.has_value_changed("user"):
		return
	if contact.user and _works_in_desk(contact.user):
		_require_user_right(contact.user)


def require_right_to_merge(old: str, new: str) -> None:
	"""Check the right to merge contacts: the remaining contact's user gains the other contact's activities.

	Raises: PermissionError.
	"""
	before, after = (frappe.db.get_value("Contact", name, "user") for name in (old, new))
	if after and after != before and _works_in_desk(after):
		_require_user_right(after)


def _works_in_desk(user: str) -> bool:
	return frappe.db.get_value(USER, user, "user_type") == "System User"


def _require_user_right(user: str) -> None:
	# role permissions only: every user has a share on their own User record
	if get_role_permissions(frappe.get_meta(USER)).get("write"):
		return
	frappe.throw(
		_(
			"Linking this contact with the user {0} opens its activities to {0}. Ask a user with the role {1} to link them."
		).format(bold(user), bold(_("System Manager"))),
		frappe.PermissionError,
		title=_("Not Allowed to Link a User"),
	)
