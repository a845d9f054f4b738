"""Demo data: a year of one company's work with thirty partners, made through the controllers, removable at once.

	bench --site SITE execute crm_interactions.demo.create
	bench --site SITE execute crm_interactions.demo.remove

The story (`story/`) and its plan import no Frappe; the functions below import what writes when they are called.
"""

from __future__ import annotations

from crm_interactions.demo import people


def create(limit: int | None = None) -> None:
	"""Make the demo data; where it is there already, say so and change nothing.

	Args:
		limit: make only the first so many partners; the first five speak the five languages.
	"""
	from crm_interactions.demo.write import creation

	print(creation.create(limit))


def remove() -> None:
	"""Remove what `create` made and what hangs on it; name what had to stay because other records use it."""
	from crm_interactions.demo.write import removal

	print(removal.remove())


def credentials() -> list[dict[str, str]]:
	"""Return `user`, `password`, `role` and `try` of those who can log in to the demo data, the best start first."""
	return [
		{"user": person.email, "password": people.PASSWORD, "role": person.role, "try": person.hint}
		for person in people.PEOPLE
	]
