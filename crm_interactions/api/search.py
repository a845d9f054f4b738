"""Replacements for Frappe's searches that respect row-level permissions (platform/search.py)."""

import json
from typing import Any

import frappe
from frappe.desk import search as desk_search
from frappe.utils import cint

from crm_interactions.activities import options
from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.controllers import validation
from crm_interactions.platform import search as visible_search
from crm_interactions.platform import search_hits
from crm_interactions.visibility import grants

MOST = 100
FEW = 5
FEW_NOTED = 3


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search(text: Text, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict[str, Any]]:
	"""Return readable results of the global search in Frappe's form.

	Partners, chains and activities are found by partner, title, number, telephone digits and words of notes, too.

	Args: `text` holds terms separated by &; `limit` is cut to 1 to 100, after `start` results; `doctype` may be blank.
	"""
	return visible_search.search_visible(text, max(cint(start), 0), min(max(cint(limit), 1), MOST), doctype)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def find_direct(text: Text) -> list[dict[str, str]]:
	"""Return `doctype`, `name` and `title`, as typed, of up to five partners of each type and five chains for the search bar.

	They are found by title, partner, number of the document and telephone digits; others than readable ones are left out.
	"""
	return search_hits.find_direct(text, FEW)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def find_noted(text: Text) -> list[dict[str, str]]:
	"""Return up to three activities of each type for the search bar: `doctype`, `name`, `title`, `party_name`, `excerpt`, as typed.

	They have a text of four letters or more in a note, and are among the newest 5,000 of their type; others than readable
	ones are left out.
	"""
	return search_hits.find_noted(text, FEW_NOTED)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search_link(
	doctype: str,
	txt: Text,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | int = False,
) -> list[dict[str, Any]]:
	"""Return the suggestions of a link field in Frappe's form.

	Args: as for `frappe.desk.search.search_link`. `ignore_user_permissions` doesn't apply to types whose rows the app
		protects, nor to Frappe's records that quote activities.

	Raises: ValidationError for a single document type, a `query` that isn't whitelisted, or an invalid filter.
	"""
	_require_list(doctype)
	return desk_search.search_link(
		doctype,
		visible_search.for_link_search(txt),
		visible_search.resolve_query(query),
		filters=_filters(filters, doctype),
		page_length=max(cint(page_length), 0),
		searchfield=searchfield,
		reference_doctype=reference_doctype,
		ignore_user_permissions=visible_search.may_ignore(doctype, ignore_user_permissions),
	)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search_widget(
	doctype: str,
	txt: Text,
	query: str | None = None,
	searchfield: str | None = None,
	start: int = 0,
	page_length: int = 10,
	filters: str | dict | list | None = None,
	filter_fields: str | list | None = None,
	as_dict: bool | int = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | int = False,
) -> Any:
	"""Return the results of a link field's advanced search in Frappe's form; arguments and errors as for `search_link`.

	Args: further ones as for `frappe.desk.search.search_widget`; `filter_fields` may only hold field names.
	"""
	_require_list(doctype)
	return desk_search.search_widget(
		doctype,
		visible_search.for_link_search(txt),
		visible_search.resolve_query(query),
		searchfield=searchfield,
		start=max(cint(start), 0),
		page_length=max(cint(page_length), 0),
		filters=_filters(filters, doctype),
		filter_fields=_names(filter_fields),
		as_dict=as_dict,
		reference_doctype=reference_doctype,
		ignore_user_permissions=visible_search.may_ignore(doctype, ignore_user_permissions),
	)


def _names(fields: str | list | None) -> str | None:
	"""Return field names as JSON for Frappe, or None.

	Raises: ValidationError for anything else: Frappe would use other text as columns of any table.
	"""
	names = arguments.names(fields, "filter_fields")
	if not all(name.isidentifier() for name in names):
		validation.refuse("filter_fields")
	return json.dumps(names) if names else None


def _require_list(doctype: str) -> None:
	"""Refuse a document type that has no list.

	Raises: ValidationError.
	"""
	meta = options.meta_of(doctype)
	if meta and meta.issingle:
		validation.refuse("doctype")


def _filters(value: str | dict | list | None, doctype: str) -> dict | list | None:
	"""Return the filters of a search in Frappe's form.

	Raises: ValidationError for invalid JSON, and for conditions that can't be answered for a document type of the app.
	"""
	found = validation.parse_json(value, "filters")
	if not (found and grants.is_ours(doctype)):
		return found
	switches = {}
	if isinstance(found, dict):  # an option of Frappe 16, not a field
		switches = {key: found.pop(key) for key in ("include_disabled",) if key in found}
	asked = arguments.conditions(found, doctype)
	return (
		{**{field: [operator, of] for _of, field, operator, of in asked}, **switches} if switches else asked
	)
