"""The user of a contact: that user has every activity in which the contact takes part (R26).

Every user who records activities can write contacts, so setting this field requires the right to write users.
"""

import frappe
from frappe import _
from frappe.permissions import get_role_permissions

from crm_interactions.controllers.validation import bold

USER = "User"


def require_right(contact) -> None:
	"""Raise PermissionError if a contact gets a Desk user and the session's user has no role that may write users.

	An unchanged user passes, as do website users, who read no activities, and saves that ignore permissions.
	"""
	if contact.flags.ignore_permissions or not contact.has_value_changed("user"):
		return
	if contact.user and _works_in_desk(contact.user):
		_require_user_right(contact.user)


def require_right_to_merge(old: str, new: str) -> None:
	"""Refuse to merge `old` into a contact with another Desk user, unless a role of the session's user may write users.

	Raises PermissionError, also if `old` has no activities: the merge would open them to that user.
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
