"""Every document's events: those of registered types keep their row of the journal true.

`on_change` is the platform's one event for everything that is written: insert, update, submit, cancel, and a single
field set by server code. Where somebody else's change is in the way, our part says so; the platform's own part of a save
of other apps' documents answers with its own error.
"""

import frappe

from crm_interactions.chains import deletion, joining, locks, membership, subject_documents
from crm_interactions.journal import registry, writer
from crm_interactions.parties import participants


def before_insert(doc, method=None):
	"""A document that has a name before it is named is one that is restored; its new name may be another."""
	if doc.name and _source(doc):
		doc.flags.came_as = doc.name


@locks.explain_conflicts
def before_validate(doc, method=None):
	if doc.get(subject_documents.TABLE) and not _is_setting_up():
		# before a chain adds its own, who bring along what is known of them
		participants.fill_from_links(doc, subject_documents.TABLE)
	if doc.get(subject_documents.FIELD) and not _is_setting_up():
		subject_documents.before_validate(doc)


@locks.explain_conflicts
def on_change(doc, method=None):
	if doc.flags.in_delete:
		return
	if source := _source(doc):
		membership.record_activity(doc, source)
	if doc.get(subject_documents.FIELD) and not _is_setting_up():
		subject_documents.adopt_subject(doc)


@locks.explain_conflicts
def on_trash(doc, method=None):
	if _source(doc):
		membership.remove_activity(doc.doctype, doc.name, doc)
	if not _is_setting_up():
		subject_documents.on_trash(doc)
		deletion.on_trash(doc)


@locks.explain_conflicts
def before_rename(doc, method=None, old=None, new=None, merge=False):
	"""Two documents that become one have one row, and one chain."""
	if merge and _source(doc):
		joining.merge_activities(doc.doctype, old, new)


@locks.explain_conflicts
def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""The platform carries the new name through; the row's topic may be the name."""
	if (source := _source(doc)) and (known := writer.find_row(doc.doctype, doc.name)):
		membership.record_activity(doc, source)
		if merge:
			membership.pass_on_party(known["name"])


def _source(doc):
	return None if _is_setting_up() else registry.get_source(doc.doctype)


def _is_setting_up() -> bool:
	"""Our tables may not be there then; `install.after_migrate` catches up."""
	flags = frappe.flags
	return bool(flags.in_install or flags.in_uninstall or flags.in_migrate)
