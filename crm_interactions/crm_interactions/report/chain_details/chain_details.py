"""The chains behind a number of another report (R27)."""

from crm_interactions.insight import details


def execute(filters=None):
	return details.execute(filters)
