"""Whose supervisor somebody is: the one place of the follow-ups that asks (R26)."""

from crm_interactions.visibility import reporting_lines


def members_of(user: str) -> list[str]:
	"""Return the users whose work somebody answers for, in teams or in the company, himself left out."""
	return reporting_lines.list_users_below(user)
