"""Rules of lists, imports and the timeline: lists have indexes, records can be imported, changes are tracked."""

from collections.abc import Iterator

from tests.unit.support import doctypes
from tests.unit.support.doctypes import Catalogue, fields, is_child, is_listed, is_setup, is_single
from tests.unit.support.rules import rules_of

# field types that Frappe filters by equality or range, for which an index helps
INDEXABLE = {"Check", "Date", "Datetime", "Dynamic Link", "Link", "Select"}
NOT_FOR_LISTS = {"Table", "Table MultiSelect", "HTML", "Button", "Section Break", "Column Break", "Tab Break"}


def list_filters_are_indexed(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if not is_listed(doctype):
		return
	for field in doctype["fields"]:
		if field.get("in_standard_filter") and field["fieldtype"] in INDEXABLE and not _is_indexed(field):
			yield f"{field['fieldname']} is a list filter without an index"


def order_is_indexed(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if not is_listed(doctype):
		return
	fieldname = (doctype.get("sort_field") or "modified").split(",")[0].split()[0]
	field = catalogue.field(doctype["name"], fieldname) or {}
	if fieldname not in doctypes.STANDARD_FIELDS and not _is_indexed(field):
		yield f"sorted by {fieldname}, which has no index"


def indexes_are_possible(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in fields(doctype, "Text", "Text Editor", "Small Text", "Long Text"):
		if field.get("search_index"):
			yield f"{field['fieldname']}: MariaDB can't index {field['fieldtype']}"


def list_columns_can_be_shown(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in doctype["fields"]:
		for key in ("in_list_view", "in_standard_filter"):
			if field.get(key) and (field["fieldtype"] in NOT_FOR_LISTS or field.get("hidden")):
				yield f"{field['fieldname']}: {key} on a hidden field or on {field['fieldtype']}"


def quick_entry_is_complete(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""The quick-entry dialog has all required fields, or saving from it would be refused."""
	if not doctype.get("quick_entry"):
		return
	for field in doctype["fields"]:
		if field.get("reqd") and not field.get("default") and not field.get("allow_in_quick_entry"):
			yield f"{field['fieldname']} is required and not in quick entry"


def records_can_be_imported(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""R29: records can be imported with Frappe's import, except those that only the app's code creates."""
	by_code = doctype["name"] in (*doctypes.INTERNAL, *doctypes.LEDGERS, *doctypes.CREATED_BY_CODE)
	if bool(doctype.get("allow_import")) == (is_child(doctype) or is_single(doctype) or by_code):
		yield f"allow_import is {doctype.get('allow_import')}"


def changes_are_tracked(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	tracked = doctype["name"] in doctypes.ACTIVITIES or is_setup(doctype) or is_single(doctype)
	if tracked and not doctype.get("track_changes"):
		yield "no track_changes: changes are not recorded"


def _is_indexed(field: dict) -> bool:
	return bool(field.get("search_index") or field.get("unique"))


RULES = rules_of(globals(), "doctype", "catalogue")
