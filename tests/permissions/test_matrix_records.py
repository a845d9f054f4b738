"""The matrix, as in test_matrix: every person × every record × every door to a single record."""

from tests.permissions import doors, oracle, sampling
from tests.permissions.conftest import EACH_SETTING

# doors to a chain, for which the share of an activity is not enough
NEEDS_ROLE = (
	"chain's form",
	"REST of its chain",
	"page of its chain",
	"log of its chain",
	"plans in its chain",
)


@EACH_SETTING
def test_doors_to_a_record_open_for_exactly_its_readers(visibility, world, ask, differences):
	for person in sampling.people_for(visibility):
		for number, record in enumerate(world.records):
			seen = oracle.sees(visibility, person, record)
			few = visibility != oracle.OWN_AND_TEAM or record.doctype != "Interaction"
			every = doors.document(record, few=few)
			of = len(world.of(record.doctype))
			for door, request in sampling.doors_for(person, number, every, of).items():
				answer = ask(person.key, request)
				shown = answer.contains(record.token)
				if shown != (seen and (oracle.has_role(person) or door not in NEEDS_ROLE)):
					what = "shows" if shown else f"hides ({answer.status})"
					differences.append((person.key, door, record.label, what))
				if answer.status >= 500:
					differences.append((person.key, door, record.label, answer.status))


@EACH_SETTING
def test_doors_to_several_document_types_have_exactly_the_visible_records(
	visibility, world, ask, differences
):
	for person in sampling.people_for(visibility):
		closed = not oracle.has_role(person)
		allowed = oracle.readable(visibility, person, world.records)
		for door, request in doors.site(world).items():
			answer = ask(person.key, request)
			shown = {r.label for r in world.records if answer.contains(r.token) or answer.contains(r.name)}
			differences.check(allowed, shown, person.key, door, may_be_closed=closed)
		for record in (r for r in world.records if r.label in allowed):
			shown = ask(person.key, doors.candidates(record)).labels(world.records)
			where = (person.key, "candidates of Link…", record.label)
			differences.check(allowed - {record.label}, shown, *where, may_be_closed=closed)
