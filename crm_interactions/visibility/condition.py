"""A condition of the platform's, which come as text, as a part of a query."""

from pypika.terms import Criterion


class Condition(Criterion):
	def __init__(self, text: str):
		super().__init__()
		# the platform puts values into queries that are built, so a per cent sign has to be doubled
		self.text = text.replace("%", "%%")

	def get_sql(self, **_kwargs) -> str:
		return f"({self.text})"
