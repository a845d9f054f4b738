"""The public fields (docs/requirements.md, Interface): other software depends on their names and types."""

import pytest

from tests.unit.support.doctypes import catalogue

INTERACTION = {
	"interaction_type": "Link/Interaction Type",
	"direction": "Select/Incoming|Outgoing",
	"status": "Select/Planned|Held|Not Held|Cancelled",
	"outcome": "Link/Interaction Outcome",
	"title": "Data",
	"reason": "Small Text",
	"party_type": "Link/DocType",
	"party": "Dynamic Link/party_type",
	"party_name": "Data",
	"contact": "Link/Contact",
	"how_to_reach": "Data",
	"responsible": "Link/User",
	"starts_on": "Datetime",
	"ends_on": "Datetime",
	"duration": "Duration",
	"add_to_calendar": "Check",
	"event": "Link/Event",
	"priority": "Link/Interaction Priority",
	"category": "Link/Interaction Category",
	"dictionary_values": "Table/Interaction Dictionary Entry",
	"resources": "Table/Activity Resource",
	"rating": "Rating",
	"participants": "Table/Interaction Participant",
	"products": "Table/Interaction Product",
	"amount": "Currency/currency",
	"currency": "Link/Currency",
	"subject_type": "Link/DocType",
	"subject": "Dynamic Link/subject_type",
	"chain": "Link/Interaction Chain",
	"notes": "Text Editor",
	"reviewed": "Check",
	"reviewed_by": "Link/User",
	"reviewed_on": "Datetime",
	"under_control": "Check",
	"control_on": "Date",
	"completed": "Check",
	"plan_next": "Check",
	"next_doctype": "Select/Interaction|Meeting",
	"next_type": "Link/Interaction Type",
	"next_in": "Int",
	"next_unit": "Select/Hours|Days|Weeks|Months",
	"next_on": "Datetime",
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
		"expected_cost_currency": "Link/Currency",
		"actual_cost": "Currency/actual_cost_currency",
		"actual_cost_currency": "Link/Currency",
	},
	"Product Record": {
		"party_type": "Link/DocType",
		"party": "Dynamic Link/party_type",
		"product": "Data",
		"kind": "Select/Interest|In Use|Competitor's|Complaint",
		"quantity": "Float",
		"amount": "Currency/currency",
		"currency": "Link/Currency",
		"notes": "Text Editor",
	},
	"Interaction Chain": {
		"title": "Data",
		"party_type": "Link/DocType",
		"party": "Dynamic Link/party_type",
		"subject_type": "Link/DocType",
		"subject": "Dynamic Link/subject_type",
		"status": "Select/Open|Closed|Merged",
		"merged_into": "Link/Interaction Chain",
		"responsible": "Link/User",
		"started_on": "Datetime",
		"last_activity_on": "Datetime",
		"next_step_on": "Datetime",
		"closed_on": "Datetime",
		"closed_by": "Link/User",
		"close_reason": "Small Text",
	},
	"Activity Link": {
		"activity_type": "Link/DocType",
		"activity": "Dynamic Link/activity_type",
		"chain": "Link/Interaction Chain",
		"previous": "Link/Activity Link",
		"title": "Data",
		"activity_date": "Datetime",
		"status": "Select/Planned|Done|Cancelled",
		"party_type": "Link/DocType",
		"party": "Dynamic Link/party_type",
		"responsible": "Link/User",
		"interaction_type": "Link/Interaction Type",
		"priority": "Link/Interaction Priority",
		"category": "Link/Interaction Category",
		"subject_type": "Link/DocType",
		"subject": "Dynamic Link/subject_type",
		"has_attachment": "Check",
		"reviewed": "Check",
		"under_control": "Check",
	},
	"Interaction Participant": {
		"participant_type": "Link/DocType",
		"participant": "Dynamic Link/participant_type",
		"full_name": "Data",
		"email": "Data/Email",
		"phone": "Data",  # kept as typed; Frappe's Phone field would reformat it
		"side": "Select/Ours|Theirs",
		"attended": "Check",
	},
	"Activity Resource": {
		"resource": "Link/Meeting Resource",
		"booked_from": "Datetime",
		"booked_to": "Datetime",
	},
	"Meeting Resource": {
		"title": "Data",
		"kind": "Select/Room|Vehicle|Equipment|Other",
		"capacity": "Int",
		"location": "Data",
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
		"enable_email": "Check",
		"enable_calls": "Check",
		"enable_sms": "Check",
		"enable_meetings": "Check",
		"enable_planned": "Check",
		"use_reviewed": "Check",
		"use_under_control": "Check",
		"party_types": "Table/Interaction Party Type",
		"subject_types": "Table/Interaction Subject Type",
		"sources": "Table/Interaction Source",
		"remind_before": "Int",
		"remind_late": "Check",
		"send_digest": "Check",
		"digest_hour": "Int",
	},
	"Interaction Reminder": {
		"kind": "Select/Before Due|Late|Digest",
		"activity_type": "Link/DocType",
		"activity": "Dynamic Link/activity_type",
		"user": "Link/User",
		"due": "Datetime",
		"result": "Select/Sent|Passed Over|Failed",
		"sent_on": "Datetime",
	},
}

SERIES = {
	"Interaction": "INT-.YYYY.-.#####",
	"Meeting": "MTG-.YYYY.-.#####",
	"Product Record": "PRD-.YYYY.-.#####",
	"Interaction Chain": "CH-.YYYY.-.#####",
}


def kind(field: dict) -> str:
	"""Return a field's type and options in the contract's notation, with a Select's options sorted."""
	if field["fieldtype"] == "Select":
		offered = sorted(filter(None, field["options"].split("\n")))
		return f"Select/{'|'.join(offered)}"
	return "/".join(filter(None, (field["fieldtype"], field.get("options"))))


def promised(contract: str) -> str:
	fieldtype, _, options = contract.partition("/")
	return f"Select/{'|'.join(sorted(options.split('|')))}" if fieldtype == "Select" else contract


@pytest.mark.parametrize(
	("doctype", "fieldname", "contract"),
	[(doctype, name, contract) for doctype, fields in CONTRACT.items() for name, contract in fields.items()],
)
def test_a_field_matches_the_contract(doctype, fieldname, contract):
	field = catalogue().field(doctype, fieldname)
	assert field, f"{doctype} has no field {fieldname}"
	assert kind(field) == promised(contract)


@pytest.mark.parametrize(("doctype", "series"), SERIES.items())
def test_names_use_the_series_of_the_contract(doctype, series):
	assert catalogue().own[doctype]["autoname"] == series


@pytest.mark.parametrize(
	"fieldname", ["title", "party", "starts_on", "responsible", "status", "interaction_type"]
)
def test_interaction_and_meeting_have_the_same_requirements(fieldname):
	"""Both share one controller, so their common fields have the same properties."""
	interaction, meeting = (catalogue().field(doctype, fieldname) for doctype in ("Interaction", "Meeting"))
	for key in ("reqd", "options", "default", "in_standard_filter"):
		assert interaction.get(key) == meeting.get(key), key


# R1: standard filters of the list. Dictionaries and the organisation have other fields.
R1_FILTERS = [
	*["party", "contact", "interaction_type", "responsible", "status", "priority", "category"],
	*["subject_type", "subject", "chain"],
]
# not in_standard_filter: Frappe's date filter needs the exact second, so a script adds one; the title always has one
R1_OTHER_FILTERS = ["starts_on", "title"]


@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
@pytest.mark.parametrize("fieldname", R1_FILTERS + R1_OTHER_FILTERS)
def test_fields_of_r1_are_list_filters_with_an_index(doctype, fieldname):
	field = catalogue().field(doctype, fieldname)
	assert field.get("search_index")
	assert not field.get("hidden")
	assert bool(field.get("in_standard_filter")) == (fieldname in R1_FILTERS)


# R9: the right to reopen is write permission on level 2, the level of these fields
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
@pytest.mark.parametrize("fieldname", ["reopened_on", "reopened_by", "reopen_reason"])
def test_fields_of_reopening_are_on_level_2(doctype, fieldname):
	assert catalogue().field(doctype, fieldname)["permlevel"] == 2


# a copy with "completed" would be locked from the start
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
@pytest.mark.parametrize(
	"fieldname", ["completed", "completed_by", "completed_on", "reviewed", "reviewed_on"]
)
def test_copies_are_neither_completed_nor_reviewed(doctype, fieldname):
	assert catalogue().field(doctype, fieldname).get("no_copy")


@pytest.mark.parametrize("name", ["Interaction Type", "Interaction Priority", "Interaction Category"])
def test_dictionaries_are_shown_in_the_users_language(name):
	assert catalogue().own[name].get("translated_doctype")


def test_dictionary_values_can_be_renamed():
	"""R11: administrators rename predefined values."""
	setup = [
		d for d in catalogue().own.values() if d.get("document_type") == "Setup" and not d.get("issingle")
	]
	assert setup
	assert not [d["name"] for d in setup if not d.get("allow_rename")]
