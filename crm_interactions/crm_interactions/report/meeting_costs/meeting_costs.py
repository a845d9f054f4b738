"""Costs of meetings beside the amount of their chain (R27)."""

from crm_interactions.insight import costs


def execute(filters=None):
	return costs.execute(filters)
