"""Busy periods on the site's clock, with their document as far as it is known."""

from dataclasses import dataclass
from datetime import datetime

from crm_interactions.clock import site_time


@dataclass(frozen=True)
class Busy:
	"""A period in which a user or a resource isn't free; `who` is its name, the document is the reason."""

	who: str
	starts: datetime
	ends: datetime
	doctype: str
	document: str
	of_resource: bool = False

	@property
	def key(self) -> tuple[str, str]:
		return self.doctype, self.document


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
	"""Return whether two periods on the site's clock share time; periods that only touch don't."""
	begins, ends = (tuple(site_time.to_utc(each[side]) for each in (first, second)) for side in (0, 1))
	return begins[0] < ends[1] and begins[1] < ends[0]
