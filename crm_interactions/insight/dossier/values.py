"""Values of fields as a reader reads them, and the fields that a dossier shows of each document type."""

import frappe
from frappe import _
from frappe.model import get_permitted_fields
from frappe.utils import cint, cstr, flt, fmt_money, format_date, format_duration, get_fullname

from crm_interactions.activities import options
from crm_interactions.insight.dossier.moments import Clock
from crm_interactions.journal import app_sources

# of the app's activities, in the order of the dossier; the head of an activity shows type, time, user and status
OF_ACTIVITIES = (
	*("direction", "kind", "quantity", "how_to_reach", "place", "ends_on", "duration", "outcome", "rating"),
	*("amount", "expected_cost", "actual_cost", "category", "reason"),
	*("completed_by", "completed_on"),
)
# amounts of other apps' documents, in addition to the columns of their lists
AMOUNTS = ("grand_total", "opportunity_amount", "deal_value")
TEXTS = ("agenda", "notes", "description", "content")
RICH = ("Text Editor", "HTML Editor")
LONG = (*RICH, "Text", "Small Text", "Long Text")
NUMBERS = ("Int", "Float", "Percent")
SIMPLE = (
	*(
		"Data",
		"Select",
		"Link",
		"Dynamic Link",
		"Date",
		"Datetime",
		"Duration",
		"Rating",
		"Check",
		"Small Text",
	),
	*("Text", "Currency", "Read Only", "Phone", *NUMBERS),
)


def list_fields(doctype: str) -> list:
	"""Return the fields whose values a dossier shows of a document type, those that the user may read."""
	meta = frappe.get_meta(doctype)
	readable = set(get_permitted_fields(doctype))
	if doctype in app_sources.DOCTYPES:
		chosen = [meta.get_field(name) for name in OF_ACTIVITIES]
		chosen += [df for df in meta.fields if df.get("is_custom_field") and not df.print_hide]
	else:
		named = _named_fields(doctype)
		chosen = [df for df in meta.fields if df.in_list_view or df.fieldname in named]
	return [
		df for df in chosen if df and df.fieldtype in SIMPLE and not df.hidden and df.fieldname in readable
	]


def list_texts(doctype: str) -> list:
	"""Return the fields with the notes of a document type that the user may read."""
	meta, readable = frappe.get_meta(doctype), set(get_permitted_fields(doctype))
	found = [meta.get_field(name) for name in TEXTS]
	return [df for df in found if df and df.fieldtype in LONG and df.fieldname in readable]


def list_columns(doctype: str, fields: list) -> list[str]:
	"""Return the columns to read for fields: these, and the currencies of amounts and the types of names."""
	meta, readable = frappe.get_meta(doctype), set(get_permitted_fields(doctype))
	named = {df.options for df in fields if df.fieldtype in ("Currency", "Dynamic Link")}
	columns = [
		"name",
		*(df.fieldname for df in fields),
		*(name for name in named if meta.has_field(name or "")),
	]
	return [column for column in dict.fromkeys(columns) if column in readable]


def show_value(df, row: dict, clock: Clock) -> str:
	"""Return the value of a field as stored text; "" if it is unset, or 0 as an amount or a number."""
	value = row.get(df.fieldname)
	if value in (None, "", 0):
		return ""
	if df.fieldtype == "Datetime":
		return clock.show(value)
	if df.fieldtype == "Date":
		return format_date(value)
	if df.fieldtype == "Duration":
		return format_duration(cint(value), hide_days=False)
	if df.fieldtype == "Currency":
		return show_amount(value, _currency(df, row))
	if df.fieldtype == "Rating":
		most = cint(df.options) or 5
		return f"{round(flt(value) * most, 1):g} / {most}"
	if df.fieldtype == "Check":
		return _("Yes")
	if df.fieldtype in NUMBERS:
		return f"{flt(value):g}"
	if df.fieldtype == "Link" and df.options == "User":
		return get_fullname(value)
	# names of dictionaries and of types are translated, too
	return _(cstr(value)) if df.fieldtype in ("Select", "Link") else cstr(value)


def show_amount(amount, currency: str | None) -> str:
	return f"{fmt_money(amount)} {currency}" if currency else fmt_money(amount)


def _currency(df, row: dict) -> str | None:
	"""Return the currency of an amount, from the field that its options name."""
	named = row.get(df.options) if df.options and ":" not in df.options else None
	return named or frappe.defaults.get_global_default("currency")


def _named_fields(doctype: str) -> set[str]:
	"""Return status and amounts: known ones, and those that the settings name for subjects of the type."""
	found = {"status", *AMOUNTS}
	for row in options.settings().subject_types:
		if row.subject_type == doctype:
			found |= {row.status_field, row.amount_field}
	return found
