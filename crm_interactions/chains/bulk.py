"""Bulk changes: each activity succeeds or fails independently within one transaction."""

from collections.abc import Callable

import frappe
from frappe import _

from crm_interactions.chains import locks
from crm_interactions.journal import app_sources
from crm_interactions.platform.stored_text import of_message

SAVEPOINT = "crm_interactions_bulk"
MOST = 500
REFUSED = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError)


@locks.explain_save_conflicts
def change_each(activities: list[tuple[str, str]], change: Callable[[str, str], None]) -> dict:
	"""Lock the chains of the app's own activities, then change all in order; a refusal undoes only that change.

	In a request that hasn't written, a new transaction is started first. Nothing is committed.

	Args:
		activities: (document type, name) pairs, at most `MOST`.
		change: checks rights and changes one activity, given its type and name. An exception of `REFUSED` rolls it back
			and drops all messages so far; any other exception, also ChangedMeanwhileError, ends the call.

	Returns: `done`, the names of the changed activities, and `refused`, a list of `activity` and plain-text `reason`.

	Raises: ValidationError above `MOST`; ChangedMeanwhileError, after which the caller must roll back all changes.
	"""
	if len(activities) > MOST:
		frappe.throw(_("At most {0} activities can be changed at once. Choose fewer.").format(MOST))
	_hold_chains(activities)
	done, refused = [], []
	for activity_type, activity in activities:
		frappe.db.savepoint(SAVEPOINT)
		try:
			change(activity_type, activity)
		except REFUSED as error:
			if locks.is_given_up(error):
				frappe.clear_messages()
				raise locks.not_saved() from error
			locks.roll_back(SAVEPOINT)
			reason = of_message(error) or _("You may not change it.")
			refused.append({"activity": activity, "reason": reason})
		else:
			done.append(activity)
	return {"done": done, "refused": refused}


def _hold_chains(activities: list[tuple[str, str]]) -> None:
	"""Lock chains among the documents, and those of the app's own activities, in name order, so that concurrent bulk requests can't deadlock."""
	names: dict[str, set[str]] = {}
	for activity_type, activity in activities:
		names.setdefault(activity_type, set()).add(activity)
	chains = set()
	for doctype in names.keys() & {*app_sources.DOCTYPES}:
		chains |= {*frappe.get_all(doctype, {"name": ("in", sorted(names[doctype]))}, pluck="chain")}
	locks.restart_transaction()
	chains |= names.get(locks.CHAIN, set())
	for chain in sorted(chains - {None, ""}):
		locks.hold_chain_if_exists(chain)
