"""Property Setter: an administrator moves a field to another permission level."""

from crm_interactions.journal import registry
from crm_interactions.recording import numbering

PROPERTY = "permlevel"


def on_change(doc, method=None):
	"""The rows of the journal, which hold no field of a level above 0, follow in the background."""
	if doc.property == PROPERTY and doc.doc_type in registry.sources():
		numbering.queue_numbering(doc.doc_type)


def after_delete(doc, method=None):
	if doc.property == PROPERTY:
		on_change(doc)
