"""Settings that came with a newer version begin with their defaults; the platform gives those to new sites only."""

import frappe

from crm_interactions.setup.memory import SETTINGS


def fill() -> None:
	"""Set what this site never had; 0 and empty are choices, too, and stay."""
	stored = _stored()
	missing = {
		df.fieldname: df.default
		for df in frappe.get_meta(SETTINGS).fields
		if df.default is not None and df.fieldname not in stored
	}
	if missing and stored:
		frappe.db.set_single_value(SETTINGS, missing, update_modified=False)
		frappe.clear_document_cache(SETTINGS, SETTINGS)


def _stored() -> set[str]:
	table = frappe.qb.DocType("Singles")
	return {
		field
		for (field,) in frappe.qb.from_(table).select(table.field).where(table.doctype == SETTINGS).run()
	}
