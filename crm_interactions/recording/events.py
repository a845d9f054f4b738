"""Events of all documents: those of registered types keep their journal row up to date.

`on_change` is Frappe's one event for every write: insert, update, submit, cancel, and a single field set by server
code. On a concurrent change the app's part of a save raises its own message, and Frappe's part of saving other apps'
documents raises Frappe's own error.
"""

from crm_interactions.apps import installed
from crm_interactions.chains import deletion, joining, locks, membership, subject_documents, subject_results
from crm_interactions.journal import registry, writer
from crm_interactions.parties import participants


def before_insert(doc, method=None):
	"""Store in `flags.came_as` the name that a document of a registered type has before insert: it is restored."""
	if doc.name and _source(doc):
		doc.flags.came_as = doc.name


@locks.explain_conflicts
def before_validate(doc, method=None):
	"""Fill details of a document's chain participants, then take the participants of its newly chosen chain.

	Raises as `subject_documents.before_validate`; does nothing during installation, migration and uninstallation.
	"""
	if doc.get(subject_documents.TABLE) and not installed.is_setting_up():
		# before a chain adds its participants, whose details are complete
		participants.fill_from_links(doc, subject_documents.TABLE)
	if doc.get(subject_documents.FIELD) and not installed.is_setting_up():
		subject_documents.before_validate(doc)


@locks.explain_conflicts
def on_change(doc, method=None):
	"""Record a document of a registered type in journal and chain, and make it the subject of its newly chosen chain.

	A new subject's contacts are linked, and its former chain joins the chosen one, which keeps another subject, with a
	message. The status of a subject gives its chains their result. Does nothing in a deletion, installation, migration or uninstallation. Raises ChangedMeanwhileError after a
	deadlock or lock timeout.
	"""
	if doc.flags.in_delete:
		return
	if source := _source(doc):
		membership.record_activity(doc, source)
	if installed.is_setting_up():
		return
	if doc.get(subject_documents.FIELD):
		subject_documents.adopt_subject(doc)
	subject_results.follow(doc)


@locks.explain_conflicts
def on_trash(doc, method=None):
	"""Remove a document from journal and chains: its row, the rows of its to-dos, and itself as subject or partner.

	Removed rows and subjects are logged. Does nothing during installation, migration and uninstallation. Raises
	ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	if _source(doc):
		membership.remove_activity(doc.doctype, doc.name)
	if not installed.is_setting_up():
		subject_documents.on_trash(doc)
		deletion.on_trash(doc)


@locks.explain_conflicts
def before_rename(doc, method=None, old=None, new=None, merge=False):
	"""If two documents are merged, delete the old one's row and, if the user may write to both chains, join them."""
	if merge and _source(doc):
		joining.merge_activities(doc.doctype, old, new)


@locks.explain_conflicts
def after_rename(doc, method=None, old=None, new=None, merge=False):
	"""Record a renamed document with a row again, since its name may be its topic; Frappe itself updates the links."""
	if (source := _source(doc)) and (known := writer.find_row(doc.doctype, doc.name)):
		membership.record_activity(doc, source)
		if merge:
			membership.pass_on_party(known["name"])


def _source(doc):
	return None if installed.is_setting_up() else registry.get_source(doc.doctype)
