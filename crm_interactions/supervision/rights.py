"""Who may hand over whose activities, and to whom (R26)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import team

ROLES = ("Interaction User", "Interaction Manager", "Interaction Administrator")
# these may for everybody; a supervisor for his own people
FOR_ALL = {"Interaction Manager", "Interaction Administrator", "System Manager"}


def for_all() -> bool:
	return frappe.session.user == "Administrator" or bool(FOR_ALL & {*frappe.get_roles()})


def for_anybody() -> bool:
	"""Whether the session's user may hand over anything at all; what the Desk asks before it offers it."""
	if not frappe.has_permission("Interaction", "write"):
		return False
	return for_all() or bool(team.members_of(frappe.session.user))


def require_right(from_user: str) -> None:
	"""Raises: PermissionError for who is neither a manager nor this user's supervisor."""
	allowed = frappe.has_permission("Interaction", "write") and (
		for_all() or from_user in team.members_of(frappe.session.user)
	)
	if not allowed:
		frappe.throw(
			_(
				"You may hand over only what your own people are responsible for. Ask somebody with the role {0}."
			).format(bold(_("Interaction Manager"))),
			frappe.PermissionError,
			title=_("Not Allowed to Hand Over"),
		)


def require_people(from_user: str, to_user: str) -> None:
	"""The one may have left already; the other has to be able to work with what he gets.

	Raises: ValidationError.
	"""
	if not frappe.db.exists("User", from_user):
		frappe.throw(
			_("There is no user {0}. Choose another one.").format(_name(from_user)),
			title=_("Check Who Hands Over to Whom"),
		)
	if from_user == to_user:
		frappe.throw(
			_("{0} has these activities already. Choose somebody else to take them over.").format(
				_name(to_user)
			),
			title=_("Check Who Hands Over to Whom"),
		)
	if not frappe.db.get_value("User", to_user, "enabled"):
		frappe.throw(
			_("{0} is no enabled user. Enable the user first, or choose somebody else.").format(
				_name(to_user)
			),
			title=_("Check Who Hands Over to Whom"),
		)
	if to_user == "Guest" or not {*ROLES, "System Manager"} & {*frappe.get_roles(to_user)}:
		frappe.throw(
			_(
				"{0} has none of the roles {1}. Give the user one of them first, or choose somebody else."
			).format(_name(to_user), ", ".join(_(role) for role in ROLES)),
			title=_("Check Who Hands Over to Whom"),
		)


def search_users(text: str, *, successors: bool, start: int = 0, length: int = 20) -> list[tuple[str, str]]:
	"""Return users by name, as a search field offers them: name and full name.

	Args:
		successors: who may take over, else whose activities the session's user may hand over, who left included.
	"""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	recording = (
		frappe.qb.from_(role).select(role.parent).where((role.parenttype == "User") & role.role.isin(ROLES))
	)
	query = (
		frappe.qb.from_(user)
		.select(user.name, user.full_name)
		.where(user.name.isin(recording) & (user.name != "Guest"))
		.where(user.name.like(f"%{text}%") | user.full_name.like(f"%{text}%"))
		.orderby(user.full_name)
		.orderby(user.name)
		.limit(length)
		.offset(start)
	)
	if successors:
		query = query.where(user.enabled == 1)
	elif not for_all():
		query = query.where(user.name.isin(team.members_of(frappe.session.user) or [""]))
	return list(query.run())


def _name(user: str) -> str:
	return bold(user)
