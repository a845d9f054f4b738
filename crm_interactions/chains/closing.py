"""Closing and reopening a chain; a closed chain accepts no planned activities (R19)."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import now

from crm_interactions.chains import locks, log, plan_runs, results, slowness, subject_results, summary
from crm_interactions.controllers.validation import bold, require_room_for
from crm_interactions.journal import app_sources, writer
from crm_interactions.platform.stored_text import storable


@locks.explain_conflicts
def close(
	chain: str,
	reason: str | None = None,
	*,
	cancel_planned: bool = False,
	closed_on: datetime | None = None,
	ended: results.Result | None = None,
) -> dict:
	"""Close an open chain and log it, without a check of rights; a merged chain stands for its target.

	Args:
		reason: why contact ends; stored as text on the chain, by query, which sets `modified`.
		cancel_planned: also cancel the chain's planned interactions and meetings by saving each; by default they stay,
			except those of activity plans, which end (`plan_runs.end`).
		closed_on: the time of closing, for server code that records the past; now by default.
		ended: the result that the user chooses; one that the subject gives stays.

	Returns: `chain`, `cancelled` (names of the cancelled activities) and `log`, the name of the log entry.

	Raises: ValidationError if the chain isn't open or an activity to cancel is invalid; CharacterLengthExceededError if
		the reason is too long; PermissionError if the user may not cancel a planned activity; DoesNotExistError;
		ChangedMeanwhileError after a deadlock or lock timeout; as `results.parse`.
	"""
	held = locks.hold_followed(chain)
	if held["status"] != "Open":
		frappe.throw(_("{0} is already closed. Reload the page.").format(bold(held["name"])))
	reason = storable(reason) if reason else reason
	require_room_for(locks.CHAIN, {"close_reason": reason})
	found = results.parse(held, subject_results.possible_results(held), ended)
	cancelled = plan_runs.end_all(held["name"])
	cancelled += _cancel_planned(held["name"]) if cancel_planned else []
	closed = {"status": "Closed", "closed_by": frappe.session.user, "closed_on": closed_on or now()}
	if found and not held["result_from_subject"]:
		closed |= results.values_of(found, closed["closed_on"])
	closed |= {"close_reason": reason, "turn": None, "turn_since": None, **slowness.values_of(None, None)}
	frappe.db.set_value(locks.CHAIN, held["name"], closed)
	about = {"note": reason, "result_after": closed.get("result", held["result"]) or None}
	entry = log.write_entry("Close", held["name"], **about, status_before=held["status"])
	return {"chain": held["name"], "cancelled": cancelled, "log": entry}


@locks.explain_conflicts
def reopen(chain: str) -> dict:
	"""Reopen a closed chain, clear time, user and reason of its closing, and log it, without a check of rights.

	A result that was chosen with the closing is cleared, too; one that the subject gives stays. Cancelled activities stay cancelled. Returns `chain`, the target of a merged one, and `log`, the name of the entry.

	Raises: ValidationError if the chain isn't closed; DoesNotExistError; ChangedMeanwhileError.
	"""
	held = locks.hold_followed(chain)
	if held["status"] != "Closed":
		frappe.throw(_("{0} is already open. Reload the page.").format(bold(held["name"])))
	opened = {"status": "Open", "closed_on": None, "closed_by": None, "close_reason": None}
	if not held["result_from_subject"]:
		opened |= results.values_of(None, None)
	frappe.db.set_value(locks.CHAIN, held["name"], opened)
	summary.refresh_summary(held["name"])
	about = {"status_before": "Closed", "result_before": held["result"] or None}
	return {"chain": held["name"], "log": log.write_entry("Reopen", held["name"], **about)}


def _cancel_planned(chain: str) -> list[str]:
	"""Cancel the chain's planned interactions and meetings by saving each, so that hooks run; return their names."""
	cancelled = []
	for row in writer.hold_rows(chain):
		if row["status"] != "Planned" or row["activity_type"] not in app_sources.DOCTYPES:
			continue
		doc = frappe.get_doc(row["activity_type"], row["activity"])
		_require_right(doc, chain)
		doc.status = "Cancelled"
		doc.save()
		cancelled.append(doc.name)
	return cancelled


def _require_right(doc, chain: str) -> None:
	"""Raise PermissionError without naming a document that the user may not see."""
	# doc.check_permission() would name the document
	if not frappe.has_permission(doc.doctype, "write", doc=doc):
		frappe.throw(
			_(
				"{0} contains planned activities that you may not cancel. Close it without cancelling them, or ask a user with that permission."
			).format(bold(chain)),
			frappe.PermissionError,
			title=_("Not Allowed to Cancel"),
		)
