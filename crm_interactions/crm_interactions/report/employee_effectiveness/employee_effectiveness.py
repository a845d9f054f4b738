"""Activities, follow-up, results and response times of users and teams, with the change from the previous period (R27)."""

from crm_interactions.insight import effectiveness


def execute(filters=None):
	return effectiveness.execute(filters)
