"""Property Setter: an administrator changes the permission level of a field."""

from crm_interactions.journal import registry
from crm_interactions.recording import numbering

PROPERTY = "permlevel"


def on_change(doc, method=None):
	"""Update journal rows in the background, because they hold no fields of a level above 0."""
	if doc.property == PROPERTY and doc.doc_type in registry.sources():
		numbering.queue_numbering(doc.doc_type)


def after_delete(doc, method=None):
	if doc.property == PROPERTY:
		on_change(doc)
