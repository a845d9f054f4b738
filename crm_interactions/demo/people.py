"""Fictitious employees of the demo company. Imports no Frappe."""

from dataclasses import dataclass

# public password of the demo users, long enough for Frappe's password policy
PASSWORD = "Blue-Kettle-Hums-27"  # noqa: S105  fictitious users of a demo site


@dataclass(frozen=True)
class Person:
	key: str
	first_name: str
	last_name: str
	role: str
	hint: str
	phone: str

	@property
	def email(self) -> str:
		return f"{self.key}@demo.example.com"


SUPERVISOR = Person(
	"maja",
	"Maja",
	"Radinić",
	"Interaction Manager",
	"Open the report Winning by Group under Insight and click a number; review a few activities of the saved view To Review.",
	"+385 1 555 0011",
)
PEOPLE = (
	SUPERVISOR,
	Person(
		"luka",
		"Luka",
		"Šimraković",
		"Interaction User",
		"Log a call with a Croatian partner, then complete it and see it locked.",
		"+385 1 555 0012",
	),
	Person(
		"katarzyna",
		"Katarzyna",
		"Borówka",
		"Interaction User",
		"In My Day, put off an activity with a Polish partner and undo it; complete one with the key d.",
		"+48 22 555 00 13",
	),
	Person(
		"irina",
		"Irina",
		"Voronkova",
		"Interaction User",
		"Find the call “Консультация” with the shop Бытовая техника (Москва).",
		"+7 495 555-00-14",
	),
	Person(
		"tina",
		"Tina",
		"Hribernik",
		"Interaction User",
		"Open a meeting with a Slovenian or British partner: participants, place and costs.",
		"+386 1 555 00 15",
	),
	Person(
		"davor",
		"Davor",
		"Kolundžić",
		"Interaction Administrator",
		"Rename or recolour a category, add a value to the dictionary Sales Region, switch SMS off in the settings.",
		"+385 1 555 0016",
	),
)
BY_KEY = {person.key: person for person in PEOPLE}

# attends repairs; without a user, as an example of a participant in plain text
TECHNICIAN = {
	"full_name": "Ivo Strmčić",
	"phone": "+385 91 555 0099",
	"email": "ivo.strmcic@demo.example.com",
}
