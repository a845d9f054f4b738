"""Checks of a list condition from a client: refused unless Frappe can answer it for the document type."""

import json

import frappe
from frappe import _
from frappe.boot import get_additional_filters_from_hooks
from frappe.database.utils import NestedSetHierarchy
from frappe.model import child_table_fields, data_fieldtypes, default_fields, optional_fields
from frappe.model.db_query import get_additional_filter_field, get_date_range
from frappe.utils import cint
from frappe.utils.data import get_timespan_date_range

from crm_interactions.activities import options, period
from crm_interactions.controllers import validation
from crm_interactions.platform import postgres_filters

MOST_VALUES = 2_000
COMPARING = ("=", "!=", ">", "<", ">=", "<=")
# columns of numbers that Frappe compares with a text as texts, which PostgreSQL refuses
NUMBERED = ("idx", "docstatus")
LIKE, IN = ("like", "not like"), ("in", "not in")
PERIODS = ("1 week", "1 month", "3 months", "6 months", "1 year")
MOMENTS = ("Date", "Datetime")
# columns of every document type → their type
STANDARD = {"creation": "Datetime", "modified": "Datetime", "idx": "Int", "docstatus": "Check"}


def check_condition(row, doctype: str) -> list:
	"""Return a condition as [document type, field, operator, value], in the form that Frappe can answer.

	The operator is in lower case; `in` and `not in` have a list, [""] if empty; a named period becomes `between`.

	Args:
		row: the submitted condition: a list of these four values, or of the last three. Further values are dropped.
		doctype: document type of the list; the condition may also name one of its child tables.

	Raises: ValidationError if Frappe can't answer the condition, for example for an unknown field or operator.
	"""
	if not (isinstance(row, list) and len(row) >= 3):
		_refuse(row, doctype)
	# the Desk sends a fifth value, which Frappe 16 doesn't accept
	of, field, operator, value = [doctype, *row] if len(row) == 3 else row[:4]
	if not all(isinstance(part, str) for part in (of, field, operator)):
		_refuse(row, doctype)
	operator = operator.lower()
	if of not in _named(doctype) or not _is_column(of, field):
		_refuse(row, doctype)
	if operator in IN:
		value = _listed(value)
	elif days := _period(operator, value):
		operator, value = "between", days
	df = frappe.get_meta(of).get_field(field)
	fieldtype = df.fieldtype if df else STANDARD.get(field, "Data")
	if not _suits(df, fieldtype, operator, value):
		_refuse(row, doctype)
	if field in NUMBERED and operator in COMPARING:
		value = cint(value)
	if frappe.db.db_type == "postgres":
		restated = postgres_filters.restate(fieldtype, operator, value, is_mandatory=field in STANDARD)
		if not restated:
			_refuse(row, doctype)
		operator, value = restated
	return [of, field, operator, value]


def _named(doctype: str) -> set[str]:
	return {doctype, *(df.options for df in frappe.get_meta(doctype).get_table_fields())}


def _is_column(doctype: str, field: str) -> bool:
	meta = frappe.get_meta(doctype)
	df = meta.get_field(field)
	if df:
		return df.fieldtype in data_fieldtypes and not df.get("is_virtual")
	more = child_table_fields if meta.istable else optional_fields
	return field in (*default_fields, *more) and field in frappe.db.get_table_columns(doctype)


def _listed(value):
	"""Return the values of `in` as a list: Frappe also accepts a text, and an empty list matches blank fields."""
	if isinstance(value, str):
		value = validation.parse_json(value, "filters") if value.startswith("[") else value.split(",")
	return value if value is None or value else [""]


def _period(operator: str, value) -> list[str] | None:
	"""Return first and last day of a named period, because Frappe 16 doesn't accept every name everywhere."""
	days = None
	if isinstance(value, str):
		others = {key.lower(): found for key, found in get_additional_filters_from_hooks().items()}
		if operator == "timespan":
			days = get_timespan_date_range(value)
		elif operator in ("previous", "next") and value in PERIODS:
			days = get_date_range(operator, value)
		elif operator in others:
			asked = frappe._dict(operator=operator)
			days = get_additional_filter_field(others, asked, value).get("value")
	return [str(day) for day in days] if isinstance(days, list | tuple) else None


def _suits(df, fieldtype: str, operator: str, value) -> bool:
	if operator in IN:
		return isinstance(value, list) and len(value) <= MOST_VALUES and _fit(fieldtype, value)
	if operator in COMPARING:
		# Frappe can't compare a time with a blank one
		return _fit(fieldtype, [value]) and not (fieldtype == "Time" and value in (None, ""))
	if operator in LIKE:
		return value is not None and _fit(fieldtype, [value])
	if operator == "is":
		return value in ("set", "not set")
	if operator in NestedSetHierarchy:
		return isinstance(value, str) and _is_in_tree(df)
	is_pair = operator == "between" and isinstance(value, list) and len(value) == 2 and all(value)
	return is_pair and fieldtype in MOMENTS and _fit(fieldtype, value)


def _fit(fieldtype: str, values: list) -> bool:
	return all(_fits(fieldtype, value) for value in values)


def _fits(fieldtype: str, value) -> bool:
	if not (value is None or isinstance(value, str | int | float)):
		return False
	if fieldtype in (*MOMENTS, "Time") and value not in (None, ""):
		return isinstance(value, str) and period.is_readable(fieldtype, value)
	return True


def _is_in_tree(df) -> bool:
	tree = options.meta_of(df.options) if df and df.fieldtype == "Link" else None
	return bool(tree and tree.has_field("lft"))


def _refuse(row, doctype: str) -> None:
	frappe.throw(
		_(
			"{0} is not a valid condition for a list of {1}. Send [document type, field, operator, value] with a field of that document type or its tables."
		).format(validation.bold(json.dumps(row, default=str)[:140]), validation.bold(_(doctype))),
		title=_("Check the Filters"),
	)
