"""The cases of the matrix in the quick tier; the full tier has all."""

from collections.abc import Iterable
from typing import TypeVar

from tests.permissions import oracle
from tests.permissions.people import PEOPLE, Person
from tests.site import tier

T = TypeVar("T")
# for Everyone and Role Permissions, with which the app adds no condition for any user
SAMPLE = ("roleless", "clerk")


def people_for(visibility: str) -> Iterable[Person]:
	"""Return the people whose requests are tested with a setting."""
	if tier.FULL or visibility == oracle.OWN_AND_TEAM:
		return PEOPLE.values()
	return [PEOPLE[key] for key in SAMPLE]


def doors_for(person: Person, number: int, doors: dict[str, T], of: int) -> dict[str, T]:
	"""Return the doors through which a person requests one of several records.

	Over all records, each person uses each door, each person requests each record, and each record is requested
	through each door.

	Args:
		number: index of the record, from 0 to `of` - 1.
		of: number of records.
	"""
	turn, turns = [*PEOPLE].index(person.key) + number, min(of, len(doors))
	found = enumerate(doors.items())
	return {name: door for at, (name, door) in found if tier.FULL or turn % turns == at % turns}
