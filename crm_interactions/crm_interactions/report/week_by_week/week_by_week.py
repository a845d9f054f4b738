"""Activities, and chains started, won and lost, by week (R27)."""

from crm_interactions.insight import weekly


def execute(filters=None):
	return weekly.execute(filters)
