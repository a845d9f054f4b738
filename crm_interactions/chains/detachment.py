"""An app is being uninstalled: its documents leave the journal, its partners and subjects leave the chains."""

import frappe

from crm_interactions.apps.installed import doctypes_of
from crm_interactions.chains import locks, log, membership, summary
from crm_interactions.journal import registry, writer

# fields of the log that would point to a document type that isn't there
LOGGED = (
	("activity_type", "activity"),
	("target_type", "target"),
	("subject_type_before", "subject_before"),
	("subject_type_after", "subject_after"),
)


def activities_leave(app_name: str) -> None:
	"""Take the documents of an app out of the journal; chains that nothing is left of are closed."""
	for doctype in doctypes_of(app_name):
		chains = writer.delete_rows_of_type(doctype)
		summary.refresh_summary(*chains)
		membership.close_empty(chains)
	registry.clear_cache()


def subjects_leave(app_name: str) -> None:
	"""Documents of an app are no subjects any more."""
	doctypes = doctypes_of(app_name)
	writer.clear_subjects(doctypes)
	_clear(locks.CHAIN, "subject_type", "subject", doctypes)
	for type_field, name_field in LOGGED:
		_clear(log.LOG, type_field, name_field, doctypes)


def party_leaves(old: tuple[str, str], new: tuple[str, str]) -> None:
	"""Another partner takes the place of one."""
	writer.replace_party(old, new)
	frappe.db.set_value(
		locks.CHAIN, {"party_type": old[0], "party": old[1]}, {"party_type": new[0], "party": new[1]}
	)


def _clear(table: str, type_field: str, name_field: str, doctypes: list[str]) -> None:
	frappe.db.set_value(table, {type_field: ("in", doctypes)}, {type_field: None, name_field: None})
