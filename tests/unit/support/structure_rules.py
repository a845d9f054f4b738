"""Rules of a DocType's JSON: each referenced field exists and has a suitable type."""

import keyword
import re
from collections.abc import Iterator

from tests.unit.support import doctypes
from tests.unit.support.doctypes import Catalogue, fields, is_child
from tests.unit.support.record_rules import record_problems
from tests.unit.support.rules import rules_of

DATA_OPTIONS = {"Email", "Name", "Phone", "URL", "Barcode", "IBAN"}
EXPRESSIONS = ("depends_on", "mandatory_depends_on", "read_only_depends_on", "collapsible_depends_on")
# attributes of a document in forms that are not fields
FORM_STATE = {"__islocal", "__unsaved", "__onload", "__run_link_triggers", "doctype"}
SERIES = re.compile(r"[A-Z]{2,4}-\.YYYY\.-\.#{5}$")
MARIADB_ROW_BYTES = 65_535
BYTES_OF_A_CHARACTER = 4


def fields_are_ordered(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	names = [field["fieldname"] for field in doctype["fields"]]
	if doctype.get("field_order") != names:
		yield "field_order and fields differ"


def fieldnames_are_valid(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	seen = set()
	for field in doctype["fields"]:
		name = field["fieldname"]
		if name in seen:
			yield f"{name} is defined twice"
		if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or len(name) > 64:
			yield f"{name!r} is not a valid field name"
		if name in doctypes.STANDARD_FIELDS or name in doctypes.PARENT_FIELDS or keyword.iskeyword(name):
			yield f"{name} is reserved by Frappe or Python"
		seen.add(name)


def properties_exist_in_both_versions(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Both Frappe versions have each property of the DocType, its fields and its rows."""
	yield from record_problems(doctype, "DocType", catalogue)


def name_fields_are_required(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""A name comes from a series, `field:` or `format:`, and its fields are required, or names would be empty."""
	autoname = doctype.get("autoname") or ""
	if autoname.startswith("field:"):
		field = catalogue.field(doctype["name"], autoname.removeprefix("field:"))
		if not field or not (field.get("reqd") and field.get("unique")):
			yield f"{autoname}: not a required, unique field"
	elif autoname.startswith("format:"):
		for fieldname in re.findall(r"\{(\w+)\}", autoname):
			field = catalogue.field(doctype["name"], fieldname)
			if not field or not field.get("reqd"):
				yield f"{autoname}: {fieldname} is not a required field"
	elif autoname and autoname != "hash" and not SERIES.match(autoname):
		yield f"{autoname}: neither field:, format: nor a series like INT-.YYYY.-.#####"
	elif not autoname and not is_child(doctype) and not doctype.get("issingle"):
		yield "no naming"
	rules = {"field": "By fieldname", "format": "Expression", "hash": "Random"}
	rule = rules.get(autoname.split(":")[0], "Expression (old style)")
	if autoname and doctype.get("naming_rule") != rule:
		yield f"naming_rule {doctype.get('naming_rule')!r} doesn't match {autoname}"


def header_fields_exist(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	single = ("title_field", "image_field", "timeline_field")
	named = {key: [doctype[key]] for key in single if doctype.get(key)}
	named["search_fields"] = [*filter(None, map(str.strip, (doctype.get("search_fields") or "").split(",")))]
	named["sort_field"] = [part.split()[0] for part in (doctype.get("sort_field") or "modified").split(",")]
	for key, fieldnames in named.items():
		for fieldname in fieldnames:
			if not catalogue.field(doctype["name"], fieldname):
				yield f"{key}: no field {fieldname}"


def expressions_use_fields(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in doctype["fields"]:
		for key, expression in [(key, field[key]) for key in EXPRESSIONS if field.get(key)]:
			if expression.startswith("eval:"):
				names = set(re.findall(r"\bdoc\.(\w+)", expression)) - FORM_STATE
				if not names and "doc." not in expression:
					yield f"{field['fieldname']}.{key}: uses no field: {expression}"
			else:
				names = {expression}
			for name in sorted(names):
				if not catalogue.field(doctype["name"], name):
					yield f"{field['fieldname']}.{key}: no field {name}"


def links_have_targets(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""The options of Link, Table, Dynamic Link and Data fields are valid."""
	for field in doctype["fields"]:
		kind, options, name = field["fieldtype"], field.get("options"), field["fieldname"]
		if kind == "Link" and not catalogue.exists(options):
			yield f"{name}: no document type {options} in the app or in PLATFORM"
		if kind in doctypes.TABLES and not is_child(catalogue.own.get(options, {})):
			yield f"{name}: {options} is not a child table of the app"
		if kind == "Dynamic Link":
			target = catalogue.field(doctype["name"], options or "")
			if not target or (target["fieldtype"], target.get("options")) != ("Link", "DocType"):
				yield f"{name}: {options} is not a Link to DocType in the same document type"
		if kind == "Data" and options and options not in DATA_OPTIONS:
			yield f"{name}: Data has no option {options}"


def currencies_are_fields(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""The currency of an amount is a field of its document or, for a row, of each parent."""
	for field in fields(doctype, "Currency"):
		owners = [doctype["name"]]
		if is_child(doctype) and not catalogue.field(doctype["name"], field.get("options") or ""):
			owners = catalogue.parents_of(doctype["name"])
		for owner in owners:
			currency = catalogue.field(owner, field.get("options") or "")
			if not currency or currency.get("options") != "Currency":
				yield f"{field['fieldname']}: {owner} has no currency field {field.get('options')}"


def fetched_fields_exist(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in (field for field in doctype["fields"] if field.get("fetch_from")):
		link, _, source = field["fetch_from"].partition(".")
		target = catalogue.field(doctype["name"], link)
		if not target or target["fieldtype"] != "Link":
			yield f"{field['fieldname']}: fetch_from uses {link}, which is not a Link"
		elif target["options"] in catalogue.own and not catalogue.field(target["options"], source):
			yield f"{field['fieldname']}: {target['options']} has no field {source}"


def selects_offer_values(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in fields(doctype, "Select"):
		offered = (field.get("options") or "").split("\n")
		if len(set(offered)) != len(offered) or len(offered) < 2:
			yield f"{field['fieldname']}: options are missing or repeated"
		if field.get("default") and field["default"] not in offered:
			yield f"{field['fieldname']}: the default {field['default']} is not an option"


def connections_exist(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Rows of *links* name an indexed Link field to this document type, or a Dynamic Link."""
	for row in doctype.get("links") or []:
		other, fieldname = row["link_doctype"], row["link_fieldname"]
		field = other in catalogue.own and catalogue.field(other, fieldname)
		if not field:
			yield f"links: {other} has no field {fieldname}"
		elif field["fieldtype"] == "Link" and field.get("options") != doctype["name"]:
			yield f"links: {other}.{fieldname} points to {field.get('options')}"
		elif not (field.get("search_index") or field.get("unique")):
			yield f"links: {other}.{fieldname} isn't indexed, so counting reads the whole table"


def children_are_tables(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	used = bool(catalogue.parents_of(doctype["name"]))
	if used and not is_child(doctype):
		yield "used as a table, not istable"
	if is_child(doctype) and not used:
		yield "a child table that no document type uses"
	if is_child(doctype) and (doctype.get("permissions") or doctype.get("autoname")):
		yield "a child table must have no permissions and no autoname"


def values_fit(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Lengths are reasonable and leave half of MariaDB's row for custom fields."""
	row = 0
	for field in doctype["fields"]:
		length = field.get("length") or 0
		if length and field["fieldtype"] not in doctypes.VARCHAR:
			yield f"{field['fieldname']}: {field['fieldtype']} has no length"
		if not 0 <= length <= 1000:
			yield f"{field['fieldname']}: a length of {length} needs a text field"
		if field["fieldtype"] in doctypes.VARCHAR:
			row += (length or 140) * BYTES_OF_A_CHARACTER
	if row > MARIADB_ROW_BYTES // 2:
		yield f"{row} bytes of varchar exceed half of a MariaDB row"


def required_fields_can_be_filled(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if doctype["name"] in (*doctypes.INTERNAL, *doctypes.LEDGERS):
		return  # only code writes these
	for field in doctype["fields"]:
		if field.get("reqd") and (field.get("hidden") or field.get("read_only")) and not field.get("default"):
			yield f"{field['fieldname']}: required, but users can't fill it"


RULES = rules_of(globals(), "doctype", "catalogue")
