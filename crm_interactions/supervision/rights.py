"""Permission to hand over: whose activities, and to whom (R26)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility.reporting_lines import list_users_below

ROLES = ("Interaction User", "Interaction Manager", "Interaction Administrator")
# roles that may hand over from all users; supervisors may from users below them
FOR_ALL = {"Interaction Manager", "Interaction Administrator", "System Manager"}


def may_hand_over_all() -> bool:
	return frappe.session.user == "Administrator" or bool(FOR_ALL & {*frappe.get_roles()})


def may_hand_over_any() -> bool:
	"""Return whether the session's user may write interactions, and is a manager or has users below."""
	if not frappe.has_permission("Interaction", "write"):
		return False
	return may_hand_over_all() or bool(list_users_below(frappe.session.user))


def require_right(from_user: str) -> None:
	"""Raise PermissionError unless the session's user may write interactions, and is a manager or above the user."""
	allowed = frappe.has_permission("Interaction", "write") and (
		may_hand_over_all() or from_user in list_users_below(frappe.session.user)
	)
	if not allowed:
		frappe.throw(
			_(
				"You can hand over only the work of users who report to you. Ask a user with the role {0}."
			).format(bold(_("Interaction Manager"))),
			frappe.PermissionError,
			title=_("Not Allowed to Hand Over"),
		)


def require_people(from_user: str, to_user: str) -> None:
	"""Raise ValidationError unless the users differ, the former one exists and the successor can take over.

	The former user may be disabled. The successor is enabled, not Guest, and a System Manager or has a role of the app.
	"""
	giver, taker = bold(from_user), bold(to_user)
	if not frappe.db.exists("User", from_user):
		frappe.throw(
			_("There is no user {0}. Choose another user.").format(giver), title=_("Check the Users")
		)
	if from_user == to_user:
		frappe.throw(
			_("{0} already has these activities. Choose another user to take them over.").format(taker),
			title=_("Check the Users"),
		)
	if not frappe.db.get_value("User", to_user, "enabled"):
		frappe.throw(
			_("{0} isn't an enabled user. Enable the user first, or choose another one.").format(taker),
			title=_("Check the Users"),
		)
	if to_user == "Guest" or not {*ROLES, "System Manager"} & {*frappe.get_roles(to_user)}:
		frappe.throw(
			_("{0} has none of the roles {1}. Assign one of them first, or choose another user.").format(
				taker, ", ".join(_(role) for role in ROLES)
			),
			title=_("Check the Users"),
		)


def search_users(text: str, *, successors: bool, start: int = 0, length: int = 20) -> list[tuple[str, str]]:
	"""Return (name, full name) of users with a role of the app and the text in either name, by full name.

	Args:
		successors: enabled users only; else users whose activities the session's user may hand over, disabled or not.
	"""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	recording = frappe.qb.from_(role).select(role.parent)
	recording = recording.where((role.parenttype == "User") & role.role.isin(ROLES))
	query = frappe.qb.from_(user).select(user.name, user.full_name)
	query = query.where(user.name.isin(recording) & (user.name != "Guest"))
	query = query.where(user.name.like(f"%{text}%") | user.full_name.like(f"%{text}%"))
	query = query.orderby(user.full_name).orderby(user.name).limit(length).offset(start)
	if successors:
		query = query.where(user.enabled == 1)
	elif not may_hand_over_all():
		query = query.where(user.name.isin(list_users_below(frappe.session.user) or [""]))
	return list(query.run())
