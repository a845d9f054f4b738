"""Reports and number cards count only records that the user may see, since numbers reveal as much as titles."""

import csv
import io

import frappe
import pytest

from tests.permissions import oracle
from tests.permissions.conftest import EACH_SETTING, connected
from tests.permissions.doors import Request, method
from tests.permissions.doors_of_counts import (
	BY_TIME,
	CARDS,
	CHARTS,
	LINE,
	LISTS,
	OWN_CARDS,
	PARTNER,
	PROGRESS,
	REPORTS,
	card,
	exported,
	report,
	shipped,
)
from tests.permissions.people import PEOPLE, Person
from tests.permissions.world import World

# also has records of other tests
HAS_OTHERS = "Administrator"


@pytest.fixture(scope="module")
def cards(site, world) -> dict[str, Request]:
	with connected(site):
		return {name: card(name) for name in CARDS}


def test_every_report_and_card_of_the_app_is_tested(site):
	with connected(site):
		assert shipped("Report") == {*REPORTS, *LISTS, *BY_TIME, PARTNER, PROGRESS}
		assert shipped("Number Card") == set(CARDS)
		charts = {name: frappe.get_doc("Dashboard Chart", name) for name in shipped("Dashboard Chart")}
		assert {name: chart.report_name for name, chart in charts.items()} == CHARTS
		assert {chart.chart_type for chart in charts.values()} == {"Report"}
		assert {*CHARTS.values()} <= {*REPORTS, *BY_TIME}


@EACH_SETTING
def test_number_cards_count_only_visible_records(visibility, world, ask, cards, differences):
	counted = set()
	for person in PEOPLE.values():
		for name, (doctype, counts) in CARDS.items():
			behind = world.of(doctype) or world.records
			seen = [record for record in behind if oracle.sees(visibility, person, record)]
			counted_of = [
				record for record in seen if name not in OWN_CARDS or record.responsible == person.key
			]
			allowed = sum(map(counts, counted_of))
			answer = ask(person.key, cards[name])
			actual = _number(answer)
			# for a user without a role, Frappe 16 lists shared records and ignores the filters
			correct = actual == allowed if oracle.has_role(person) else actual in (None, allowed, len(seen))
			if not correct:
				differences.append((person.key, name, f"counts {actual} of {allowed}", answer.status))
			counted |= {name} if actual else set()
	assert counted == set(CARDS)


@EACH_SETTING
@pytest.mark.parametrize("name", REPORTS)
def test_reports_count_only_visible_records(name, visibility, world, ask, differences):
	for person in PEOPLE.values():
		answer, file = ask(person.key, report(name)), ask(person.key, exported(name))
		if not oracle.has_role(person):
			assert (answer.status, file.status) == (403, 403), person.key
			continue
		assert answer.status == file.status == 200, (person.key, answer.text, file.text)
		shown, columns = answer.message(), REPORTS[name].counts
		rows = {row[REPORTS[name].user]: row for row in shown["result"]}
		expected = _expected(name, visibility, person, world)
		known = {key: rows[each.name] for key, each in PEOPLE.items() if each.name in rows}
		actual = {key: {column: row[column] for column in columns} for key, row in known.items()}
		_compare(actual, expected, differences, person.key, name)
		if REPORTS[name].people(person) is not None:
			assert set(rows) == {PEOPLE[key].name for key in actual}, "the report has rows of other people"
			sums = [sum(row[column] for row in expected.values()) for column in columns]
			assert [part["value"] for part in shown["report_summary"]] == sums
		lines = [*csv.reader(io.StringIO(file.text.lstrip("\ufeff")))][1:]
		fields = [column["fieldname"] for column in shown["columns"]]
		places = [fields.index(column) for column in columns]
		written = {line[0]: [int(line[place]) for place in places] for line in lines}
		label = REPORTS[name].label
		assert written == {row[label]: [row[column] for column in columns] for row in rows.values()}


@EACH_SETTING
@pytest.mark.parametrize("name", LISTS)
def test_lists_have_only_visible_records(name, visibility, world, ask, differences):
	names = LISTS[name]
	of_world = {getattr(record, names.attribute) for record in world.records}
	partner = {"party_type": world.party_type, "party": world.party} if names.of_partner else {}
	for person in PEOPLE.values():
		answer, file = ask(person.key, report(name, **partner)), ask(person.key, exported(name, **partner))
		if not (oracle.has_role(person) and (not partner or _may_read(person, world, ask))):
			assert (answer.status, file.status) == (403, 403), person.key
			continue
		seen = {
			getattr(record, names.attribute)
			for record in world.records
			if names.counts(record) and oracle.sees(visibility, person, record)
		}
		shown = {row[names.column] for row in answer.message()["result"]} & of_world
		lines = csv.reader(io.StringIO(file.text.lstrip("\ufeff")))
		written = {cell for line in lines for cell in line} & of_world
		if shown != seen or written != seen:
			differences.append((person.key, name, len(shown), len(written), "instead of", len(seen)))


def _may_read(person: Person, world: World, ask) -> bool:
	about = {"doctype": world.party_type, "docname": world.party, "perm_type": "read"}
	return ask(person.key, method("frappe.client.has_permission", **about)).message()["has_permission"]


@EACH_SETTING
def test_silent_partners_count_only_visible_chains(visibility, world, ask, differences):
	for person in PEOPLE.values():
		answer = ask(person.key, report(PARTNER))
		if not oracle.has_role(person):
			assert answer.status == 403, person.key
			continue
		seen = [record for record in world.records if oracle.sees(visibility, person, record)]
		held = [record for record in seen if not record.planned]
		rows = [row for row in answer.message()["result"] if row["party"] == world.party]
		numbers = [row["open_chains"] for row in rows]
		if numbers != ([len({record.chain for record in seen})] if held else []):
			differences.append((person.key, numbers, "instead of", len(seen)))


@EACH_SETTING
def test_what_comes_before_counts_only_visible_chains(visibility, world, ask, differences):
	for person in PEOPLE.values():
		answer, file = ask(person.key, report(PROGRESS)), ask(person.key, exported(PROGRESS))
		if not oracle.has_role(person):
			assert (answer.status, file.status) == (403, 403), person.key
			continue
		seen = [record for record in world.records if oracle.sees(visibility, person, record)]
		expected = {
			key: {"with_step": len({record.chain for record in seen if record.responsible == key})}
			for key in {record.responsible for record in seen}
		}
		rows = [row for row in answer.message()["result"] if isinstance(row, dict)]
		numbers = {row["factor_key"]: row["with_step"] for row in rows if row["factor_kind"] == "responsible"}
		actual = {
			key: {"with_step": numbers[each.name]} for key, each in PEOPLE.items() if each.name in numbers
		}
		_compare(actual, expected, differences, person.key, PROGRESS)
		lines = [*csv.reader(io.StringIO(file.text.lstrip("\ufeff")))]
		written = {(row["step"], str(row["with_step"])) for row in rows}
		if {(line[1], line[2]) for line in lines[1:] if len(line) > 2} != written:
			differences.append((person.key, PROGRESS, "export", lines, "instead of", written))


@EACH_SETTING
@pytest.mark.parametrize("name", BY_TIME)
def test_figures_by_time_count_only_visible_records(name, visibility, world, ask, differences):
	counted = set()
	for person in PEOPLE.values():
		for key in sorted({record.responsible for record in world.records}):
			answer = ask(person.key, report(name, responsible=PEOPLE[key].name))
			if not oracle.has_role(person):
				assert answer.status == 403, person.key
				continue
			seen = [
				record
				for record in world.records
				if record.responsible == key and oracle.sees(visibility, person, record)
			]
			rows = [row for row in answer.message()["result"] if isinstance(row, dict)]
			for column, counts in BY_TIME[name].items():
				expected, actual = sum(map(counts, seen)), sum(row[column] for row in rows)
				if actual != expected and not (key == HAS_OTHERS and actual >= expected):
					differences.append((person.key, name, key, column, f"counts {actual} of {expected}"))
				counted |= {column} if expected else set()
	assert counted == set(BY_TIME[name])


@EACH_SETTING
def test_the_line_of_a_partner_counts_only_visible_chains(visibility, world, ask, differences):
	about = {"party_type": world.party_type, "party": world.party}
	for person in PEOPLE.values():
		answer = ask(person.key, method("crm_interactions.api.partner_line.get_line", **about))
		if not (oracle.has_role(person) and _may_read(person, world, ask)):
			continue
		seen = [record for record in world.records if oracle.sees(visibility, person, record)]
		line = answer.message() or {}
		expected = {figure: sum(map(counts, seen)) for figure, counts in LINE.items()} if seen else {}
		held = any(not record.planned for record in seen)
		if {figure: line[figure] for figure in line if figure in LINE} != expected:
			differences.append((person.key, line, "instead of", expected))
		assert bool(line.get("last_contact")) == held
		for figure in expected:
			behind = method("crm_interactions.api.partner_line.list_chains", **about, figure=figure)
			chains = {record.chain for record in seen if LINE[figure](record)}
			assert {*ask(person.key, behind).message()} == chains, (person.key, figure)


@EACH_SETTING
def test_the_heat_map_of_a_partner_counts_only_visible_activities(visibility, world, ask, differences):
	about = {"party_type": world.party_type, "party": world.party}
	counted = 0
	for person in PEOPLE.values():
		answer = ask(person.key, method("crm_interactions.api.partner_line.get_days", **about))
		if not (oracle.has_role(person) and _may_read(person, world, ask)):
			continue
		seen = [record for record in world.records if oracle.sees(visibility, person, record)]
		expected = sum(not record.planned for record in seen)
		if sum(answer.message().values()) != expected:
			differences.append((person.key, answer.message(), "instead of", expected))
		counted += expected
	assert counted


def _number(answer):
	"""Return the number of a card; those that compute in Python answer with an object."""
	shown = answer.message() if answer.status == 200 else None
	return shown["value"] if isinstance(shown, dict) else answer.number()


def _expected(name: str, visibility: str, person: Person, world: World) -> dict[str, dict[str, int]]:
	"""Return the expected numbers by column, by the key of their person."""
	seen = [record for record in world.records if oracle.sees(visibility, person, record)]
	whose = REPORTS[name].people(person)
	found = {
		key: {
			column: sum(record.responsible == key and counts(record) for record in seen)
			for column, counts in REPORTS[name].counts.items()
		}
		for key in (PEOPLE if whose is None else whose)
	}
	return {key: numbers for key, numbers in found.items() if whose is not None or any(numbers.values())}


def _compare(actual: dict, expected: dict, differences, *where) -> None:
	if actual.keys() - {HAS_OTHERS} != expected.keys() - {HAS_OTHERS}:
		differences.append((*where, "shows", sorted(actual), "not", sorted(expected)))
	for key in actual.keys() & expected.keys():
		parts = expected[key].items()
		more = key == HAS_OTHERS and all(actual[key][part] >= number for part, number in parts)
		if actual[key] != expected[key] and not more:
			differences.append((*where, key, actual[key], "not", expected[key]))
