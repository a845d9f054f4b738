"""Keys of the records that setup created on this site, so that it doesn't create removed records again."""

import json

import frappe

from crm_interactions.activities.options import SETTINGS


def recall_keys() -> set[str]:
	return set(json.loads(frappe.db.get_single_value(SETTINGS, "seeded", cache=False) or "[]"))


def remember_keys(keys: set[str]) -> None:
	_store(recall_keys() | keys)


def forget_keys(keys: set[str]) -> None:
	known = recall_keys()
	if known & keys:
		_store(known - keys)


def _store(keys: set[str]) -> None:
	frappe.db.set_single_value(SETTINGS, "seeded", json.dumps(sorted(keys)), update_modified=False)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
