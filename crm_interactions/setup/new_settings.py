"""Defaults of settings that a new version adds; Frappe sets defaults on new sites only."""

from datetime import timedelta

import frappe
from frappe.utils import cint, to_timedelta

from crm_interactions.activities.options import SETTINGS

WORKDAY = ("workday_starts_at", "workday_ends_at")


def fill_defaults() -> None:
	"""Set the default of each setting that was never stored; stored 0 and empty values stay, and so do new sites."""
	stored = _stored()
	missing = {
		# as a number, since Frappe turns the text "1" into True, which PostgreSQL stores as "true" and Frappe reads as 0
		df.fieldname: cint(df.default) if df.fieldtype in ("Check", "Int") else df.default
		for df in frappe.get_meta(SETTINGS).fields
		if df.default is not None and df.fieldname not in stored
	}
	if missing and stored:
		frappe.db.set_single_value(SETTINGS, missing, update_modified=False)
		frappe.clear_document_cache(SETTINGS, SETTINGS)


def set_workday() -> None:
	"""Set default working hours if start and end are equal: Frappe 15 fills both with the time of installation."""
	times = [frappe.db.get_single_value(SETTINGS, field, cache=False) for field in WORKDAY]
	start, end = (to_timedelta(str(time)) if time else timedelta() for time in times)
	if abs(end - start) < timedelta(seconds=1):
		defaults = {field: frappe.get_meta(SETTINGS).get_field(field).default for field in WORKDAY}
		frappe.db.set_single_value(SETTINGS, defaults, update_modified=False)
		frappe.clear_document_cache(SETTINGS, SETTINGS)


def _stored() -> set[str]:
	table = frappe.qb.DocType("Singles")
	return {
		field
		for (field,) in frappe.qb.from_(table).select(table.field).where(table.doctype == SETTINGS).run()
	}
