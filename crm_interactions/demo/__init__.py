"""Demo data: a year of a company's activities with thirty partners, created through the controllers.

	bench --site SITE execute crm_interactions.demo.create
	bench --site SITE execute crm_interactions.demo.remove

The story (`story/`) and its plan import no Frappe; the functions below import `write` only when they are called.
"""

from crm_interactions.demo import people


def create(limit: int | None = None) -> None:
	"""Create the demo data as `write.creation.create` and print its summary, or that it exists; the caller commits.

	`limit` is the number of partners, all by default; the first five cover the five languages.
	"""
	from crm_interactions.demo.write import creation

	print(creation.create(limit))


def remove() -> None:
	"""Remove the demo data as `write.removal.remove` and print its summary, with kept records; the caller commits."""
	from crm_interactions.demo.write import removal

	print(removal.remove())


def credentials() -> list[dict[str, str]]:
	"""Return `user`, `password`, `role` and `try` (a hint) of each demo user, created or not, the best start first."""
	return [
		{"user": person.email, "password": people.PASSWORD, "role": person.role, "try": person.hint}
		for person in people.PEOPLE
	]
