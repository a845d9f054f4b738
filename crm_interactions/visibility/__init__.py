"""Who sees what: one predicate for lists, documents, panels, counts, search and reports."""


def rebuild() -> dict:
	"""Write anew who has which activity and who is above whom: `bench execute crm_interactions.visibility.rebuild`.

	The result is the same as what the documents' events keep.

	Returns: how many rows were `added` and `removed`.
	"""
	from crm_interactions.visibility import rebuilding  # not above: this package is what it stands on

	return rebuilding.rebuild_audiences()
