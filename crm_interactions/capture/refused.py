"""Refused documents: each gets a row with the reason, which counts them and keeps the next call from asking again."""

import frappe

from crm_interactions.capture.exchange import Reference, Refusal
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.platform.bulk_insert import insert_rows

REFUSAL = "Capture Refusal"
COLUMNS = ("source_type", "source", "reason", "address")
# reasons that the adapters and the header don't give
INTERNAL, EXCLUDED, NO_ANSWER, LIMIT = "internal", "excluded", "no answer", "daily limit"
NOT_CAPTURED = "not captured"
NO_NUMBER = "no number"
DUPLICATE, INVITATION, OWN = "duplicate", "answer to invitation", "own"


def find_reason(source: Reference) -> str | None:
	"""Return why a document was refused; None if it wasn't."""
	return frappe.db.get_value(REFUSAL, dict(zip(COLUMNS, source, strict=False)), "reason")


def is_refused(source: Reference, reason: str | None = None) -> bool:
	"""Return whether a document was refused, for any reason or for this one."""
	of = dict(zip(COLUMNS, source, strict=False))
	return bool(frappe.db.exists(REFUSAL, {**of, "reason": reason} if reason else of))


def count(source: Reference | None, refusal: Refusal) -> None:
	"""Insert the row of a refused document, or of a call that has none."""
	insert_rows(
		REFUSAL, COLUMNS, [(*(source or (None, None)), refusal.reason, refusal.address[:LONGEST_LINE])]
	)
