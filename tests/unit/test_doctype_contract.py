"""The public fields (docs/requirements.md, Interface): other software depends on their names and types."""

import pytest

from tests.unit.support.doctypes import catalogue, is_setup, is_single, options_of


def of(contract: str, *names: str) -> dict[str, str]:
	"""Return fields that have the same type and options."""
	return dict.fromkeys(names, contract)


PARTY = {"party_type": "Link/DocType", "party": "Dynamic Link/party_type"}
SUBJECT = {"subject_type": "Link/DocType", "subject": "Dynamic Link/subject_type"}
ACTIVITY = {"activity_type": "Link/DocType", "activity": "Dynamic Link/activity_type"}
AMOUNT = {"amount": "Currency/currency", "currency": "Link/Currency"}
CLASSIFICATION = {
	"interaction_type": "Link/Interaction Type",
	"priority": "Link/Interaction Priority",
	"category": "Link/Interaction Category",
}
INTERACTION = {
	**CLASSIFICATION,
	"direction": "Select/Incoming|Outgoing",
	"status": "Select/Planned|Held|Not Held|Cancelled",
	"outcome": "Link/Interaction Outcome",
	**of("Data", "title", "party_name", "how_to_reach"),
	"reason": "Small Text",
	**PARTY,
	"contact": "Link/Contact",
	**of("Link/User", "responsible", "reviewed_by"),
	**of("Datetime", "starts_on", "ends_on", "due_until", "reviewed_on", "next_on"),
	"duration": "Duration",
	**of("Check", "add_to_calendar", "reviewed", "under_control", "completed", "plan_next"),
	"event": "Link/Event",
	"dictionary_values": "Table/Interaction Dictionary Entry",
	"resources": "Table/Activity Resource",
	"rating": "Rating",
	"participants": "Table/Interaction Participant",
	"products": "Table/Interaction Product",
	**AMOUNT,
	**SUBJECT,
	"chain": "Link/Interaction Chain",
	"notes": "Text Editor",
	"control_on": "Date",
	"next_doctype": "Select/Interaction|Meeting",
	"next_type": "Link/Interaction Type",
	"next_in": "Int",
	"next_unit": "Select/Hours|Days|Weeks|Months",
	"next_activity_type": "Link/DocType",
	"next_activity": "Dynamic Link/next_activity_type",
}
CONTRACT = {
	"Interaction": INTERACTION,
	"Meeting": {
		**INTERACTION,
		"place": "Text",  # of any length (R13)
		"agenda": "Text Editor",
		"expected_cost": "Currency/expected_cost_currency",
		"actual_cost": "Currency/actual_cost_currency",
		**of("Link/Currency", "expected_cost_currency", "actual_cost_currency"),
	},
	"Product Record": {
		**PARTY,
		"product": "Data",
		"kind": "Select/Interest|In Use|Competitor's|Complaint",
		"quantity": "Float",
		**AMOUNT,
		"notes": "Text Editor",
	},
	"Interaction Chain": {
		"title": "Data",
		**PARTY,
		**SUBJECT,
		"status": "Select/Open|Closed|Merged",
		"merged_into": "Link/Interaction Chain",
		**of("Link/User", "responsible", "closed_by"),
		**of("Datetime", "started_on", "last_activity_on", "next_step_on", "closed_on"),
		"close_reason": "Small Text",
	},
	"Activity Link": {
		**ACTIVITY,
		"chain": "Link/Interaction Chain",
		"previous": "Link/Activity Link",
		"title": "Data",
		**of("Datetime", "activity_date", "due_until"),
		"status": "Select/Planned|Done|Cancelled",
		**PARTY,
		"responsible": "Link/User",
		**CLASSIFICATION,
		**SUBJECT,
		**of("Check", "has_attachment", "reviewed", "under_control"),
	},
	"Interaction Participant": {
		"participant_type": "Link/DocType",
		"participant": "Dynamic Link/participant_type",
		**of("Data", "full_name", "phone"),  # the phone as typed; Frappe's Phone field would reformat it
		"email": "Data/Email",
		"side": "Select/Ours|Theirs",
		"attended": "Check",
	},
	"Activity Resource": {"resource": "Link/Meeting Resource", **of("Datetime", "booked_from", "booked_to")},
	"Meeting Resource": {
		**of("Data", "title", "location"),
		"kind": "Select/Room|Vehicle|Equipment|Other",
		"capacity": "Int",
		"working_hours": "Table/Meeting Resource Hours",
		"disabled": "Check",
	},
	"Interaction Type": {
		"medium": "Select/Phone Call|Meeting|E-mail|SMS|Planned|Other",
		"icon": "Icon",
		"color": "Color",
		"default_direction": "Select/Incoming|Outgoing",
		"default_duration": "Duration",
		"remind_before": "Int",
		"disabled": "Check",
	},
	"Interaction Priority": {"color": "Color", "disabled": "Check"},
	"Interaction Category": {"color": "Color", "disabled": "Check"},
	"Interaction Outcome": {"color": "Color", "disabled": "Check"},
	"Interaction Dictionary": {"title": "Data", "disabled": "Check"},
	"Interaction Dictionary Value": {
		"dictionary": "Link/Interaction Dictionary",
		"value": "Data",
		"disabled": "Check",
	},
	"Partner": {"partner_name": "Data", "responsible": "Link/User"},
	"CRM Interactions Settings": {
		**of("Check", "enable_email", "enable_calls", "enable_sms", "enable_meetings", "enable_planned"),
		**of("Check", "use_reviewed", "use_under_control", "remind_late", "send_digest"),
		"party_types": "Table/Interaction Party Type",
		"subject_types": "Table/Interaction Subject Type",
		"sources": "Table/Interaction Source",
		**of("Int", "remind_before", "digest_hour"),
	},
	"Interaction Reminder": {
		"kind": "Select/Before Due|Late|Digest",
		**ACTIVITY,
		"user": "Link/User",
		**of("Datetime", "due", "sent_on"),
		"result": "Select/Sent|Passed Over|Failed",
	},
}
SERIES = {"Interaction": "INT", "Meeting": "MTG", "Product Record": "PRD", "Interaction Chain": "CH"}


def kind(field: dict) -> str:
	"""Return a field's type and options in the contract's notation, with a Select's options sorted."""
	if field["fieldtype"] == "Select":
		return f"Select/{'|'.join(sorted(options_of(field)))}"
	return "/".join(filter(None, (field["fieldtype"], field.get("options"))))


def promised(contract: str) -> str:
	fieldtype, _, options = contract.partition("/")
	return f"Select/{'|'.join(sorted(options.split('|')))}" if fieldtype == "Select" else contract


FIELDS = [(doctype, *field) for doctype, fields in CONTRACT.items() for field in fields.items()]


@pytest.mark.parametrize(("doctype", "fieldname", "contract"), FIELDS)
def test_a_field_matches_the_contract(doctype, fieldname, contract):
	field = catalogue().field(doctype, fieldname)
	assert field, f"{doctype} has no field {fieldname}"
	assert kind(field) == promised(contract)


@pytest.mark.parametrize(("doctype", "series"), SERIES.items())
def test_names_use_the_series_of_the_contract(doctype, series):
	assert catalogue().own[doctype]["autoname"] == f"{series}-.YYYY.-.#####"


COMMON = ["title", "party", "starts_on", "responsible", "status", "interaction_type"]


@pytest.mark.parametrize("fieldname", COMMON)
def test_interaction_and_meeting_have_the_same_requirements(fieldname):
	"""Both share one controller, so their common fields have the same properties."""
	interaction, meeting = (catalogue().field(doctype, fieldname) for doctype in ("Interaction", "Meeting"))
	for key in ("reqd", "options", "default", "in_standard_filter"):
		assert interaction.get(key) == meeting.get(key), key


EITHER = pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
# R1: standard filters of the list. Dictionaries and the organisation have other fields.
R1_FILTERS = [
	*["party", "contact", "interaction_type", "responsible", "status", "priority", "category"],
	*["subject_type", "subject", "chain"],
]
# not in_standard_filter: Frappe's date filter needs the exact second, so a script adds one; the title always has one
R1_OTHER_FILTERS = ["starts_on", "title"]


@EITHER
@pytest.mark.parametrize("fieldname", R1_FILTERS + R1_OTHER_FILTERS)
def test_fields_of_r1_are_list_filters_with_an_index(doctype, fieldname):
	field = catalogue().field(doctype, fieldname)
	assert field.get("search_index")
	assert not field.get("hidden")
	assert bool(field.get("in_standard_filter")) == (fieldname in R1_FILTERS)


# R9: the right to reopen is write permission on level 2, the level of these fields
@EITHER
@pytest.mark.parametrize("fieldname", ["reopened_on", "reopened_by", "reopen_reason"])
def test_fields_of_reopening_are_on_level_2(doctype, fieldname):
	assert catalogue().field(doctype, fieldname)["permlevel"] == 2


NOT_COPIED = ["completed", "completed_by", "completed_on", "reviewed", "reviewed_on"]


# a copy with "completed" would be locked from the start
@EITHER
@pytest.mark.parametrize("fieldname", NOT_COPIED)
def test_copies_are_neither_completed_nor_reviewed(doctype, fieldname):
	assert catalogue().field(doctype, fieldname).get("no_copy")


def test_dictionary_values_can_be_renamed():
	setup = [d for d in catalogue().own.values() if is_setup(d) and not is_single(d)]
	assert setup
	assert not [d["name"] for d in setup if not d.get("allow_rename")]
