"""Validation of the visibility settings."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import predicate

PLAIN_ROLE = "Interaction User"
DOCTYPES = ("Interaction", "Meeting")


def validate(settings) -> None:
	"""Show a warning if *Everyone* is newly chosen but Interaction User has *If Owner* on interactions or meetings."""
	before = settings.get_doc_before_save()
	if settings.visibility != predicate.EVERYBODY or (before and before.visibility == settings.visibility):
		return
	if limited := [_(doctype) for doctype in DOCTYPES if _is_for_owners_only(doctype)]:
		frappe.msgprint(
			_(
				"This setting shows all activities to everyone, but in the Role Permission Manager the role {0} has <b>If Owner</b> on {1}, so its users see only their own. Clear <b>If Owner</b> there, or choose {2} here."
			).format(bold(_(PLAIN_ROLE)), bold(", ".join(limited)), bold(_(predicate.ROLE_PERMISSIONS))),
			title=_("Visibility and Role Permissions Contradict"),
			indicator="orange",
		)


def _is_for_owners_only(doctype: str) -> bool:
	rows = [
		row
		for row in frappe.get_meta(doctype).permissions
		if row.role == PLAIN_ROLE and row.read and not row.permlevel
	]
	return bool(rows) and all(row.if_owner for row in rows)
