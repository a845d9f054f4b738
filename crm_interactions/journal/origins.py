"""Origins of a document: the documents that it was made from, and the activities that they stand for."""

from collections.abc import Iterator

import frappe

from crm_interactions.journal import registry
from crm_interactions.journal.source import Source, read_links

Activity = tuple[str, str]
MAIL = "Communication"


def list_origins(doc, source: Source) -> list[tuple[str, str]]:
	"""Return (type, name) of the documents, existing or not, that a document was made from, also an amended one."""
	found = read_links(doc, source.origins)
	if doc.get("amended_from"):
		found.append((doc.doctype, doc.amended_from))
	if source.origins_of:
		found += source.origins_of(doc)
	return found


def iter_origin_activities(doc, source: Source) -> Iterator[Activity]:
	"""Yield (type, name) of the activities, also deleted ones, that a document's direct origins stand for, in order."""
	for reference in list_origins(doc, source):
		yield from iter_referenced_activities(*reference)


def iter_referenced_activities(doctype: str, name: str) -> Iterator[Activity]:
	"""Yield the activities of a reference, existing or not: itself, if registered, and the reference of an e-mail."""
	if registry.get_source(doctype):
		yield doctype, name
	if doctype == MAIL:
		about = frappe.db.get_value(MAIL, name, ["reference_doctype", "reference_name"])
		if about and all(about) and registry.get_source(about[0]):
			yield about
