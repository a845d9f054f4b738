"""The activities of a chain or of a partner, with gaps and waiting times (R27, B4)."""

from crm_interactions.insight import negotiation


def execute(filters=None):
	return negotiation.execute(filters)
