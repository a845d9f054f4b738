"""Exchanges: mails, calls and text messages as their source documents tell them. Imports no Frappe."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import blake2b

from crm_interactions.capture.people import Person

MAIL, CALL, SMS = "E-mail", "Phone Call", "SMS"
INCOMING, OUTGOING = "Incoming", "Outgoing"
Reference = tuple[str, str]


@dataclass(frozen=True)
class Exchange:
	"""A mail, a call or a text message.

	Args:
		source: type and name of the document that it was read from; None for a call that a telephone system reported.
		key: `key_of` a value that all documents of one exchange have, such as the Message-ID.
		medium: MAIL, CALL or SMS: the medium of its Interaction Type.
		direction: INCOMING or OUTGOING.
		address: address in lower case, or number as reported, of the person outside.
		title: plain text, or "".
		starts_on: in the site's time zone, without zone.
		notes: HTML.
		duration: seconds; None if unknown.
		status: Held, or Not Held for a call without an answer.
		people: of a mail, in the order of `people.FIELDS`; of a message to several numbers, its recipients.
		ours: colleagues among them: address → user or employee, None for an account that several users share.
		user: user who wrote, called or was called; None if unknown.
		about: documents that it belongs to, the nearest first: the exchange that it answers, the form it was sent from.
		thread: keys of the exchanges that it answers, the nearest first.
		account: Email Account of a mail.
		is_answer: it answers a mail of this site.
	"""

	source: Reference | None
	key: str
	medium: str
	direction: str
	address: str
	title: str
	starts_on: datetime
	notes: str = ""
	duration: float | None = None
	status: str = "Held"
	people: tuple[Person, ...] = ()
	ours: dict[str, Reference | None] = field(default_factory=dict)
	user: str | None = None
	about: tuple[Reference, ...] = ()
	thread: tuple[str, ...] = ()
	account: str | None = None
	is_answer: bool = False

	def outside(self) -> list[str]:
		"""Return the addresses of the people outside, `address` first; of a call, its number."""
		if not self.people:
			return [self.address] if self.address else []
		others = [person.address for person in self.people if person.address not in self.ours]
		return sorted(others, key=lambda address: address != self.address)


@dataclass(frozen=True)
class Refusal:
	"""A document that isn't captured: the reason, as it is counted, and the address or number of the person outside."""

	reason: str
	address: str = ""


@dataclass(frozen=True)
class Match:
	"""Partner, contact and chain of an exchange; None for each that is unknown.

	Args: `contacts` holds the contacts of people by address.
	"""

	party_type: str | None = None
	party: str | None = None
	contact: str | None = None
	chain: str | None = None
	contacts: dict[str, str] = field(default_factory=dict)


def as_json(exchange: Exchange) -> str:
	"""Return an exchange without its notes as text for `from_json`."""
	return json.dumps({**asdict(exchange), "starts_on": exchange.starts_on.isoformat(), "notes": ""})


def from_json(text: str, notes: str) -> Exchange:
	values = json.loads(text)
	return Exchange(
		**{
			**values,
			"notes": notes,
			"source": tuple(values["source"]) if values["source"] else None,
			"starts_on": datetime.fromisoformat(values["starts_on"]),
			"ours": {address: tuple(one) if one else None for address, one in values["ours"].items()},
			"people": tuple(Person(**person) for person in values["people"]),
			"about": tuple(tuple(one) for one in values["about"]),
			"thread": tuple(values["thread"]),
		}
	)


def key_of(kind: str, value: str) -> str:
	"""Return the key of an exchange as it is stored: of fixed length, because a Message-ID may be long."""
	return blake2b(f"{kind}\t{value}".encode(), digest_size=16).hexdigest()
