"""Which cases of the matrix the quick tier asks; the full tier asks all."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import oracle
import tier
from people import PEOPLE, Person

T = TypeVar("T")
# with Everyone and with Role Permissions the app adds no condition for any user
OF_EQUAL_SETTINGS = ("roleless", "clerk")


def people_for(visibility: str) -> Iterable[Person]:
	"""Return the people who are asked about with a setting."""
	if tier.FULL or visibility == oracle.OWN_AND_TEAM:
		return PEOPLE.values()
	return [PEOPLE[key] for key in OF_EQUAL_SETTINGS]


def doors_for(person: Person, number: int, doors: dict[str, T], of: int) -> dict[str, T]:
	"""Return the doors through which a person asks for one of several records.

	Each person comes through each door, each person asks for each record, and each record is asked for at each door.

	Args:
		number: which of the records it is; there are `of`.
	"""
	place = [*PEOPLE].index(person.key)
	return {
		name: door
		for at, (name, door) in enumerate(doors.items())
		if tier.FULL or _turn(place + number, of, doors) == at % min(of, len(doors))
	}


def _turn(number: int, of: int, doors: Sequence) -> int:
	return number % min(of, len(doors))
