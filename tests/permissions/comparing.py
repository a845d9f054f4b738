"""Compare the records that a door shows with those that it may show."""


class Differences(list):
	"""A list of differences: a door that shows too much is a leak, and one that shows too little hides a user's work."""

	def check(
		self, allowed: set, shown: set, *where, may_be_closed: bool = False, may_be_less: bool = False
	) -> None:
		"""Add a difference for records that are shown but not allowed, and for records that are allowed but not shown.

		Args:
			where: person, door and other details for the failure's message.
			may_be_closed: allow that nothing is shown.
			may_be_less: allow that only some of the records are shown.
		"""
		if leaked := shown - allowed:
			self.append((*where, "shows", sorted(leaked)))
		if (missing := allowed - shown) and not may_be_less and not (may_be_closed and not shown):
			self.append((*where, "hides", sorted(missing)))

	def __str__(self) -> str:
		return "\n".join(" · ".join(map(str, difference)) for difference in self)
