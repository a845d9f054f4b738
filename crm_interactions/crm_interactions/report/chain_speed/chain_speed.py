"""How long chains take, by a property, and which side they wait for (R27, B5)."""

from crm_interactions.insight import speed


def execute(filters=None):
	return speed.execute(filters)
