"""Visibility of activities: one predicate for lists, documents, panels, counts, search and reports."""


def rebuild() -> dict:
	"""Rebuild audiences and reporting lines: `bench execute crm_interactions.visibility.rebuild`.

	Writes the differences from the documents, deletes unused audiences, keeps `modified`, and doesn't commit.

	Returns: the numbers of reporting lines `added` and `removed`, and of activities whose audience `changed`.
	"""
	from crm_interactions.visibility import rebuilding  # not at the top: the module imports this package

	return rebuilding.rebuild_audiences()
