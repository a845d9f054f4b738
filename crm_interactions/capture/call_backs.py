"""Calls back: a missed call gets one, unless an error in the plan would lose the call itself."""

import frappe

from crm_interactions.chains import locks
from crm_interactions.followups import call_backs

SAVEPOINT = "crm_call_back"


def plan_safely(name: str) -> None:
	"""Plan the call back of a missed call (`followups.call_backs`); an error is logged, and the call stays recorded.

	A deadlock ends the whole transaction, so it is raised, as a lock timeout.
	"""
	frappe.db.savepoint(SAVEPOINT)
	logged = len(frappe.local.message_log)
	try:
		call_backs.plan_call_back(frappe.get_doc("Interaction", name))
	except Exception as error:
		if locks.is_given_up(error):
			raise
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.log_error(
			title="A call back was not planned", reference_doctype="Interaction", reference_name=name
		)
	del frappe.local.message_log[logged:]
