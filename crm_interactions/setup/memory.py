"""What was set up once is remembered, so that what an administrator removed doesn't come back."""

import json

import frappe

SETTINGS = "CRM Interactions Settings"


def recall() -> set[str]:
	return set(json.loads(frappe.db.get_single_value(SETTINGS, "seeded", cache=False) or "[]"))


def remember(keys: set[str]) -> None:
	frappe.db.set_single_value(SETTINGS, "seeded", json.dumps(sorted(recall() | keys)), update_modified=False)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def forget(keys: set[str]) -> None:
	if not recall() & keys:
		return
	frappe.db.set_single_value(SETTINGS, "seeded", json.dumps(sorted(recall() - keys)), update_modified=False)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
