"""The platform's searches, in their place: they show what the user may read."""

from typing import Any

import frappe
from frappe.desk import search as platform
from frappe.utils import cint

from crm_interactions.api import arguments
from crm_interactions.visibility import search as visibility

MOST = 100


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict[str, Any]]:
	"""Return what the global search finds, as the platform answers it.

	Args:
		text: words to look for, parted by &.
		start: how many results to leave out.
		limit: how many to return, 100 at most.
		doctype: one document type; left out, all that are searched.
	"""
	return visibility.visible(text, max(cint(start), 0), min(max(cint(limit), 1), MOST), doctype)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | int = False,
) -> list[dict[str, Any]]:
	"""Return what a link field offers, as the platform answers it.

	Args: those of `frappe.desk.search.search_link`.
	"""
	return platform.search_link(
		doctype,
		txt,
		visibility.overridden(query),
		filters=filters,
		page_length=page_length,
		searchfield=searchfield,
		reference_doctype=reference_doctype,
		ignore_user_permissions=visibility.may_ignore(doctype, ignore_user_permissions),
	)


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def search_widget(
	doctype: str,
	txt: str,
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
	"""Return what the advanced search of a link field finds, as the platform answers it.

	Args: those of `frappe.desk.search.search_widget`.
	"""
	return platform.search_widget(
		doctype,
		txt,
		visibility.overridden(query),
		searchfield=searchfield,
		start=start,
		page_length=page_length,
		filters=filters,
		filter_fields=filter_fields,
		as_dict=as_dict,
		reference_doctype=reference_doctype,
		ignore_user_permissions=visibility.may_ignore(doctype, ignore_user_permissions),
	)
