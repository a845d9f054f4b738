"""Activities by two properties and month (R27)."""

from crm_interactions.insight import analytics


def execute(filters=None):
	return analytics.execute(filters)
