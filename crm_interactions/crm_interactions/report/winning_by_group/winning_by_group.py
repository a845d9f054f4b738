"""Win rates with intervals, time to win and amounts, by a property of chains (R27)."""

from crm_interactions.insight import winning


def execute(filters=None):
	return winning.execute(filters)
