"""A condition that Frappe returns as text, for use in a query builder."""

from pypika.terms import Criterion


class Condition(Criterion):
	def __init__(self, text: str):
		super().__init__()
		# Frappe interpolates values into built queries, so per cent signs are doubled
		self.text = text.replace("%", "%%")

	def get_sql(self, **_kwargs) -> str:
		return f"({self.text})"
