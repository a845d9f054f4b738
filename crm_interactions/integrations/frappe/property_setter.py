"""Property Setter: an administrator changes the permission level of a field."""

from crm_interactions.journal import registry
from crm_interactions.recording import numbering

PROPERTY = "permlevel"


def on_change(doc, method=None):
	"""Queue a rewrite of a registered type's rows if a field's level changes: they hold no fields above level 0."""
	if doc.property == PROPERTY and doc.doc_type in registry.sources():
		numbering.queue_numbering(doc.doc_type)


def after_delete(doc, method=None):
	if doc.property == PROPERTY:
		on_change(doc)
