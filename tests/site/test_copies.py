"""A copy of a finished activity starts anew, without its results (R3, R13)."""

import frappe
import pytest
from frappe.model import no_value_fields, table_fields

from crm_interactions.api import activity as api
from crm_interactions.setup.custom_fields import FIELDS
from tests.site.factories import change_record, contact, interaction, meeting, record, resource, some_partner
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
LATER = {"starts_on": "2100-06-01 10:00:00", "ends_on": "2100-06-01 11:00:00"}
# depend on the copy itself: its name, its chain, its new time
OF_ITS_OWN = {
	"chain",
	"has_attachment",
	"audience",
	"status",
	"starts_on",
	"ends_on",
	"due_until",
	"contact_key",
}

ORGANISATION = {"company", "branch", "department", "employee", "project", "campaign", "item"}


@pytest.mark.parametrize("doctype", FIELDS)
def test_a_copy_keeps_the_organisation(doctype):
	values = [field for field in FIELDS[doctype] if field["fieldtype"] not in no_value_fields]
	assert {f["fieldname"] for f in values if not f.get("no_copy")} <= ORGANISATION


@pytest.fixture
def finished():
	"""Return a function that makes a finished, reviewed and reopened activity with a value in each result field."""

	def make_finished(make):
		outcome = record("Interaction Outcome", title="Agreed").name
		ana = contact(some_partner()).name
		guests = [{"participant_type": "Contact", "participant": ana, "attended": 1}]
		values = {
			"outcome": outcome,
			"rating": 0.8,
			"participants": guests,
			"contact": ana,
			"direction": "Outgoing",
		}
		values |= {
			"starts_on": "2024-03-01 10:00:00",
			"ends_on": "2024-03-01 11:00:00",
			"notes": "<p>Agreed.</p>",
		}
		values |= {
			"resources": [{"resource": resource().name}],
			"products": [{"product": "Pump", "quantity": 2}],
		}
		if make is meeting:
			values |= {
				"actual_cost": 80,
				"actual_cost_currency": "EUR",
				"agenda": "<p>Prices</p>",
				"place": "Zagreb",
			}
			values |= {"expected_cost": 90, "expected_cost_currency": "EUR"}
		doc = make(**values)
		change_record(doc, reviewed=1, review_again_on="2100-01-01", under_control=1, control_on="2100-01-01")
		api.complete(doc.doctype, doc.name, outcome, then="plan", next={"next_in": 2, "next_unit": "Days"})
		api.reopen(doc.doctype, doc.name, "A typing error")
		return change_record(doc.reload(), completed=1)

	return make_finished


def copy_of(doc):
	"""Return an unsaved copy for another day, as the form's *Duplicate* makes it."""
	return frappe.copy_doc(doc, ignore_no_copy=False).update(LATER)


def value_fields(doctype: str) -> list:
	return [
		df for df in frappe.get_meta(doctype).fields if df.fieldtype not in (*no_value_fields, *table_fields)
	]


@CALL_AND_MEETING
def test_a_copy_has_no_result(make, finished):
	done = finished(make)
	copy = copy_of(done).insert()
	blank = frappe.new_doc(done.doctype)
	for df in value_fields(done.doctype):
		if df.no_copy and df.fieldname not in OF_ITS_OWN:
			assert (copy.get(df.fieldname) or None) == (blank.get(df.fieldname) or None), df.fieldname
	assert (copy.status, copy.outcome, copy.rating, copy.completed) == ("Planned", None, 0, 0)
	assert [row.attended for row in copy.participants] == [0]


@CALL_AND_MEETING
def test_a_copy_keeps_the_plan(make, finished):
	done = finished(make)
	copy = copy_of(done).insert()
	for df in value_fields(done.doctype):
		if not df.no_copy and df.fieldname not in OF_ITS_OWN:
			assert copy.get(df.fieldname) == done.get(df.fieldname), df.fieldname
	for table, field in (("participants", "participant"), ("resources", "resource"), ("products", "product")):
		assert [row.get(field) for row in copy.get(table)] == [row.get(field) for row in done.get(table)]


@CALL_AND_MEETING
def test_the_results_are_there_to_be_lost(make, finished):
	"""Otherwise the tests above would pass for a result field that the fixture leaves blank."""
	done = finished(make)
	results = {
		"outcome",
		"rating",
		"completed_by",
		"reviewed_by",
		"control_on",
		"reopen_reason",
		"next_activity",
	}
	results |= {"actual_cost", "actual_cost_currency"} if make is meeting else set()
	assert not [field for field in results if not done.get(field)]
	assert all(done.meta.get_field(field).no_copy for field in results)


def test_an_invited_meetings_copy_is_not_invited():
	doc = meeting(**LATER)
	frappe.db.set_value("Meeting", doc.name, {"invited_on": "2024-03-01", "invitation_uid": "abc"})
	copy = copy_of(doc.reload()).insert()
	assert not (copy.invited_on or copy.invitation_uid or copy.invitation_sequence or copy.invitation_state)


def test_the_proposal_for_an_outcome_uses_its_rule():
	"""The proposal is computed on a copy, which has no outcome of its own."""
	late = record("Interaction Outcome", title="Call Again Now").name
	steps = [{"outcome": late, "next_type": "Phone Call", "next_in": 0, "title": "Once more"}]
	kind = record("Interaction Type", title="Hotline", medium="Phone Call", next_steps=steps).name
	doc = interaction(interaction_type=kind, outcome=late)
	found = api.proposal(doc.doctype, doc.name)
	assert (found["next_type"], found["next_in"], found["next_title"]) == ("Phone Call", 0, "Once more")
