"""*Negotiation Summary*: the activities of a chain or a partner with gaps, waiting times and a paragraph (R27, B4)."""

import frappe
import pytest
from frappe.utils import strip_html

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.platform.stored_text import as_typed
from tests.site.factories import interaction, log_in, meeting, partner
from tests.site.other_apps import need, quotation
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
DAYS = [f"2026-03-{day:02d} 10:00:00" for day in (2, 3, 6, 10)]
LATER = "2099-03-02 10:00:00"


@pytest.fixture
def deal():
	"""Return the first of four activities of a chain that was won: in, out, a meeting, cancelled; and a planned one."""
	of = partner("Negotiators Ltd")
	first = interaction(of, direction="Incoming", starts_on=DAYS[0], title="Asks for <pumps>")
	chain = {"chain": first.chain}
	interaction(
		of, direction="Outgoing", starts_on=DAYS[1], title="Offer", amount=500, currency="EUR", **chain
	)
	meeting(of, starts_on=DAYS[2], status="Held", title="Talk", **chain)
	interaction(of, direction="Outgoing", starts_on=DAYS[2], status="Not Held", title="No answer", **chain)
	interaction(of, status="Planned", starts_on=LATER, title="Send the contract", **chain)
	return first


def summary(**filters) -> dict:
	return run_report("Negotiation Summary", **filters)


def test_gaps_and_waits_of_a_chain(deal):
	closing.close(deal.chain, closed_on=DAYS[3], ended=Result("Won", 500, "EUR"))
	rows = rows_of(summary(chain=deal.chain))
	topics = [as_typed(row["title"]) for row in rows]
	assert topics == ["Asks for <pumps>", "Offer", "Talk", "Send the contract"]
	assert [row["gap_days"] for row in rows[:3]] == [None, 1, 3]
	waits = [(row["turn_hours_us"], row["turn_hours_them"]) for row in rows]
	assert waits == [(24, 0), (0, 72), (0, 0), (0, 0)]
	assert [row["amount"] for row in rows] == [None, 500, None, None]


def test_waits_count_in_working_time_too(deal, settings):
	"""Monday 10:00 to Tuesday 10:00 is a working day of eight hours, Tuesday 10:00 to Friday 10:00 three of them."""
	settings(respect_working_time=1, workday_starts_at="09:00:00", workday_ends_at="17:00:00")
	closing.close(deal.chain, closed_on=DAYS[3], ended=Result("Won", 500, "EUR"))
	answer = summary(chain=deal.chain)
	at_work = [(row["working_hours_us"], row["working_hours_them"]) for row in rows_of(answer)]
	assert at_work == [(8, 0), (0, 24), (0, 0), (0, 0)]
	assert {"working_hours_us", "working_hours_them"} <= {column["fieldname"] for column in answer["columns"]}
	text = strip_html(answer["message"])
	assert (
		"waited 1d for us, 8 hours of it in working time, and 3d for the partner, 24 hours of it in working time"
		in text
	)
	settings(respect_working_time=0)
	fields = {column["fieldname"] for column in summary(chain=deal.chain)["columns"]}
	assert not {"working_hours_us", "working_hours_them"} & fields


def test_the_last_turn_of_an_open_chain_counts_until_now(deal):
	talk = rows_of(summary(chain=deal.chain))[2]
	assert talk["turn_hours_us"] > 24 and talk["turn_hours_them"] == 0


def test_a_change_of_the_clock_does_not_count():
	# in the test site's zone, the clock is put forward at 2 on 29 March 2026
	first = interaction(direction="Incoming", starts_on="2026-03-28 12:00:00")
	interaction(chain=first.chain, direction="Outgoing", starts_on="2026-03-29 12:00:00")
	rows = rows_of(summary(chain=first.chain))
	assert (rows[0]["turn_hours_us"], rows[1]["gap_days"]) == (23, pytest.approx(23 / 24))


def test_the_paragraph_tells_the_story(deal, settings):
	settings(respect_working_time=0)
	closing.close(deal.chain, closed_on=DAYS[3], ended=Result("Won", 500, "EUR"))
	text = strip_html(summary(chain=deal.chain)["message"])
	for part in (
		"It began on 02",
		"Asks for &lt;pumps&gt;",
		"Activities that took place: 3; the longest gap was 3d",
		"It waited 1d for us and 3d for the partner.",
		"Result: Won",
		"500",
		"Next step:",
		"Send the contract",
	):
		assert part in text, (part, text)


def test_a_partner_has_the_activities_of_all_its_chains_in_a_period(deal):
	of = frappe.get_doc(deal.party_type, deal.party)
	other = interaction(of, starts_on="2026-03-04 10:00:00", title="Another matter")
	about = {"party_type": of.doctype, "party": of.name}
	rows = rows_of(summary(**about, from_date="2026-03-03", to_date="2026-03-06"))
	assert [row["title"] for row in rows] == ["Offer", "Another matter", "Talk"]
	# the gap is counted from the activity before the period
	assert [row["gap_days"] for row in rows] == [1, None, 3]
	assert rows[1]["chain"] == other.chain


def test_a_quotation_waits_for_the_partner(deal):
	need("erpnext")
	of = frappe.get_doc(deal.party_type, deal.party)
	offer = quotation(of, interaction_chain=deal.chain)
	(row,) = [row for row in rows_of(summary(chain=deal.chain)) if row["activity"] == offer.name]
	assert row["turn_hours_us"] == 0


def test_without_a_chain_or_a_partner_there_are_no_rows():
	answer = summary()
	assert rows_of(answer) == []
	assert "Choose a chain or a partner" in answer["message"]


def test_a_chain_of_others_is_refused_and_unreadable_activities_are_left_out(deal, settings):
	settings(visibility="Own and Team")
	log_in("summary@example.com", "Interaction User", "Sales User")
	with pytest.raises(frappe.PermissionError):
		summary(chain=deal.chain)
	frappe.set_user("Administrator")
	mine = interaction(
		frappe.get_doc(deal.party_type, deal.party),
		**{"chain": deal.chain, "starts_on": DAYS[3], "responsible": "summary@example.com", "title": "Mine"},
	)
	frappe.set_user("summary@example.com")
	assert [row["activity"] for row in rows_of(summary(chain=deal.chain))] == [mine.name]


def test_an_unknown_chain_is_refused():
	with pytest.raises(frappe.DoesNotExistError):
		summary(chain="CH-1900-00001")
