"""The activities behind a number of another report (R27)."""

from crm_interactions.insight import hours


def execute(filters=None):
	return hours.execute_details(filters)
