"""Company, branch, department and employee of an activity, on sites with ERPNext (R3)."""

import frappe

from crm_interactions.apps.installed import has_doctype

FIELDS = ("employee", "company", "branch", "department")


def set_defaults(doc) -> None:
	"""Set the organisation fields that the caller left blank (`note_given`) to the responsible user's `defaults_of`."""
	if not doc.meta.has_field("employee"):
		return
	given = doc.flags.given_organisation or ()
	for field, value in defaults_of(doc.responsible).items():
		if doc.meta.has_field(field) and field not in given:
			doc.set(field, value)


def note_given(doc) -> None:
	"""Note the submitted organisation fields before Frappe fills in the user's default company."""
	doc.flags.given_organisation = [field for field in FIELDS if doc.get(field)]


def defaults_of(user: str) -> dict[str, str]:
	"""Return a user's employee, company, branch and department, without unknown ones; empty without ERPNext.

	A user without an active employee record, also an unknown one, has only their default company, or else the site's.
	"""
	if not has_doctype("Employee"):
		return {}
	row = frappe.db.get_value(
		"Employee",
		{"user_id": user, "status": "Active"},
		["name as employee", "company", "branch", "department"],
		as_dict=True,
	)
	row = row or {"company": frappe.defaults.get_user_default("Company", user)}
	return {field: row[field] for field in FIELDS if row.get(field)}
