"""From documents to the journal and the chains: the platform's events, rebuilding, numbering of existing documents."""


def rebuild(doctype: str | None = None) -> dict:
	"""Write the journal anew from the documents: `bench execute crm_interactions.recording.rebuild`.

	Rows that are right stay as they are, so that running it again, or after every save, gives the same journal.

	Args:
		doctype: one document type; left out, all that are registered.

	Returns: how many rows were `added`, `changed` and `removed`.
	"""
	from crm_interactions.recording import rebuilding  # not above: this package is what it stands on

	return rebuilding.rebuild_journal(doctype)
