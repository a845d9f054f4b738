"""Activities by weekday and hour (R27)."""

from crm_interactions.insight import hours


def execute(filters=None):
	return hours.execute(filters)
