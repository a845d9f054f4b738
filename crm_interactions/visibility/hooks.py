"""The platform's hooks for lists and documents of the journal and of chains."""

from crm_interactions.visibility import journal, reminders


def activity_link_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return journal.rows_text(user)


def interaction_chain_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return journal.chains_text(user)


def activity_link_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return journal.may_read_row(doc, user) if doc.activity else True


def interaction_chain_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return bool(doc.is_new() or doc.flags.row_seen or journal.may_read_chain(doc.name, doc.merged_into, user))


def interaction_reminder_conditions(user: str | None = None, doctype: str | None = None) -> str:
	return reminders.text(user)


def interaction_reminder_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return reminders.may_read(doc, user)
