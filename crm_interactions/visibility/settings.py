"""What is chosen in the settings about who sees what."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.visibility import predicate

PLAIN_ROLE = "Interaction User"
DOCTYPES = ("Interaction", "Meeting")


def validate(settings) -> None:
	"""Say where the choice and the Role Permission Manager contradict each other; both are the administrator's."""
	before = settings.get_doc_before_save()
	if settings.visibility != predicate.EVERYBODY or (before and before.visibility == settings.visibility):
		return
	if limited := [_(doctype) for doctype in DOCTYPES if _is_for_owners_only(doctype)]:
		frappe.msgprint(
			_(
				"Everyone is to see all activities, but in the Role Permission Manager {0} has <b>If Owner</b> on {1} and so sees his own only. Take the mark away there, or choose {2} here."
			).format(
				bold(_(PLAIN_ROLE)),
				bold(", ".join(limited)),
				bold(_(predicate.ROLE_PERMISSIONS)),
			),
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
