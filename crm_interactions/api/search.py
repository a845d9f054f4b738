"""The platform's global search, in its place: it shows what the user may read."""

from typing import Any

import frappe
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
