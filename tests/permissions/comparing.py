"""What is told against what may be told."""


class Differences(list):
	"""A door that shows more than it should is a leak; one that shows less hides somebody's work."""

	def check(
		self, allowed: set, told: set, *where, may_be_closed: bool = False, may_be_less: bool = False
	) -> None:
		"""Note where what is told isn't what is allowed.

		Args:
			where: person, door and what else says where it is.
			may_be_closed: nothing at all may be told, too.
			may_be_less: the door doesn't lead to all.
		"""
		if leaked := told - allowed:
			self.append((*where, "shows", sorted(leaked)))
		if (missing := allowed - told) and not may_be_less and not (may_be_closed and not told):
			self.append((*where, "hides", sorted(missing)))

	def __str__(self) -> str:
		return "\n".join(" · ".join(map(str, one)) for one in self)
