"""Open chains in which nothing is planned (B5, R23)."""

from crm_interactions.insight import without_next_step


def execute(filters=None):
	return without_next_step.execute(filters)
