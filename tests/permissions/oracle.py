"""The expected visibility, derived from the records' definitions, without the app's code and the database."""

from tests.permissions.people import ADMINISTRATOR, MANAGER, PEOPLE, USER, Person
from tests.permissions.world import Record

EVERYONE, OWN_AND_TEAM, ROLES = SETTINGS = ("Everyone", "Own and Team", "Role Permissions")


def sees(setting: str, person: Person, record: Record) -> bool:
	"""Return True if a person may read an activity."""
	if person.key == "Guest":
		return False
	if person.key in record.shared or _sees_all(person):
		return True
	if not has_role(person):
		return False
	if setting != OWN_AND_TEAM:
		return True
	return bool({person.key, *_below(person.key)} & _related(record))


def readable(setting: str, person: Person, records: list[Record]) -> set[str]:
	"""Return the labels of the activities that a person may read."""
	return {record.label for record in records if sees(setting, person, record)}


def reported_people(person: Person) -> set[str] | None:
	"""Return the keys of the people in a person's team report; None for all people."""
	if below := _below(person.key):
		return {person.key, *below}
	return None if _sees_all(person) else {person.key}


def is_notified_of(setting: str, person: Person, record: Record) -> bool:
	"""Return True if a person gets reminders and digests of a visible activity: as its responsible person or a leader."""
	is_responsible = record.responsible in {person.key, *_below(person.key)}
	return has_role(person) and is_responsible and sees(setting, person, record)


def has_role(person: Person) -> bool:
	return person.key == "Administrator" or bool({USER, MANAGER, ADMINISTRATOR} & {*person.roles})


def _sees_all(person: Person) -> bool:
	return person.key == "Administrator" or bool({MANAGER, ADMINISTRATOR} & {*person.roles})


def _related(record: Record) -> set[str]:
	return {record.owner, record.responsible, *record.participants, *record.assigned}


def _below(key: str) -> set[str]:
	leads = PEOPLE[key].leads
	return {*leads}.union(*map(_below, leads))
