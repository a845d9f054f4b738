"""Add the notes of existing activities to Frappe's search index, in the background."""

import frappe

from crm_interactions.platform import search_index


def execute():
	if search_index.is_kept():
		frappe.enqueue(
			"crm_interactions.platform.search_index.rebuild", queue="long", enqueue_after_commit=True
		)
