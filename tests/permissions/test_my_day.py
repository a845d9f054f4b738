"""My Day shows the planned work of the user, or of the users below, that the user may see, with no hidden note (B11)."""

from tests.permissions import oracle
from tests.permissions.conftest import EACH_SETTING
from tests.permissions.doors import method
from tests.permissions.people import PEOPLE, Person

PAGE = "crm_interactions.api.day.page"


def _users(person: Person, whose: str) -> set[str]:
	if whose == "mine":
		return {person.key}
	return (oracle.reported_people(person) or set()) - {person.key}


@EACH_SETTING
def test_each_section_has_only_visible_work(visibility, world, ask, differences):
	shown = set()
	for person in PEOPLE.values():
		if not oracle.has_role(person) or person.key == "Administrator":
			continue
		for whose in ("mine", "team"):
			answer = ask(person.key, method(PAGE, whose=whose, length="100"))
			rows = [
				row for part in answer.message()["sections"] for row in part["rows"] if row.get("activity")
			]
			actual = {
				record.label
				for record in world.records
				if any(record.token in f"{row['title']} {row['note'] or ''}" for row in rows)
			}
			expected = {
				record.label
				for record in world.records
				if record.planned
				and record.responsible in _users(person, whose)
				and oracle.sees(visibility, person, record)
			}
			if actual != expected:
				differences.append((person.key, whose, sorted(actual ^ expected)))
			shown |= expected
	assert shown
