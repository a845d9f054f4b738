"""Fields with a permission level above 0 stay out of the journal, which all readers of a document may read."""


class _WithoutLevels:
	"""A view of a document in which hidden fields are None; the document itself isn't changed."""

	def __init__(self, doc, hidden: set[str]):
		self._doc, self._hidden = doc, hidden

	def __getattr__(self, name: str):
		return None if name in self._hidden else getattr(self._doc, name)

	def get(self, name: str, *default):
		return None if name in self._hidden else self._doc.get(name, *default)


# the level restricts who sets these fields; all roles of the app may read them
READ_BY_ALL = {"reviewed", "under_control"}


def without_levels(doc):
	"""Return a document or, if it has fields on levels above 0, a view with None in these, except `READ_BY_ALL`."""
	hidden = {df.fieldname for df in doc.meta.fields if df.permlevel} - READ_BY_ALL
	return _WithoutLevels(doc, hidden) if hidden else doc
