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
DUPLICATE, INVITATION, OWN = "duplicate", "answer to invitation", "own"


def is_refused(source: Reference) -> bool:
	return bool(frappe.db.exists(REFUSAL, dict(zip(COLUMNS, source, strict=False))))


def count(source: Reference, refusal: Refusal) -> None:
	"""Insert the row of a refused document."""
	insert_rows(REFUSAL, COLUMNS, [(*source, refusal.reason, refusal.address[:LONGEST_LINE])])
