"""Custom fields that link to other apps' document types, and custom fields on those.

They are: organisation, project, item and campaign of an activity, most of them also in the journal; chain and
participants of a deal, claim or campaign; *Do Not Record* of a contact; reminder settings of a user. A field is created once its document types exist, even if their app is installed later, and
removed with that app or with this one.
"""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from crm_interactions.apps.installed import app_of
from crm_interactions.setup import memory

MODULE = "CRM Interactions"
FILTER = {"in_standard_filter": 1, "search_index": 1}


def _organisation_fields(insert_after: str) -> list[dict]:
	return [
		{
			"fieldname": "organisation_section",
			"fieldtype": "Section Break",
			"label": "Organisation",
			"insert_after": insert_after,
		},
		_link("company", "Company", "Company", "organisation_section", **FILTER),
		_link("branch", "Branch", "Branch", "company", **FILTER),
		_link("department", "Department", "Department", "branch", **FILTER),
		{"fieldname": "organisation_column", "fieldtype": "Column Break", "insert_after": "department"},
		_link("employee", "Employee", "Employee", "organisation_column", search_index=1),
		_link("project", "Project", "Project", "employee", **FILTER),
		# UTM Campaign replaces Campaign in Frappe 16; only one of the two fields is created
		_link("campaign", "Campaign", "Campaign", "project", search_index=1),
		_link("campaign", "Campaign", "UTM Campaign", "project", search_index=1),
	]


def _link(fieldname: str, label: str, options: str, insert_after: str, **more) -> dict:
	return {
		"fieldname": fieldname,
		"fieldtype": "Link",
		"label": label,
		"options": options,
		"insert_after": insert_after,
		**more,
	}


# a journal row follows its document, so user permissions apply to the document alone
COPY = {**FILTER, "read_only": 1, "ignore_user_permissions": 1}
JOURNAL_FIELDS = [
	{
		"fieldname": "organisation_section",
		"fieldtype": "Section Break",
		"label": "Organisation",
		"insert_after": "responsible",
	},
	_link("company", "Company", "Company", "organisation_section", **COPY),
	_link("branch", "Branch", "Branch", "company", **COPY),
	{"fieldname": "organisation_column", "fieldtype": "Column Break", "insert_after": "branch"},
	_link("department", "Department", "Department", "organisation_column", **COPY),
	_link("project", "Project", "Project", "department", **COPY),
]
FIELDS = {
	"Activity Link": JOURNAL_FIELDS,
	"Interaction": _organisation_fields("reason"),
	"Meeting": _organisation_fields("reason"),
	"Product Record": [
		*_organisation_fields("notes"),
		_link("item", "Item", "Item", "product", in_standard_filter=1, search_index=1),
	],
	"Interaction Product": [_link("item", "Item", "Item", "product", in_list_view=1, columns=2)],
}
# document type → field before its chain field
CHAIN_AFTER = {
	"Opportunity": "status",
	"Quotation": "order_type",
	"Sales Order": "order_type",
	"Issue": "issue_type",
	"Campaign": "naming_series",
	"UTM Campaign": "campaign_description",
	"Project": "project_type",
	"CRM Deal": "next_step",
	"CRM Lead": "source",
}
# document type that also gets participants → last field of the section before them
PARTICIPANTS_AFTER = {
	"Opportunity": "contact_display",
	"Issue": "description",
	"Project": "copied_from",
	"CRM Deal": "contact",
}


def _subject_fields(doctype: str) -> list[dict]:
	"""Return the custom fields of a document type that can be the subject of a chain (R20)."""
	chain = {"search_index": 1, "no_copy": 1, "allow_on_submit": 1}
	fields = [_link("interaction_chain", "Chain", "Interaction Chain", CHAIN_AFTER[doctype], **chain)]
	if doctype in PARTICIPANTS_AFTER:
		fields += _participants(PARTICIPANTS_AFTER[doctype])
	return fields


def _participants(insert_after: str) -> list[dict]:
	section = "interaction_participants_section"
	return [
		{
			"fieldname": section,
			"fieldtype": "Section Break",
			"label": "Participants",
			"collapsible": 1,
			"insert_after": insert_after,
		},
		{
			"fieldname": "interaction_participants",
			"fieldtype": "Table",
			"label": "Participants",
			"options": "Interaction Participant",
			"insert_after": section,
			"no_copy": 1,
		},
	]


SUBJECT_FIELDS = {doctype: _subject_fields(doctype) for doctype in CHAIN_AFTER}

# fields of Frappe's own document types: a contact's privacy, and settings that only their user changes
FRAPPE_FIELDS = {
	"Contact": [
		{
			"fieldname": "do_not_record",
			"fieldtype": "Check",
			"label": "Do Not Record",
			"description": "Mail, calls and text messages of this person are not captured.",
			"insert_after": "unsubscribed",
		}
	],
	"Notification Settings": [
		{
			"fieldname": "interactions_section",
			"fieldtype": "Section Break",
			"label": "Interactions",
			"insert_after": "seen",
		},
		{
			"fieldname": "interaction_reminders",
			"fieldtype": "Check",
			"label": "Reminders in the Desk",
			"description": "Before an interaction or a meeting is due, when it is late, and a short daily digest",
			"default": "1",
			"insert_after": "interactions_section",
		},
		{
			"fieldname": "interaction_remind_before",
			"fieldtype": "Int",
			"label": "Remind Before (Minutes)",
			"description": "Leave empty or 0 for the value of the type or the settings. Enter -1 for no reminder before the due time.",
			"insert_after": "interaction_reminders",
		},
		{
			"fieldname": "interaction_reminders_column",
			"fieldtype": "Column Break",
			"insert_after": "interaction_remind_before",
		},
		{
			"fieldname": "interaction_reminders_by_email",
			"fieldtype": "Check",
			"label": "Reminders by E-mail",
			"default": "1",
			"depends_on": "enable_email_notifications",
			"insert_after": "interaction_reminders_column",
		},
		{
			"fieldname": "interaction_digest_by_email",
			"fieldtype": "Check",
			"label": "Morning Digest by E-mail",
			"default": "1",
			"depends_on": "enable_email_notifications",
			"insert_after": "interaction_reminders_by_email",
		},
	],
}


def add_missing() -> bool:
	"""Create each field whose document types exist, unless this site ever had it or has another of that name.

	Returns: whether the journal got columns, which its rows lack.
	"""
	created = memory.recall_keys()
	new = {
		_key(doctype, field): (doctype, field)
		for doctype, fields in _all()
		for field in fields
		if _key(doctype, field) not in created and _is_possible(doctype, field)
	}
	wanted: dict[str, list[dict]] = {}
	for doctype, field in new.values():
		if not frappe.get_meta(doctype, cached=False).has_field(field["fieldname"]):
			wanted.setdefault(doctype, []).append({"module": MODULE, **field})
	create_custom_fields(wanted, update=False)
	if new:
		memory.remember_keys(set(new))
	return "Activity Link" in wanted


def remove_fields_of(app_name: str) -> None:
	"""Delete fields, not columns, that need types of an app being uninstalled; its new installation adds them again."""
	removed = set()
	for doctype, fields in _all():
		for field in fields:
			if app_name in {app_of(needed) for needed in _needed(doctype, field)}:
				_remove(doctype, field)
				removed.add(_key(doctype, field))
	memory.forget_keys(removed)  # so that a new installation of the app creates them again
	frappe.clear_cache()


def _remove(doctype: str, field: dict) -> None:
	filters = {"dt": doctype, "fieldname": field["fieldname"], "module": MODULE}
	if field.get("options"):
		filters["options"] = field["options"]
	for name in frappe.get_all("Custom Field", filters, pluck="name"):
		# setup acts for the site, not for a user
		frappe.delete_doc("Custom Field", name, ignore_permissions=True, force=True)


def _all() -> list[tuple[str, list[dict]]]:
	return [*FIELDS.items(), *SUBJECT_FIELDS.items(), *FRAPPE_FIELDS.items()]


def _needed(doctype: str, field: dict) -> set[str]:
	"""Return the document types that a field needs.

	A field of an activity needs its target and Company; another field needs its own document type.
	"""
	if doctype in FRAPPE_FIELDS:
		return {doctype}
	if doctype not in SUBJECT_FIELDS:
		return {"Company", field.get("options") or "Company"}
	# UTM Campaign belongs to Frappe, but only ERPNext uses it for campaigns
	return {"UTM Campaign", "Company"} if doctype == "UTM Campaign" else {doctype}


def _is_possible(doctype: str, field: dict) -> bool:
	return all(frappe.db.exists("DocType", needed) for needed in _needed(doctype, field))


def _key(doctype: str, field: dict) -> str:
	return f"Custom Field/{doctype}-{field['fieldname']}"
