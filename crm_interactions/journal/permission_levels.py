"""Fields on a permission level above 0 are for some of those who read the document; the journal is for all of them."""


class _WithoutLevels:
	"""A document as somebody sees it who has no right on any level; nothing of it is changed."""

	def __init__(self, doc, hidden: set[str]):
		self._doc, self._hidden = doc, hidden

	def __getattr__(self, name: str):
		return None if name in self._hidden else getattr(self._doc, name)

	def get(self, name: str, *default):
		return None if name in self._hidden else self._doc.get(name, *default)


# on the supervisor's level, which says who sets them; every role of the app reads it
READ_BY_ALL = {"reviewed", "under_control"}


def without_levels(doc):
	"""Return a document without its fields on levels above 0."""
	hidden = {df.fieldname for df in doc.meta.fields if df.permlevel} - READ_BY_ALL
	return _WithoutLevels(doc, hidden) if hidden else doc
