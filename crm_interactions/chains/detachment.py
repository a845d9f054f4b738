"""Removal of an app's documents from journal and chains when the app is uninstalled."""

import frappe

from crm_interactions.apps.installed import doctypes_of
from crm_interactions.chains import locks, log, membership, summary
from crm_interactions.journal import registry, writer

# dynamic links in the log, cleared because their document type disappears
LOGGED = (
	("activity_type", "activity"),
	("target_type", "target"),
	("subject_type_before", "subject_before"),
	("subject_type_after", "subject_after"),
)


def detach_activities(app_name: str) -> None:
	"""Delete the journal rows and log moves of an app's documents, which stay; close the chains left empty."""
	for doctype in doctypes_of(app_name):
		chains = writer.delete_rows_of_type(doctype)
		summary.refresh_summary(*chains)
		membership.close_empty(chains)
	registry.clear_cache()


def detach_subjects(app_name: str) -> None:
	"""Clear an app's documents as subjects of rows and chains, and in all fields of log entries.

	Activities and the results of chains stay.
	"""
	doctypes = doctypes_of(app_name)
	frappe.db.set_value(locks.CHAIN, {"subject_type": ("in", doctypes)}, "result_from_subject", 0)
	writer.clear_subjects(doctypes)
	_clear(locks.CHAIN, "subject_type", "subject", doctypes)
	for type_field, name_field in LOGGED:
		_clear(log.LOG, type_field, name_field, doctypes)


def replace_party(old: tuple[str, str], new: tuple[str, str]) -> None:
	"""Replace a partner (type, name) in rows and chains by query, with `modified` set; activities stay as they are."""
	writer.replace_party(old, new)
	former, party = ({"party_type": pair[0], "party": pair[1]} for pair in (old, new))
	frappe.db.set_value(locks.CHAIN, former, party)


def _clear(table: str, type_field: str, name_field: str, doctypes: list[str]) -> None:
	frappe.db.set_value(table, {type_field: ("in", doctypes)}, {type_field: None, name_field: None})
