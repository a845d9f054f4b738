"""Chains with and without a step by a landmark, and what followed (B6)."""

from crm_interactions.insight import progress


def execute(filters=None):
	return progress.execute(filters)
