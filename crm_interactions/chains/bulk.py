"""Several activities changed by one request: each by itself, as long as the database keeps the transaction."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import strip_html

from crm_interactions.chains import locks
from crm_interactions.journal import app_sources

SAVEPOINT = "crm_interactions_bulk"
MOST = 500
REFUSED = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError)


@locks.explain_save_conflicts
def change_each(activities: list[tuple[str, str]], change: Callable[[str, str], None]) -> dict:
	"""Change several activities in the order given; a refused one doesn't stop the others.

	Args:
		activities: type and name of each, at most `MOST`.
		change: changes one, given its type and name; what it raises of `REFUSED` refuses that one.

	Returns: `done` (names) and `refused` (for each `activity` and `reason`, plain text).

	Raises: ChangedMeanwhileError when the database gives up the transaction; then nothing is saved.
	"""
	if len(activities) > MOST:
		frappe.throw(_("At most {0} activities are changed at once. Choose fewer.").format(MOST))
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
			frappe.db.rollback(save_point=SAVEPOINT)
			frappe.clear_messages()
			reason = strip_html(str(error)) or _("You may not change it.")
			refused.append({"activity": activity, "reason": reason})
		else:
			done.append(activity)
	return {"done": done, "refused": refused}


def _hold_chains(activities: list[tuple[str, str]]) -> None:
	"""Hold all chains before the first change, or two requests with opposite orders would block each other."""
	names: dict[str, set[str]] = {}
	for activity_type, activity in activities:
		names.setdefault(activity_type, set()).add(activity)
	chains = set()
	for doctype in names.keys() & {*app_sources.DOCTYPES}:
		chains |= {*frappe.get_all(doctype, {"name": ("in", sorted(names[doctype]))}, pluck="chain", limit=0)}
	locks.begin_anew()
	for chain in sorted(chains - {None, ""}):
		locks.hold_chain_if_exists(chain)
