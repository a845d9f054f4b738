"""Partners without contact for a number of days (R27)."""

from crm_interactions.insight import silent


def execute(filters=None):
	return silent.execute(filters)
