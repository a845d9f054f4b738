"""Calls back: the next step of a missed call, unless one is planned or the partner was reached since."""

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, now_datetime

from crm_interactions.activities.options import OPTION_OF_MEDIUM, is_on
from crm_interactions.chains import locks
from crm_interactions.followups import planner

INTERACTION, CALL = "Interaction", "Phone Call"
# a rule of the call's type for an outcome of this name takes the place of `USUAL`
MISSED = "Missed"
LATEST_DAYS = 3
USUAL = {"next_in": 1, "next_unit": "Hours"}


def plan_call_back(doc):
	"""Plan a call of the responsible user after a missed call, in its chain and in working time.

	The type's rule for the outcome *Missed* gives type and time, else it is a call of the same type an hour from now.
	Permissions aren't checked.

	Returns: the planned activity; None for another activity, one of more than `LATEST_DAYS` ago, a call without partner or in a closed chain, or if a call
		with the partner is planned or was held since.

	Raises: as `planner.plan_after`.
	"""
	if not _is_missed(doc) or _is_old(doc) or doc.next_activity or _is_settled(doc):
		return None
	if doc.chain and frappe.db.get_value(locks.CHAIN, doc.chain, "status") != "Open":
		return None
	# a telephone system's user may have no right to the activities of the user who was called
	doc.flags.ignore_permissions = True
	return planner.plan_after(doc, _step(doc))


def _is_missed(doc) -> bool:
	return bool(
		doc.direction == "Incoming"
		and doc.status == "Not Held"
		and doc.party
		and doc.interaction_type in _call_types()
		and is_on(OPTION_OF_MEDIUM[CALL])
	)


def _is_old(doc) -> bool:
	"""Return whether a call came too long ago for a call back, as in a backfill."""
	return get_datetime(doc.starts_on) < add_days(now_datetime(), -LATEST_DAYS)


def _is_settled(doc) -> bool:
	with_partner = {
		"party_type": doc.party_type,
		"party": doc.party,
		"interaction_type": ("in", _call_types()),
	}
	return any(
		frappe.db.exists(INTERACTION, {**with_partner, **one})
		for one in ({"status": "Planned"}, {"status": "Held", "starts_on": (">", doc.starts_on)})
	)


def _call_types() -> list[str]:
	return frappe.get_all("Interaction Type", {"medium": CALL}, pluck="name")


def _step(doc) -> dict:
	rules = frappe.get_cached_doc("Interaction Type", doc.interaction_type).next_steps
	rule = next((row for row in rules if row.outcome == MISSED), None)
	title = {"next_title": (rule and rule.title) or _("Call Back")}
	if not rule:
		return {"next_type": doc.interaction_type, **USUAL, **title}
	return {
		"next_type": rule.next_type or doc.interaction_type,
		"next_in": rule.next_in or USUAL["next_in"],
		"next_unit": rule.next_unit or USUAL["next_unit"],
		**title,
	}
