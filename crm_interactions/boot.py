"""Settings and user data that the Desk needs at start."""

import frappe

from crm_interactions.activities import options
from crm_interactions.apps import organisation
from crm_interactions.chains import connections, groupings, related
from crm_interactions.insight import analytics, people
from crm_interactions.journal import app_sources, registry
from crm_interactions.parties import participants, partners
from crm_interactions.supervision import bulk_review, rights
from crm_interactions.visibility import reporting_lines

MOST_COLLEAGUES = 500
MY_DAY, ROLE = "my-day", "Interaction User"


def extend_bootinfo(bootinfo) -> None:
	"""Add settings and the user's rights as `crm_interactions`; remove switched-off types from `can_create` (R4).

	Users who may read interactions also get the names of colleagues; Guest gets nothing.
	"""
	if frappe.session.user == "Guest":
		return
	settings = options.settings()
	bootinfo.crm_interactions = {
		"media_off": options.media_switched_off(),
		"use_reviewed": settings.use_reviewed,
		"use_under_control": settings.use_under_control,
		"timer_enabled": settings.timer_enabled,
		"default_priority": settings.default_priority,
		"party_types": partners.party_types(),
		"subject_types": partners.subject_types(),
		"participant_types": participants.allowed_types(),
		"activity_types": activity_types(),
		"related_types": related.list_types(),
		"connections": connections.list_connections(),
		"groupings": _choices(groupings.list_groupings()),
		"people_groupings": _choices(people.list_groupings()),
		"activity_properties": _choices(analytics.list_properties()),
		"leads_team": bool(reporting_lines.count_users_below(frappe.session.user)),
		"has_plans": bool(frappe.db.exists("Activity Plan", {"disabled": 0})),
		"may_review": bulk_review.may_review_any(),
		"may_hand_over": rights.may_hand_over_any(),
		"organisation": organisation.defaults_of(frappe.session.user),
	}
	if starts_with_my_day():
		bootinfo.home_page = MY_DAY
	# users without access to activities don't need the names of the users who record them
	if frappe.has_permission("Interaction", "read"):
		frappe.utils.add_user_info(colleagues(), bootinfo.user_info)
	can_create = bootinfo.user.get("can_create") or []
	for doctype in options.doctypes_switched_off():
		if doctype in can_create:
			can_create.remove(doctype)


def on_session_creation(login_manager=None) -> None:
	"""Send users of My Day to the Desk's home page after the login, instead of to an app's workspace."""
	if starts_with_my_day():
		frappe.local.response["home_page"] = f"/app/{MY_DAY}"


def starts_with_my_day() -> bool:
	"""Return whether My Day is the user's home page: with the role that records, and without a default of their own."""
	user = frappe.session.user
	if user in ("Administrator", "Guest") or not options.settings().start_with_my_day:
		return False
	if ROLE not in frappe.get_roles(user):
		return False
	own = frappe.get_cached_value("User", user, ["default_workspace", "default_app"])
	return not any(own)


def _choices(found: dict) -> list[dict]:
	"""Return the options of a report's filter: `value` and English `label`."""
	return [{"value": key, "label": one.label} for key, one in found.items()]


def activity_types() -> list[dict]:
	"""Return `doctype`, `icon`, `color` and `has_chain` (the app's own types) of the types that the user may read."""
	return [
		{
			"doctype": source.doctype,
			"icon": source.icon,
			"color": source.color,
			"has_chain": source.doctype in app_sources.DOCTYPES,
		}
		for source in registry.sources().values()
		if frappe.has_permission(source.doctype, "read")
	]


def colleagues() -> list[str]:
	"""Return up to `MOST_COLLEAGUES` users with a role of the app, also disabled ones; the Desk shows them by name."""
	return frappe.get_all(
		"Has Role",
		{"parenttype": "User", "role": ("in", rights.ROLES)},
		pluck="parent",
		distinct=True,
		order_by="parent asc",
		limit=MOST_COLLEAGUES,
	)
