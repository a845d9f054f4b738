"""An activity of the plan. Imports no Frappe."""

from dataclasses import dataclass
from datetime import date, datetime

from crm_interactions.demo import story


@dataclass
class Activity:
	"""A document to create; times are in the site's time zone, `rating` in stars, amounts in `partner.currency`.

	`result` is that of the whole chain once it is closed.
	"""

	doctype: str
	partner: story.Partner
	contact: story.Contact
	chain: int
	responsible: str
	starts_on: datetime
	ends_on: datetime
	title: str
	notes: str
	kind: str
	status: str = "Held"
	direction: str = ""
	reason: str = ""
	outcome: str = ""
	priority: str = "Normal"
	category: str = ""
	result: str = ""
	source: str = ""
	rating: int = 0
	product: str = ""
	quantity: int = 0
	amount: float = 0
	completed: bool = False
	reviewed: bool = False
	control_on: date | None = None
	place: str = ""
	agenda: str = ""
	expected_cost: float = 0
	actual_cost: float = 0
	attendees: tuple[story.Contact, ...] = ()
	with_technician: bool = False
	file: str = ""

	@property
	def how_to_reach(self) -> str:
		"""The contact's address for an e-mail, last number for an SMS, "" for a meeting, else the first number."""
		if self.kind == "E-mail":
			return self.contact.email
		if self.kind == "SMS":
			return self.contact.phones[-1]
		return "" if self.kind == "Meeting" else self.contact.phones[0]
