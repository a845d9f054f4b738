"""Completed activities are read-only through every interface (R9)."""

import frappe
import pytest
from frappe.api.v1 import update_doc as rest_put
from frappe.client import delete as client_delete
from frappe.client import insert as client_insert
from frappe.client import save as client_save
from frappe.client import set_value
from frappe.utils import add_days, now_datetime

from crm_interactions.exceptions import CompletedError
from tests.site.checks import refused
from tests.site.factories import change_record, interaction, log_in, meeting, product_record

pytestmark = pytest.mark.records_only
REFUSAL = "is completed and can't be changed .* Reopen it first, or ask a supervisor to reopen it"
PEOPLE = [{"full_name": "Ivan Babić", "side": "Theirs"}, {"full_name": "Marko", "side": "Ours"}]
ROWS = {"participants": PEOPLE, "products": [{"product": "Pump P-40", "quantity": 1}]}
CHANGES = {
	**{"title": "Another topic", "notes": "<p>Something else</p>", "how_to_reach": "+385 1 111 222"},
	**{"starts_on": "2020-01-01 10:00:00", "duration": 17, "rating": 0.2, "status": "Cancelled"},
	**{"priority": "Low", "amount": 12, "currency": "CHF", "party": None, "participants": []},
	**{"products": [{"product": "Pump P-41"}], "contact_key": "+1", "party_name": "Another name"},
	**{"completed_by": "Guest", "completed_on": "2020-01-01 10:00:00"},
}


@pytest.fixture(params=[interaction, meeting])
def completed(request):
	return request.param(**ROWS, rating=0.8, completed=1)


@pytest.fixture
def call():
	return interaction(**ROWS, completed=1)


def put(doctype: str, name: str, **values):
	"""Call the handler of PUT /api/resource/…."""
	frappe.local.form_dict = frappe._dict(data=frappe.as_json(values))
	return rest_put(doctype, name)


def test_completing_records_user_and_time():
	doc = interaction(starts_on=add_days(now_datetime(), 1))
	assert doc.status == "Planned"
	log_in("recorder@example.com", "Interaction User")
	doc = change_record(frappe.get_doc("Interaction", doc.name), completed=1)
	assert (doc.completed_by, doc.status) == ("recorder@example.com", "Held")
	assert abs((now_datetime() - doc.completed_on).total_seconds()) < 60


def test_completing_keeps_the_status_not_held():
	assert interaction(status="Not Held", completed=1).status == "Not Held"


def test_a_product_record_can_always_be_changed():
	change_record(product_record(), notes="Runs well.")


@pytest.mark.parametrize("field", CHANGES)
def test_no_field_of_a_completed_activity_can_be_changed(completed, field):
	doc = frappe.get_doc(completed.doctype, completed.name)
	with refused(CompletedError, REFUSAL):
		change_record(doc, **{field: CHANGES[field]})


def test_the_refusal_names_the_changed_fields(call):
	with refused(CompletedError, "Priority, Topic"):
		change_record(call, title="Another topic", priority="Low")


def test_a_change_together_with_reopening_is_refused(call):
	with refused(CompletedError, REFUSAL):
		change_record(call, completed=0, title="Another topic")


def test_a_row_can_be_neither_changed_nor_added_nor_removed(completed):
	for change in (
		lambda doc: doc.participants[0].update({"full_name": "Another name"}),
		lambda doc: doc.append("participants", {"full_name": "One more"}),
		lambda doc: doc.remove(doc.participants[0]),
		lambda doc: doc.participants.reverse(),
	):
		doc = frappe.get_doc(completed.doctype, completed.name)
		change(doc)
		with refused(CompletedError, REFUSAL):
			doc.save()


def test_saving_without_changes_is_allowed(completed):
	assert frappe.get_doc(completed.doctype, completed.name).save().completed_by == "Administrator"


def test_a_form_that_drops_fractions_of_seconds_changes_nothing(completed):
	values = frappe.get_doc(completed.doctype, completed.name).as_dict(convert_dates_to_str=True)
	values["starts_on"] = values["starts_on"].split(".")[0]
	client_save(frappe.as_json(values))


@pytest.mark.parametrize("field", ["title", "status", "notes", "completed_by"])
def test_rest_put_is_refused(completed, field):
	with refused(CompletedError, REFUSAL):
		put(completed.doctype, completed.name, **{field: CHANGES[field]})


@pytest.mark.parametrize("field", ["title", "status", "notes"])
def test_set_value_of_list_and_kanban_is_refused(completed, field):
	with refused(CompletedError, REFUSAL):
		set_value(completed.doctype, completed.name, field, CHANGES[field])


def test_flags_sent_by_a_client_allow_no_change(call):
	values = call.as_dict(convert_dates_to_str=True)
	values.update({"title": "Another topic", "flags": {"reopening": True, "ignore_completed": True}})
	with refused(CompletedError, REFUSAL):
		client_save(frappe.as_json(values))


@pytest.mark.parametrize("table", ["participants", "products"])
def test_rows_of_a_completed_activity_cannot_be_changed_on_their_own(call, table):
	row = call.get(table)[0]
	with refused(frappe.ValidationError, "can't be changed on its own. Save it as part of"):
		put(row.doctype, row.name, phone="+385 1 111 222", quantity=7)
	with refused(frappe.ValidationError, "can't be changed on its own"):
		frappe.delete_doc(row.doctype, row.name)
	with refused(CompletedError, REFUSAL):
		set_value(row.doctype, row.name, {"phone": "+385 1 111 222", "quantity": 7})
	with refused(CompletedError, REFUSAL):
		client_delete(row.doctype, row.name)
	new = {"doctype": row.doctype, "parenttype": "Interaction", "parent": call.name, "parentfield": table}
	with refused(CompletedError, REFUSAL):
		client_insert({**new, "full_name": "One more", "product": "Pump P-41"})
	with refused(frappe.ValidationError, "can't be changed on its own"):
		frappe.get_doc({**new, "full_name": "One more", "product": "Pump P-41"}).insert()


def test_rows_of_an_open_activity_can_be_changed_through_the_client_api():
	doc = interaction(participants=PEOPLE)
	set_value("Interaction Participant", doc.participants[0].name, "phone", "+385 1 111 222")
	assert doc.reload().participants[0].phone == "+385 1 111 222"
	client_delete("Interaction Participant", doc.participants[1].name)
	assert len(doc.reload().participants) == 1


def test_a_completed_activity_cannot_be_deleted(completed):
	with refused(CompletedError, "is completed and can't be deleted. Reopen it first"):
		frappe.delete_doc(completed.doctype, completed.name)


def test_an_open_activity_can_be_deleted():
	doc = interaction()
	frappe.delete_doc("Interaction", doc.name)
	assert not frappe.db.exists("Interaction", doc.name)


@pytest.mark.parametrize(
	"change",
	[{"reviewed": 1}, {"under_control": 1, "control_on": "2026-12-01"}, {"reviewed": 0, "under_control": 0}],
)
def test_review_and_control_can_change_after_completion(completed, change):
	change_record(completed, **change)
	assert completed.completed == 1
	assert completed.reviewed_by == ("Administrator" if change.get("reviewed") else None)
