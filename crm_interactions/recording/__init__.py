"""From documents to the journal and the chains: Frappe's events, rebuilding, numbering of existing documents."""


def rebuild(doctype: str | None = None) -> dict:
	"""Rebuild the journal from the documents: `bench execute crm_interactions.recording.rebuild`.

	Correct rows stay, so that running it again, or after every save, gives the same journal. Documents without a row
	are placed in chains; rows without a document or a registered type are removed. The caller commits, as `bench
	execute` does.

	Args:
		doctype: one document type; defaults to all registered ones, and all that have rows.

	Returns: how many rows were `added`, `changed` and `removed`.
	"""
	from crm_interactions.recording import rebuilding  # not at the top: the module imports this package

	return rebuilding.rebuild_journal(doctype)
