"""Guesses of the fields of a document type that an administrator registers, for types as apps and sites have them."""

import pytest

from crm_interactions.journal.field_guesses import Field, Type, guess, guess_state, list_suitable

PARTIES = ("Customer", "Lead", "Partner")
ACTIVITIES = frozenset({"Sales Order", "Quotation", "Project", "Communication"})


def of(name: str, *rows: tuple, **more) -> Type:
	"""Return a type with fields given as name, type, label, options."""
	fields = tuple(Field(row[0], row[2], row[1], *row[3:]) for row in rows)
	return Type(name, fields, party_types=PARTIES, activities=ACTIVITIES, **more)


VISIT = of(
	"Maintenance Visit",
	("naming_series", "Select", "Series", "MAT-MVS-.YYYY.-"),
	("customer", "Link", "Customer", "Customer"),
	("customer_name", "Data", "Customer Name", "", True),
	("address_display", "Small Text", "Address"),
	("contact_mobile", "Data", "Mobile No", "Phone"),
	("mntc_date", "Date", "Maintenance Date"),
	("completion_status", "Select", "Completion Status", "\nPartially Completed\nFully Completed"),
	("maintenance_type", "Select", "Maintenance Type", "\nScheduled\nUnscheduled\nBreakdown"),
	("customer_feedback", "Small Text", "Customer Feedback"),
	("status", "Select", "Status", "\nDraft\nCancelled\nSubmitted"),
	("amended_from", "Link", "Amended From", "Maintenance Visit"),
	("company", "Link", "Company", "Company"),
	("customer_group", "Link", "Customer Group", "Customer Group"),
	title_field="customer_name",
	submittable=True,
)
CLAIM = of(
	"Warranty Claim",
	("status", "Select", "Status", "\nOpen\nClosed\nWork In Progress\nCancelled"),
	("complaint_date", "Date", "Issue Date"),
	("serial_no", "Link", "Serial No", "Serial No"),
	("customer", "Link", "Customer", "Customer"),
	("complaint", "Text Editor", "Issue"),
	("item_name", "Data", "Item Name", "", True),
	("description", "Small Text", "Description"),
	("warranty_amc_status", "Select", "Warranty / AMC Status", "\nUnder Warranty\nOut of Warranty"),
	("warranty_expiry_date", "Date", "Warranty Expiry Date"),
	("resolution_date", "Datetime", "Resolution Date"),
	("resolved_by", "Link", "Resolved By", "User"),
	("customer_name", "Data", "Customer Name"),
	("amended_from", "Link", "Amended From", "Warranty Claim"),
	title_field="customer_name",
)
PROJECT = of(
	"Project",
	("project_name", "Data", "Project Name"),
	("status", "Select", "Status", "Open\nCompleted\nCancelled"),
	("project_type", "Link", "Project Type", "Project Type"),
	("is_active", "Select", "Is Active", "Yes\nNo"),
	("expected_start_date", "Date", "Expected Start Date"),
	("expected_end_date", "Date", "Expected End Date"),
	("customer", "Link", "Customer", "Customer"),
	("sales_order", "Link", "Sales Order", "Sales Order"),
	("actual_start_date", "Date", "Actual Start Date (via Timesheet)"),
)
MAIL = of(
	"Communication",
	("subject", "Small Text", "Subject"),
	("communication_medium", "Select", "Type", "\nEmail\nChat"),
	("sender", "Data", "From", "Email"),
	("content", "Text Editor", "Message"),
	("delivery_status", "Select", "Delivery Status", "\nSent\nBounced"),
	("status", "Select", "Status", "Open\nReplied\nClosed\nLinked"),
	("communication_date", "Datetime", "Date"),
	("read_by_recipient_on", "Datetime", "Read by Recipient On"),
	("reference_doctype", "Link", "Reference Document Type", "DocType"),
	("reference_name", "Dynamic Link", "Reference Name", "reference_doctype"),
	("in_reply_to", "Link", "In Reply To", "Communication"),
	("user", "Link", "User", "User"),
	("email_status", "Select", "Email Status", "Open\nSpam\nTrash"),
	("send_after", "Datetime", "Send After"),
	title_field="subject",
)
INSPECTION = of(
	"Site Inspection",
	("custom_valid_until", "Date", "Valid Until"),
	("visit_on", "Datetime", "Visited On"),
	("approved_by", "Link", "Approved By", "User"),
	("technician", "Link", "Technician", "User"),
	("party_type", "Select", "Party Type", "Customer\nLead"),
	("party", "Dynamic Link", "Party", "party_type"),
	("findings", "Text", "Summary of Findings"),
	("custom_stage", "Link", "Stage", "Inspection Stage"),
	("quotation", "Link", "Quotation", "Quotation"),
)
TASK = of(
	"ToDo",
	("status", "Select", "Status", "Open\nClosed\nCancelled"),
	("priority", "Select", "Priority", "High\nMedium\nLow"),
	("date", "Date", "Due Date"),
	("allocated_to", "Link", "Allocated To", "User"),
	("description", "Text Editor", "Description"),
	("reference_type", "Link", "Reference Type", "DocType"),
	("reference_name", "Dynamic Link", "Reference Name", "reference_type"),
	("assigned_by", "Link", "Assigned By", "User"),
	title_field="description",
)
NOTE = of(
	"Note",
	("title", "Data", "Title"),
	("public", "Check", "Public"),
	("expire_notification_on", "Date", "Expire Notification On"),
	("content", "Text Editor", "Content"),
	title_field="title",
)
NOTHING = of("Colour", ("hex", "Color", "Hex"))


@pytest.mark.parametrize(
	("found", "date", "title", "party", "responsible", "status", "origins"),
	[
		(VISIT, "mntc_date", "maintenance_type", "customer", "", "", []),
		(CLAIM, "complaint_date", "complaint", "customer", "resolved_by", "status", []),
		(PROJECT, "expected_start_date", "project_name", "customer", "", "status", ["sales_order"]),
		(MAIL, "communication_date", "subject", "", "user", "status", ["reference_name"]),
		(INSPECTION, "visit_on", "findings", "party", "technician", "custom_stage", ["quotation"]),
		(TASK, "date", "description", "", "allocated_to", "status", ["reference_name"]),
		(NOTE, "", "title", "", "", "", []),
		(NOTHING, "", "", "", "", "", []),
	],
	ids=lambda value: value.name if isinstance(value, Type) else "",
)
def test_the_fields_of_a_type_are_guessed(found, date, title, party, responsible, status, origins):
	guessed = guess(found)
	expected = {
		"date_field": date,
		"title_field": title,
		"party_field": party,
		"responsible_field": responsible,
		"status_field": status,
		"origin_fields": origins,
	}
	assert guessed == expected


@pytest.mark.parametrize(
	("state", "values"),
	[
		("Planned", ["Open", "Work In Progress", "Partially Completed", "To Deliver", "On Hold", "Draft"]),
		("Done", ["Closed", "Fully Completed", "Replied", "Held", "Submitted", "Završeno"]),
		("Cancelled", ["Cancelled", "Not Held", "Rejected", "Spam"]),
	],
)
def test_the_meaning_of_a_status_is_guessed_from_its_words(state, values):
	assert {value: guess_state(value) for value in values} == dict.fromkeys(values, state)


@pytest.mark.parametrize(
	("setting", "names"),
	[
		("date_field", ["custom_valid_until", "visit_on"]),
		("party_field", ["party"]),
		("responsible_field", ["approved_by", "technician"]),
		("status_field", ["party_type", "custom_stage"]),
		(
			"title_field",
			["approved_by", "technician", "party_type", "party", "findings", "custom_stage", "quotation"],
		),
	],
)
def test_only_suitable_fields_are_offered(setting, names):
	assert [field.fieldname for field in list_suitable(INSPECTION, setting)] == names
