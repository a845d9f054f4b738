"""Fields that need another app's document types: company, branch, department, employee, project, item, campaign.

They are the platform's custom fields, made when the document type that they point to is there, also when it
arrives later, and gone with the app that brought it or with this one.
"""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

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
		{
			"fieldname": "organisation_column",
			"fieldtype": "Column Break",
			"insert_after": "department",
		},
		_link("employee", "Employee", "Employee", "organisation_column", search_index=1),
		_link("project", "Project", "Project", "employee", **FILTER),
		# Frappe 16 has taken it over as UTM Campaign; whichever is there
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


FIELDS = {
	"Interaction": _organisation_fields("reason"),
	"Meeting": _organisation_fields("reason"),
	"Product Record": [
		*_organisation_fields("notes"),
		_link("item", "Item", "Item", "product", in_standard_filter=1, search_index=1),
	],
	"Interaction Product": [_link("item", "Item", "Item", "product", in_list_view=1, columns=2)],
}


def add_missing() -> None:
	"""Make each field whose document type exists; a field that is there is the administrator's."""
	wanted = {}
	for doctype, fields in FIELDS.items():
		present = frappe.get_meta(doctype, cached=False)
		wanted[doctype] = [
			_definition(field)
			for field in fields
			if not present.has_field(field["fieldname"])
			and all(frappe.db.exists("DocType", needed) for needed in _needed(field))
		]
	create_custom_fields({doctype: fields for doctype, fields in wanted.items() if fields}, update=False)


def remove_fields_of(app_name: str) -> None:
	"""Remove the fields that point to document types of an app that is being uninstalled."""
	for doctype, fields in FIELDS.items():
		for field in fields:
			if app_name in {_app_of(needed) for needed in _needed(field)}:
				_remove(doctype, field)
	frappe.clear_cache()


def _remove(doctype: str, field: dict) -> None:
	filters = {"dt": doctype, "fieldname": field["fieldname"], "module": MODULE}
	if field.get("options"):
		filters["options"] = field["options"]
	for name in frappe.get_all("Custom Field", filters, pluck="name"):
		frappe.delete_doc("Custom Field", name, ignore_permissions=True, force=True)


def _needed(field: dict) -> set[str]:
	"""Return the document types without which a field makes no sense: its target, and the organisation's."""
	return {"Company", field.get("options") or "Company"}


def _definition(field: dict) -> dict:
	return {"module": MODULE, **field}


def _app_of(doctype: str) -> str | None:
	module = frappe.db.get_value("DocType", doctype, "module")
	return frappe.db.get_value("Module Def", module, "app_name") if module else None
