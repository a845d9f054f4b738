"""Permission hooks of activities, the journal, chains and their documents: list conditions and document checks."""

import frappe

from crm_interactions.visibility import (
	chain_log,
	files,
	files_and_tags,
	journal_rows,
	list_conditions,
	predicate,
	reminders,
)

# Frappe 15 takes None for no opinion and asks the next hook; Frappe 16 asks all, and takes None for a refusal
NO_OPINION = None if frappe.__version__.startswith("15.") else True


def activity_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return predicate.activity_condition(doctype, user)


def activity_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return predicate.may_see(doc, user)


def part_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return _bracketed(journal_rows.parts_text(doctype, user))


def activity_link_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return _bracketed(list_conditions.rows_text(user))


def interaction_chain_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return _bracketed(list_conditions.chains_text(user))


def activity_link_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return journal_rows.may_read_row(doc, user) if doc.activity else True


def interaction_chain_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return bool(
		doc.is_new() or doc.flags.row_seen or journal_rows.may_read_chain(doc.name, doc.merged_into, user)
	)


def chain_log_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return chain_log.entries_text(user)


def chain_log_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return chain_log.may_read_entry(doc.chain, user)


def chain_move_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return chain_log.moves_text(user)


def chain_move_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return chain_log.may_read_move(doc.log, user)


def plan_run_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return chain_log.runs_text(user)


def plan_run_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return chain_log.may_read_entry(doc.chain, user)


def interaction_reminder_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return reminders.reminder_condition(user)


def interaction_reminder_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return reminders.may_read(doc, user)


def file_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return files_and_tags.files_text(user)


def file_permission(doc, ptype: str | None = None, user: str | None = None) -> bool | None:
	return NO_OPINION if files.may_save(doc, ptype, user) else False


def tag_link_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return files_and_tags.tags_text(user)


def tag_link_permission(doc, ptype: str | None = None, user: str | None = None) -> bool | None:
	return NO_OPINION if files_and_tags.may_read(doc.document_type, doc.document_name, user) else False


def _bracketed(condition: str) -> str:
	"""Put a condition in brackets, since Frappe 15 joins it to its own with a plain `and`."""
	return f"({condition})" if condition else ""
