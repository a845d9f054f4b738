"""Conditions on dates and numbers in a form that PostgreSQL can answer. Imports no Frappe.

Upstream (Frappe 15): for blank values, `is`, `in` and `not in`, the list compares dates with texts or 0, and numbers with
texts, for every document type. MariaDB converts the values and SQLite compares any, but PostgreSQL refuses the query; Frappe
16 still asks by "" whether a date is set (frappe/frappe#41074). May go once Frappe compares by the column's type.
"""

import math
from typing import Any

MOMENTS = ("Date", "Datetime", "Time")
DECIMALS = ("Float", "Currency", "Percent", "Rating", "Duration")
# whole numbers → the largest that each column holds
LARGEST = {"Check": 2**15 - 1, "Int": 2**31 - 1, "Long Int": 2**53}
BEFORE_ALL = "0001-01-01"


def restate(fieldtype: str, operator: str, value, *, is_mandatory: bool = False) -> tuple[str, Any] | None:
	"""Return operator and value of a condition with the same result, or None if PostgreSQL can't answer it.

	A blank date means that the column is blank, a blank number means 0, as on MariaDB.

	Args:
		fieldtype: of the column; conditions on other types than dates and numbers stay.
		operator: in lower case; `in` and `not in` have a list, not an empty one.
		is_mandatory: whether the column is never blank, as *Created On*.

	Example:
		>>> restate("Int", "is", "set")
		('!=', 0)
	"""
	if fieldtype not in (*MOMENTS, *DECIMALS, *LARGEST) or operator == "between":
		return operator, value
	if operator in ("like", "not like"):
		return None
	if operator == "is":
		operator, value = ("!=" if value == "set" else "="), None
	asked = value if operator in ("in", "not in") else [value]
	values = list(dict.fromkeys(_state(fieldtype, one, is_mandatory) for one in asked))
	if operator in ("in", "not in") and fieldtype in LARGEST:  # no whole number equals a fraction
		values = [one for one in values if isinstance(one, int)] or values[:1]
	if len(values) > 1:
		return (operator, values) if operator == "in" and None not in values else None
	if values == [None] and fieldtype == "Time":
		return None  # Frappe can't compare a time with a blank one
	return {"in": "=", "not in": "!="}.get(operator, operator), values[0]


def _state(fieldtype: str, value, is_mandatory: bool):
	if fieldtype in MOMENTS:
		return value or (BEFORE_ALL if is_mandatory else None)
	try:
		number = float(value or 0)
	except ValueError:
		number = 0.0
	number = number if math.isfinite(number) else 0.0
	largest = LARGEST.get(fieldtype, math.inf)
	number = max(-largest, min(number, largest))
	return int(number) if number == int(number) else number
