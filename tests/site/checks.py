"""What several tests ask of a refusal."""

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
	"""The block is refused with this error and a message that matches; nothing half-written stays."""
	before = _rows()
	with pytest.raises(error, match=match) as told:
		yield told
	assert _rows() == before


def _rows() -> dict[str, list]:
	return {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype in WRITTEN}
