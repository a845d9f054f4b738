"""Subordinates of a user; supervision and reminders read them here only (R26)."""

from crm_interactions.visibility import reporting_lines


def members_of(user: str) -> list[str]:
	"""Return the users below a user in teams or in the company, without the user."""
	return reporting_lines.list_users_below(user)
