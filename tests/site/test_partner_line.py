"""The line on a partner's form: last contact, whose turn, open chains, won of decided (R27, B4)."""

import frappe
import pandas as pd
import pytest

from crm_interactions.api import chain as api
from crm_interactions.api.partner_line import get_days, list_chains
from crm_interactions.api.partner_line import get_line as line_of
from crm_interactions.chains import closing, joining
from crm_interactions.chains.results import Result
from crm_interactions.insight import partner_line
from tests.site.factories import contact, interaction, log_in, meeting, partner

pytestmark = pytest.mark.records_only
RESULTS = ("Won", "Lost", "Won", "Lost", "Lost", "No Decision", "Resolved", None, None, None)


@pytest.fixture
def known():
	"""Create a partner with ten chains, some with a contact, and one of another partner with the same contact."""
	of, other = partner("Lined Ltd"), partner("Other Ltd")
	person = contact(of, "Ivo")
	person.append("links", {"link_doctype": other.doctype, "link_name": other.name})
	person.save()
	for number, result in enumerate(RESULTS):
		direction = ("Incoming", "Outgoing")[number % 2]
		about = {"contact": person.name} if number % 3 else {}
		first = interaction(of, starts_on=f"2025-03-{number + 1:02d} 10:00:00", direction=direction, **about)
		if result:
			closing.close(first.chain, ended=Result(result))
	meeting(of, starts_on="2100-01-01 10:00:00", status="Planned")
	interaction(of, starts_on="2025-04-01 10:00:00", status="Cancelled")
	interaction(other, starts_on="2025-05-05 10:00:00", contact=person.name, direction="Incoming")
	return of, person


def figures_of(chains: pd.DataFrame) -> dict:
	is_open = chains.status == "Open"
	return {
		"open": int(is_open.sum()),
		"ours": int((is_open & (chains.turn == "Ours")).sum()),
		"won": int((chains.result == "Won").sum()),
		"decided": int(chains.result.isin(["Won", "Lost"]).sum()),
		"slow": int(chains.slow.sum()),
	}


def chains_of(names: set[str]) -> pd.DataFrame:
	return pd.DataFrame(
		[{**row} for row in frappe.get_all("Interaction Chain", {"name": ("in", names)}, ["*"])]
	)


def names_of(doctype: str, **filters) -> set[str]:
	return {*frappe.get_all(doctype, filters, pluck="chain")}


def test_the_line_of_a_partner_equals_an_independent_computation(known):
	of, _person = known
	line = line_of(party_type=of.doctype, party=of.name)
	names = names_of("Interaction", party=of.name) | names_of("Meeting", party=of.name)
	assert line == {"last_contact": pd.Timestamp("2025-03-10 10:00:00"), **figures_of(chains_of(names))}
	assert line["decided"] == 5 and line["open"] > line["ours"] > 0


def test_the_line_of_a_contact_has_the_chains_with_all_partners(known):
	_of, person = known
	line = line_of(document_type="Contact", document=person.name)
	names = names_of("Interaction", contact=person.name)
	assert line == {"last_contact": pd.Timestamp("2025-05-05 10:00:00"), **figures_of(chains_of(names))}


@pytest.mark.parametrize("figure", partner_line.FIGURES)
def test_each_number_opens_as_many_chains(known, figure):
	of, person = known
	for about in (
		{"party_type": of.doctype, "party": of.name},
		{"document_type": "Contact", "document": person.name},
	):
		names = list_chains(figure, **about)
		assert len({*names}) == line_of(**about)[figure]


def test_a_number_that_is_unknown_opens_none(known):
	of, _person = known
	assert list_chains("weather", party_type=of.doctype, party=of.name) == []


def test_the_line_takes_the_right_to_read_the_document(known):
	of, person = known
	log_in("line.stranger@example.com")
	for about in (
		{"party_type": of.doctype, "party": of.name},
		{"document_type": "Contact", "document": person.name},
	):
		for call in (line_of, lambda **about: list_chains("open", **about)):
			with pytest.raises(frappe.PermissionError):
				call(**about)


def test_a_joined_chain_counts_once():
	of = partner("Joined Ltd")
	first, second = interaction(of), interaction(of)
	joining.join(("Interaction", second.name), ("Interaction", first.name))
	assert line_of(party_type=of.doctype, party=of.name)["open"] == 1


def test_a_partner_without_activities_has_no_line():
	of = partner("Silent Ltd")
	assert line_of(party_type=of.doctype, party=of.name) is None
	interaction(of, status="Planned")
	line = line_of(party_type=of.doctype, party=of.name)
	assert (line["last_contact"], line["open"]) == (None, 1)


def test_only_readable_chains_and_activities_count(settings, known):
	of, person = known
	settings(visibility="Own and Team")
	log_in(
		"line@example.com", "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name")
	)
	mine = interaction(of, starts_on="2025-02-02 10:00:00", contact=person.name, direction="Incoming")
	expected = {
		"last_contact": pd.Timestamp("2025-02-02 10:00:00"),
		"open": 1,
		"ours": 1,
		"won": 0,
		"decided": 0,
		"slow": 1,
	}
	for about in (
		{"party_type": of.doctype, "party": of.name},
		{"document_type": "Contact", "document": person.name},
	):
		assert line_of(**about) == expected
		assert list_chains("open", **about) == [mine.chain]


def test_the_page_of_a_chain_has_the_ends_if_asked():
	first = interaction(starts_on="2025-02-02 10:00:00", ends_on="2025-02-02 11:30:00")
	meeting(chain=first.chain, starts_on="2025-02-03 10:00:00")
	rows = {row["activity"]: row for row in api.page(first.chain, ends=1)["rows"]}
	assert str(rows[first.name]["ends_on"]) == "2025-02-02 11:30:00"
	assert len(rows) == 2 and all("ends_on" in row for row in rows.values())
	assert all("ends_on" not in row for row in api.page(first.chain)["rows"])


def test_the_heat_map_has_the_days_of_the_last_year_with_contact(settings):
	of, other = partner("Mapped Ltd"), partner("Unmapped Ltd")
	person = contact(of, "Ivo")
	today = frappe.utils.getdate()
	for days, fields in (
		(3, {}),
		(3, {"contact": person.name}),
		(40, {}),
		(400, {}),
		(-5, {"status": "Planned"}),
	):
		starts_on = f"{frappe.utils.add_days(today, -days)} 10:00:00"
		interaction(of, starts_on=starts_on, **fields)
	interaction(other, starts_on=f"{frappe.utils.add_days(today, -7)} 10:00:00")
	expected = {str(frappe.utils.add_days(today, -days)): number for days, number in ((3, 2), (40, 1))}
	assert get_days(party_type=of.doctype, party=of.name) == expected
	of_person = get_days(document_type="Contact", document=person.name)
	assert of_person == {str(frappe.utils.add_days(today, -3)): 1}
	settings(visibility="Own and Team")
	log_in("mapped@example.com", "Interaction User", "Sales User")
	assert get_days(party_type=of.doctype, party=of.name) == {}
