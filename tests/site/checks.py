"""A check of refusals, and the stored values of a document."""

from contextlib import contextmanager

import frappe
import pytest

WRITTEN = (
	*("Interaction", "Meeting", "Product Record", "Interaction Participant", "Interaction Product"),
	*("Interaction Dictionary Entry", "Activity Resource", "Comment"),
)


@contextmanager
def refused(error: type[Exception], match: str):
	"""Check that the block raises this error with a matching message, and leaves all rows of `WRITTEN` unchanged."""
	before = _rows()
	with pytest.raises(error, match=match) as caught:
		yield caught
	assert _rows() == before


def stored(doc, fields):
	"""Return the stored value of a field of a document, or of several fields."""
	return frappe.db.get_value(doc.doctype, doc.name, fields)


def comments(doc, **filters) -> list[str]:
	"""Return the texts of a document's comments, oldest first."""
	filters |= {"reference_doctype": doc.doctype, "reference_name": doc.name}
	return frappe.get_all("Comment", filters, pluck="content", order_by="creation")


def responsible(doc) -> str:
	return stored(doc, "responsible")


def chain_responsible(doc) -> str:
	return frappe.db.get_value("Interaction Chain", doc.chain, "responsible")


def tasks(doc) -> list[tuple]:
	"""Return user and status of each assignment of a document, oldest first."""
	about = {"reference_type": doc.doctype, "reference_name": doc.name}
	found = frappe.get_all("ToDo", about, ["allocated_to", "status"], order_by="creation")
	return [(task.allocated_to, task.status) for task in found]


def timeline(doc) -> list[tuple]:
	"""Return owner and text of each entry that the server wrote into a document's timeline, oldest first."""
	entries = {"reference_doctype": doc.doctype, "reference_name": doc.name, "comment_type": "Info"}
	entries["creation"] = (">=", doc.creation)  # a deleted document may have had the same number
	found = frappe.get_all("Comment", entries, ["owner", "content"], order_by="creation")
	return [(comment.owner, comment.content) for comment in found]


def _rows() -> dict[str, list]:
	return {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype in WRITTEN}
