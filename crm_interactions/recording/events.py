"""Events of all documents: those of registered types keep their journal row up to date.

`on_change` is Frappe's one event for every write: insert, update, submit, cancel, and a single field set by server
code. On a concurrent change the app's part of a save raises its own message, and Frappe's part of saving other apps'
documents raises Frappe's own error.
"""

from crm_interactions.apps import installed
from crm_interactions.chains import deletion, joining, locks, membership, subject_documents
from crm_interactions.journal import registry, writer
from crm_interactions.parties import participants


def before_insert(doc, method=None):
	"""Store the name of a document that has one before insert: it is being restored and may get a new name."""
	if doc.name and _source(doc):
		doc.flags.came_as = doc.name


@locks.explain_conflicts
def before_validate(doc, method=None):
	if doc.get(subject_documents.TABLE) and not installed.is_setting_up():
		# before a chain adds its participants, whose details are complete
		participants.fill_from_links(doc, subject_documents.TABLE)
	if doc.get(subject_documents.FIELD) and not installed.is_setting_up():
		subject_documents.before_validate(doc)


@locks.explain_conflicts
def on_change(doc, method=None):
	if doc.flags.in_delete:
		return
	if source := _source(doc):
		membership.record_activity(doc, source)
	if doc.get(subject_documents.FIELD) and not installed.is_setting_up():
		subject_documents.adopt_subject(doc)


@locks.explain_conflicts
def on_trash(doc, method=None):
	if _source(doc):
		membership.remove_activity(doc.doctype, doc.name)
	if not installed.is_setting_up():
		subject_documents.on_trash(doc)
		deletion.on_trash(doc)


@locks.explain_conflicts
def before_rename(doc, method=None, old=None, new=None, merge=False):
	"""Merge the rows and the chains of two documents that are merged."""
	if merge and _source(doc):
		joining.merge_activities(doc.doctype, old, new)


@locks.explain_conflicts
def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""Update the row, whose topic may be the document's name; Frappe itself updates the links."""
	if (source := _source(doc)) and (known := writer.find_row(doc.doctype, doc.name)):
		membership.record_activity(doc, source)
		if merge:
			membership.pass_on_party(known["name"])


def _source(doc):
	return None if installed.is_setting_up() else registry.get_source(doc.doctype)
