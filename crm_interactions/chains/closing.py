"""Closing a chain: contact ends, with a reason, and nothing is planned in it until it is reopened (R19)."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.chains import locks, log
from crm_interactions.controllers.validation import bold, clean_html, require_room_for
from crm_interactions.journal import app_sources, writer


@locks.explain_conflicts
def close(
	chain: str, reason: str | None = None, *, cancel_planned: bool = False, closed_on: datetime | None = None
) -> dict:
	"""Close a chain.

	Args:
		reason: why contact ends; kept on the chain.
		cancel_planned: cancel its planned interactions and meetings; else they stay planned.
		closed_on: for server code that records the past; now unless given.

	Returns: `chain`, `cancelled` (names of the activities) and `log`.

	Raises: ValidationError when it isn't open; CharacterLengthExceededError for a reason that is too long.
	"""
	held = locks.hold_followed(chain)
	if held["status"] != "Open":
		frappe.throw(_("{0} is closed already. Reload to see it.").format(bold(held["name"])))
	reason = clean_html(reason)
	require_room_for(locks.CHAIN, {"close_reason": reason})
	cancelled = _cancel_planned(held["name"]) if cancel_planned else []
	frappe.db.set_value(
		locks.CHAIN,
		held["name"],
		{
			"status": "Closed",
			"closed_on": closed_on or now(),
			"closed_by": frappe.session.user,
			"close_reason": reason,
		},
	)
	entry = log.write_entry("Close", held["name"], note=reason, status_before=held["status"])
	return {"chain": held["name"], "cancelled": cancelled, "log": entry}


@locks.explain_conflicts
def reopen(chain: str) -> dict:
	"""Reopen a closed chain.

	Returns: `chain` and `log`.

	Raises: ValidationError when it isn't closed.
	"""
	held = locks.hold_followed(chain)
	if held["status"] != "Closed":
		frappe.throw(_("{0} is open already. Reload to see it.").format(bold(held["name"])))
	frappe.db.set_value(
		locks.CHAIN,
		held["name"],
		{"status": "Open", "closed_on": None, "closed_by": None, "close_reason": None},
	)
	return {"chain": held["name"], "log": log.write_entry("Reopen", held["name"], status_before="Closed")}


def _cancel_planned(chain: str) -> list[str]:
	"""Each through its own controller, so that its rules, its versions and its assignment follow."""
	cancelled = []
	for row in writer.rows_in(chain):
		if row["status"] != "Planned" or row["activity_type"] not in app_sources.DOCTYPES:
			continue
		doc = frappe.get_doc(row["activity_type"], row["activity"])
		_require_right(doc, chain)
		doc.status = "Cancelled"
		doc.save()
		cancelled.append(doc.name)
	return cancelled


def _require_right(doc, chain: str) -> None:
	"""Raises: PermissionError that doesn't name what the user may not see."""
	# not the document's own method, which tells its name
	if not frappe.has_permission(doc.doctype, "write", doc=doc):
		frappe.throw(
			_(
				"{0} holds something planned that you may not cancel. Close it without cancelling what is planned, or ask somebody who may."
			).format(bold(chain)),
			frappe.PermissionError,
			title=_("Not Allowed to Cancel"),
		)
