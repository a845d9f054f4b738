"""A document type becomes a source: the documents that it has already get their rows and numbers in the background.

Each batch is a transaction of its own, and what is there already isn't touched, so that it may stop anywhere and be
started again, and nobody waits for it.
"""

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.chains import numbers
from crm_interactions.journal import registry, writer
from crm_interactions.recording import progress, rebuilding

JOB = "crm_interactions.recording.numbering"
BATCH = 50  # whoever needs a new number waits for the batch that is under way
AT_ONCE = 500  # seconds of an installation's minutes
TIMEOUT = 6 * 60 * 60


def queue_numbering(doctype: str) -> None:
	"""Queue the work for one document type; nothing happens while it is queued already."""
	if not under_way(doctype):
		progress.report_progress(doctype, 0, frappe.db.count(doctype))
		frappe.enqueue(
			"crm_interactions.recording.numbering.number_documents",
			queue="long",
			timeout=TIMEOUT,
			job_id=_job(doctype),
			enqueue_after_commit=True,
			doctype=doctype,
			user=frappe.session.user,
		)


def under_way(doctype: str) -> bool:
	"""Whether the work for a document type is queued or being done."""
	return is_job_enqueued(_job(doctype))


def number_documents(doctype: str, user: str | None = None) -> int:
	"""Give rows to the documents of a type that have none, batch by batch.

	Args:
		doctype: the document type.
		user: who is told when many have been done.

	Returns: how many were done.
	"""
	registry.clear_cache()
	rebuilding.remove_orphans(doctype)
	frappe.db.commit()  # a job: each step is kept, so that it can be started again
	source = registry.get_source(doctype)
	if not source:
		progress.clear_progress(doctype)
		return 0
	total, done, last = frappe.db.count(doctype), 0, None
	progress.report_progress(doctype, done, total)
	while names := rebuilding.names_after(doctype, last, BATCH):
		reserved = numbers.reserve_numbers(rebuilding.count_new(names, doctype))
		frappe.db.commit()  # as above; whoever records an activity now gets the next number without waiting
		rebuilding.record_all(names, doctype, source, iter(reserved))
		frappe.db.commit()  # as above
		done, last = done + len(names), names[-1]
		progress.report_progress(doctype, done, total)
	progress.clear_progress(doctype)
	if user and done > AT_ONCE:
		_tell(doctype, done, user)
		frappe.db.commit()  # as above
	return done


def catch_up() -> None:
	"""After an update, or when another app has come: give rows to documents that have none.

	A few at once, more than that in the background.
	"""
	registry.clear_cache()
	for doctype, source in registry.sources().items():
		missing = _missing(doctype)
		if len(missing) <= AT_ONCE:
			rebuilding.record_all(missing, doctype, source)
		else:
			queue_numbering(doctype)


def _missing(doctype: str) -> list[str]:
	"""Return the names of documents without a row, one more than are done at once at most."""
	document, row = frappe.qb.DocType(doctype), frappe.qb.DocType(writer.ROW)
	missing = (
		frappe.qb.from_(document)
		.left_join(row)
		.on((row.activity == document.name) & (row.activity_type == doctype))
		.select(document.name)
		.where(row.name.isnull())
		.orderby(document.creation)
		.limit(AT_ONCE + 1)
	)
	return [name for (name,) in missing.run()]


def _job(doctype: str) -> str:
	return f"{JOB}:{doctype}"


def _tell(doctype: str, done: int, user: str) -> None:
	subject = _("{0}: all {1} documents have their reference number.").format(_(doctype), done)
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": user,
			"document_type": "CRM Interactions Settings",
			"document_name": "CRM Interactions Settings",
			"subject": subject,
		}
	).insert(ignore_permissions=True)  # the platform tells him, nobody else does
