"""The journal: one row (*Activity Link*) for each activity, whatever its document type (B8)."""


def rebuild(doctype: str | None = None) -> dict:
	"""Write the journal anew from the documents: `bench execute crm_interactions.journal.rebuild`.

	Rows that are right stay as they are, so that running it again, or after every save, gives the same journal.

	Args:
		doctype: one document type; left out, all that are registered.

	Returns: how many rows were `added`, `changed` and `removed`.
	"""
	from crm_interactions.journal import rebuilding  # not above: this package is what it stands on

	return rebuilding.run(doctype)
