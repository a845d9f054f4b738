"""Clients can't forge fields that only the server writes."""

import frappe
import pytest
from frappe.client import insert as client_insert
from frappe.client import save as client_save

from tests.site.factories import change_record, interaction, user
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only
FORGED = {
	**{"completed_by": "Guest", "completed_on": "2020-01-01 10:00:00", "reopened_by": "Guest"},
	**{"reopened_on": "2020-01-01 10:00:00", "reopen_reason": "None", "reviewed_by": "Guest"},
	**{
		"reviewed_on": "2020-01-01 10:00:00",
		"before_completion": '{"values": {"status": ["Cancelled", "Held"]}}',
		"has_attachment": 1,
		"contact_key": "+1",
		"party_name": "Another name",
	},
}
USERS = ["Administrator", "chief@example.com", "recorder@example.com"]


@pytest.fixture(params=USERS)
def each_user(request, as_user):
	user("recorder@example.com", "Interaction User")
	user("chief@example.com", "Interaction Manager")
	as_user(request.param)


@EACH_KIND
def test_a_new_record_ignores_forged_fields(make, each_user):
	doc = make(insert=False)
	as_sent = {**doc.as_dict(convert_dates_to_str=True), **_fields_of(doc)}
	inserted = client_insert({key: value for key, value in as_sent.items() if value is not None})
	_assert_untouched(frappe.get_doc(doc.doctype, inserted["name"]))


@EACH_KIND
def test_a_saved_record_ignores_forged_fields(make, each_user):
	doc = make().reload()
	client_save(frappe.as_json({**doc.as_dict(convert_dates_to_str=True), **_fields_of(doc)}))
	_assert_untouched(frappe.get_doc(doc.doctype, doc.name))


def test_completion_and_review_name_the_acting_user(each_user):
	me = frappe.session.user
	doc = interaction(**{**FORGED, "completed": 1, "reviewed": 1})
	assert (doc.completed_by, doc.completed_on.year > 2020) == (me, True)
	if me == "recorder@example.com":
		# only a supervisor can review (test_review.py)
		assert (doc.reviewed, doc.reviewed_by, doc.reviewed_on) == (0, None, None)
	else:
		assert (doc.reviewed_by, doc.reviewed_on.year > 2020) == (me, True)


def test_the_responsible_user_can_be_chosen(each_user):
	assert interaction(responsible="Guest").responsible == "Guest"


def _fields_of(doc) -> dict:
	return {field: value for field, value in FORGED.items() if doc.meta.has_field(field)}


def _assert_untouched(doc):
	expected = {"has_attachment": 0, "contact_key": None, "party_name": "Adriatic Trade"}
	if doc.doctype == "Interaction":
		expected["contact_key"] = doc.contact_key if doc.contact_key != "+1" else "forged"
	for field in _fields_of(doc):
		assert doc.get(field) == expected.get(field), field


def test_the_state_before_completion_cannot_be_forged(each_user):
	doc = interaction(status="Planned", starts_on="2100-06-01 10:00:00", **FORGED)
	doc = change_record(doc, completed=1, before_completion=FORGED["before_completion"])
	kept = doc.before_completion
	client_save(frappe.as_json({**doc.as_dict(convert_dates_to_str=True), "before_completion": "{}"}))
	assert frappe.db.get_value("Interaction", doc.name, "before_completion") == kept
	assert frappe.parse_json(kept)["values"]["status"] == ["Planned", "Held"]
