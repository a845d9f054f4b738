"""Who should see what, told by the records' own story. Shares no code with the product, and asks no database."""

from people import ADMINISTRATOR, MANAGER, PEOPLE, USER, Person
from world import Record

EVERYONE, OWN_AND_TEAM, ROLES = SETTINGS = ("Everyone", "Own and Team", "Role Permissions")


def sees(setting: str, person: Person, record: Record) -> bool:
	"""Whether a person may read an activity."""
	if person.key == "Guest":
		return False
	if person.key in record.shared or _sees_all(person):
		return True
	if not has_role(person):
		return False
	if setting != OWN_AND_TEAM:
		return True
	return bool({person.key, *_below(person.key)} & _having(record))


def looks_after(person: Person) -> set[str] | None:
	"""Return the keys of those whose work somebody is shown by person; None where it is everybody's."""
	if below := _below(person.key):
		return {person.key, *below}
	return None if _sees_all(person) else {person.key}


def is_told_of(setting: str, person: Person, record: Record) -> bool:
	"""Whether an activity is among what somebody's day is made of: he or one below him answers for it."""
	of_his = record.responsible in {person.key, *_below(person.key)}
	return has_role(person) and of_his and sees(setting, person, record)


def has_role(person: Person) -> bool:
	return person.key == "Administrator" or bool({USER, MANAGER, ADMINISTRATOR} & {*person.roles})


def _sees_all(person: Person) -> bool:
	return person.key == "Administrator" or bool({MANAGER, ADMINISTRATOR} & {*person.roles})


def _having(record: Record) -> set[str]:
	return {record.owner, record.responsible, *record.participants, *record.assigned}


def _below(key: str) -> set[str]:
	found: set[str] = set()
	ahead = [*PEOPLE[key].leads]
	while ahead:
		one = ahead.pop()
		if one not in found:
			found.add(one)
			ahead += PEOPLE[one].leads
	return found
