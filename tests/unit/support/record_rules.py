"""Rules of the records that ship as JSON: workspaces, cards, sidebars, icons, seeds.

Records of the app's document types are checked against the types' JSON, records of Frappe's types against
`platform_records.json`, with the fields of Frappe 15 and 16 and the options that both versions offer. Only Frappe 16 has
Desktop Icon and Workspace Sidebar.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.unit.support.doctypes import STANDARD_FIELDS, TABLES, Catalogue

PLATFORM_RECORDS = json.loads(Path(__file__).with_name("platform_records.json").read_text(encoding="utf-8"))
BOOKKEEPING = {*STANDARD_FIELDS, "doctype", "parent", "parenttype", "parentfield", "field_order"}
OPERATORS = {
	*("=", "!=", "<", ">", "<=", ">=", "like", "not like", "in", "not in", "is", "between", "Between"),
	"Timespan",
}
# expressions in filters that the client evaluates
CLIENT_VALUES = re.compile(r"frappe\.(session\.user|datetime\.\w+\([^()]*\)|defaults\.\w+\([^()]*\))")
NAMED_COLOURS = {"Blue", "Cyan", "Gray", "Green", "Grey", "Orange", "Pink", "Purple", "Red", "Yellow"}
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def fields_of(doctype: str, catalogue: Catalogue) -> dict[str, dict] | None:
	"""Return the fields of a document type by name, or None for an unknown type."""
	if doctype in catalogue.own:
		return {field["fieldname"]: field for field in catalogue.own[doctype]["fields"]}
	return PLATFORM_RECORDS.get(doctype)


def record_problems(record: dict, doctype: str, catalogue: Catalogue, where: str = "") -> Iterator[str]:
	"""Yield unknown fields, invalid values and missing required fields of a record and its rows."""
	fields = fields_of(doctype, catalogue)
	if fields is None:
		yield f"{where}{doctype} is neither the app's nor in platform_records.json"
		return
	for name, value in record.items():
		field = fields.get(name)
		if name in BOOKKEEPING:
			continue
		if not field:
			yield f"{where}{doctype} has no field {name}"
		elif field["fieldtype"] in TABLES:
			for number, row in enumerate(value, 1):
				yield from record_problems(row, field["options"], catalogue, f"{where}{name} {number}: ")
		else:
			yield from (f"{where}{name}: {problem}" for problem in value_problems(field, value))
	for name, field in fields.items():
		if field.get("reqd") and not field.get("default") and record.get(name) in (None, "", []):
			yield f"{where}{name} is required"


def value_problems(field: dict, value) -> Iterator[str]:
	kind = field["fieldtype"]
	if value in (None, ""):
		return
	if kind == "Select" and field.get("options") and value not in field["options"].split("\n"):
		yield f"{value!r} is not an option in both versions"
	elif kind == "Check" and value not in (0, 1):
		yield f"{value!r} is neither 0 nor 1"
	elif kind in ("Int", "Float", "Duration", "Currency") and not isinstance(value, int | float):
		yield f"{value!r} is not a number"
	elif kind == "Color" and not COLOUR.fullmatch(value) and value not in NAMED_COLOURS:
		yield f"{value!r} is not a colour"
	elif kind == "Code" and field.get("options") == "JSON" and parse_filters(value) is None:
		yield f"not JSON: {value[:60]}"


def parse_filters(text: str):
	"""Return filters as data, with a placeholder for the client's expressions; None if they are invalid."""
	# dynamic filters quote the client's expressions, shortcuts don't
	for attempt in (text, CLIENT_VALUES.sub('"(client)"', text)):
		try:
			return json.loads(attempt)
		except ValueError:
			continue
	return None


def filter_problems(text: str | None, doctype: str, catalogue: Catalogue) -> Iterator[str]:
	"""Yield problems of filters in either form: rows of [doctype,] field, operator, value; or field → condition."""
	filters = parse_filters(text) if text else []
	if filters is None:
		yield f"filters can't be read: {text}"
		return
	if isinstance(filters, dict):
		rows = [[name, *(cond if isinstance(cond, list) else ["=", cond])] for name, cond in filters.items()]
	else:
		rows = [row[1:] if len(row) > 3 else row for row in filters]
		for row in filters:
			if len(row) > 3 and row[0] != doctype:
				yield f"{row[0]} is filtered in a list of {doctype}"
	for fieldname, operator, value, *_rest in rows:
		field = catalogue.field(doctype, fieldname) if doctype in catalogue.own else None
		if doctype in catalogue.own and not field:
			yield f"{doctype} has no field {fieldname}"
		if operator not in OPERATORS:
			yield f"unknown operator {operator!r}"
		elif field and field["fieldtype"] == "Select" and operator in ("=", "!=", "in", "not in"):
			for item in value if isinstance(value, list) else [value]:
				if item not in field["options"].split("\n"):
					yield f"{fieldname} is never {item!r}"
