"""What a document was made from or refers to, and which activities that means."""

from collections.abc import Iterator

import frappe

from crm_interactions.journal import registry
from crm_interactions.journal.source import Source, read_links

Activity = tuple[str, str]
MAIL = "Communication"


def list_origins(doc, source: Source) -> list[tuple[str, str]]:
	"""Return type and name of the documents that this one was made from."""
	found = read_links(doc, source.origins)
	if doc.get("amended_from"):
		found.append((doc.doctype, doc.amended_from))
	if source.origins_of:
		found += source.origins_of(doc)
	return found


def iter_origin_activities(doc, source: Source) -> Iterator[Activity]:
	"""Yield the activities that a document was made from, nearest first."""
	for reference in list_origins(doc, source):
		yield from iter_meant_activities(*reference)


def iter_meant_activities(doctype: str, name: str) -> Iterator[Activity]:
	"""Yield the activities that a reference can mean, nearest first: a mail stands for what it is about, too."""
	if registry.get_source(doctype):
		yield doctype, name
	if doctype == MAIL:
		about = frappe.db.get_value(MAIL, name, ["reference_doctype", "reference_name"])
		if about and all(about) and registry.get_source(about[0]):
			yield about
