"""The parts of a dossier. Texts are as stored, values as the reader reads them. Imports no Frappe."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fact:
	label: str
	value: str


@dataclass(frozen=True)
class Person:
	name: str
	side: str
	email: str
	phone: str
	attended: bool


@dataclass(frozen=True)
class Product:
	name: str
	quantity: str
	amount: str
	notes: str


@dataclass(frozen=True)
class Note:
	"""A text of an activity.

	Args:
		label: label of its field.
		html: the text, cleaned for print.
		direction: "ltr" or "rtl", the direction of its writing.
	"""

	label: str
	html: str
	direction: str


@dataclass
class Activity:
	"""An activity, readable for the reader.

	Args:
		number: its place in the dossier, from 1.
		kind: type of the activity or, without one, of the document.
		day, moment: date, and date with time.
		gap: time since the activity before it.
		document: type and name of the document.
	"""

	number: int
	kind: str
	title: str
	day: str
	moment: str
	gap: str
	status: str
	responsible: str
	direction: str
	outcome: str
	document: str
	facts: list[Fact] = field(default_factory=list)
	people: list[Person] = field(default_factory=list)
	products: list[Product] = field(default_factory=list)
	notes: list[Note] = field(default_factory=list)
	files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class File:
	"""An attached file.

	Args:
		places: numbers of its activities, or the types of other documents.
		sha256: of the content; "" with a `remark` if the content isn't on the server.
	"""

	name: str
	places: str
	size: str
	sha256: str
	remark: str


@dataclass(frozen=True)
class Dossier:
	"""The contents of a dossier.

	Args:
		facts: of the chain, for the cover.
		subject: type and name; "" without one. Its facts are empty for a subject that the reader may not read.
		zone: time zone of the times.
	"""

	chain: str
	title: str
	facts: list[Fact]
	subject: str
	subject_facts: list[Fact]
	activities: list[Activity]
	files: list[File]
	made_on: str
	made_for: str
	zone: str
