"""The journal's list shows titles of chains and names of partners instead of numbers, as far as they are readable."""

import frappe
import pytest

from crm_interactions.api.feed import list_labels
from tests.site.factories import interaction, log_in, partner

pytestmark = pytest.mark.records_only


def row_of(doc) -> str:
	return frappe.db.get_value("Activity Link", {"activity_type": doc.doctype, "activity": doc.name})


def test_a_row_has_the_chains_title_and_the_partners_name():
	doc = interaction(title="Pumps for the plant")
	title = frappe.db.get_value("Interaction Chain", doc.chain, "title")
	assert list_labels([row_of(doc)]) == {row_of(doc): {"chain_title": title, "party_name": doc.party_name}}


def test_rows_that_the_user_may_not_read_have_no_labels(settings):
	settings(visibility="Own and Team")
	row = row_of(interaction(partner()))
	log_in("reads.labels@example.com", "Interaction User")
	own = interaction(responsible="reads.labels@example.com")
	found = list_labels([row, row_of(own), "unknown"])
	assert list(found) == [row_of(own)]


def test_a_stranger_is_refused():
	row = row_of(interaction())
	log_in("labels.stranger@example.com")
	with pytest.raises(frappe.PermissionError):
		list_labels([row])
