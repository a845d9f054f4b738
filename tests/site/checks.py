"""A check of refusals for several tests."""

from contextlib import contextmanager

import frappe
import pytest

WRITTEN = (
	"Interaction",
	"Meeting",
	"Product Record",
	"Interaction Participant",
	"Interaction Product",
	"Interaction Dictionary Entry",
	"Activity Resource",
	"Comment",
)


@contextmanager
def refused(error: type[Exception], match: str):
	"""Check that the block raises this error with a matching message, and leaves all rows of `WRITTEN` unchanged."""
	before = _rows()
	with pytest.raises(error, match=match) as caught:
		yield caught
	assert _rows() == before


def _rows() -> dict[str, list]:
	return {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype in WRITTEN}
