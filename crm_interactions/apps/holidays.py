"""Holiday lists: the days off of an employee or a company."""

import frappe

from crm_interactions.apps.installed import has_doctype


def find_holiday_list(employee: str | None, company: str | None = None) -> dict | None:
	"""Return an employee's own holiday list, else that of the employee's company or, without one, of `company`.

	Returns: `from_date`, `to_date` and `holidays` (a set of dates with weekly days off); None without list or ERPNext.
	"""
	if not has_doctype("Holiday List"):
		return None
	name = _name(employee, company)
	period = (
		frappe.db.get_value("Holiday List", name, ["from_date", "to_date"], as_dict=True) if name else None
	)
	if not period:
		return None
	days = frappe.get_all("Holiday", {"parent": name, "parenttype": "Holiday List"}, pluck="holiday_date")
	return {**period, "holidays": set(days)}


def _name(employee: str | None, company: str | None) -> str | None:
	if employee:
		own, employer = frappe.db.get_value("Employee", employee, ["holiday_list", "company"]) or (None, None)
		if own:
			return own
		company = employer or company
	return frappe.db.get_value("Company", company, "default_holiday_list") if company else None
