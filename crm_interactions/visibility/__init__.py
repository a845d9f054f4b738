"""Visibility of activities: one predicate for lists, documents, panels, counts, search and reports."""


def rebuild() -> dict:
	"""Rebuild audiences and reporting lines: `bench execute crm_interactions.visibility.rebuild`.

	The result equals the one that document events maintain.

	Returns: how many reporting lines were `added` and `removed`, and how many activities `changed` their audience.
	"""
	from crm_interactions.visibility import rebuilding  # not at the top: the module imports this package

	return rebuilding.rebuild_audiences()
