"""Numbering of existing documents: documents of a new source get rows and numbers in the background.

Each batch is its own transaction and correct rows stay, so the job can be interrupted and restarted.
"""

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.activities.options import SETTINGS
from crm_interactions.chains import numbers
from crm_interactions.journal import registry, writer
from crm_interactions.platform.write_turn import take_turn
from crm_interactions.recording import progress, rebuilding
from crm_interactions.reminders import desk

JOB = "crm_interactions.recording.numbering"
BATCH = 50  # other transactions may wait for the current batch
AT_ONCE = 500  # most documents that an installation records itself; takes seconds
TIMEOUT = 6 * 60 * 60


def queue_numbering(doctype: str) -> None:
	"""Queue the job for a document type to start after the commit, unless it is queued or running.

	The settings form shows its progress at once: the cache stores it before the commit, also if the transaction is
	rolled back. The job notifies the session's user if the type has more than `AT_ONCE` documents.
	"""
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
	"""Return whether the job for a document type is queued or running."""
	return is_job_enqueued(_job(doctype))


def number_documents(doctype: str, user: str | None = None) -> int:
	"""Remove rows without a document, then record all documents of a type, in name order; commit each batch.

	Correct rows stay. If the type is no source, all its rows are removed. The settings form shows the progress.

	Args:
		user: notified in the Desk if the type has more than `AT_ONCE` documents.

	Returns: the number of documents processed, with and without changes; 0 if the type is no source.
	"""
	registry.clear_cache()
	take_turn()
	rebuilding.remove_orphans(doctype)
	frappe.db.commit()  # in a job: a restart continues after this step
	source = registry.get_source(doctype)
	if not source:
		progress.clear_progress(doctype)
		return 0
	take_turn()
	total, done, last = frappe.db.count(doctype), 0, None
	progress.report_progress(doctype, done, total)
	while names := rebuilding.names_after(doctype, last, BATCH):
		reserved = numbers.reserve_numbers(rebuilding.count_new(names, doctype))
		frappe.db.commit()  # as above; other users get the next number without waiting
		take_turn()
		rebuilding.record_all(names, doctype, source, iter(reserved))
		frappe.db.commit()  # as above
		take_turn()
		done, last = done + len(names), names[-1]
		progress.report_progress(doctype, done, total)
	progress.clear_progress(doctype)
	if user and done > AT_ONCE:
		_notify_user(doctype, done, user)
		frappe.db.commit()  # as above
	return done


def catch_up(*, has_new_columns: bool = False) -> None:
	"""Record the documents of all registered types without a row, after an update or the installation of another app.

	Up to `AT_ONCE` of a type are recorded at once, without a commit, more by `queue_numbering`. Other rows stay as they
	are, unless they lack the values of new columns: then all documents are recorded.
	"""
	registry.clear_cache()
	for doctype, source in registry.sources().items():
		missing = (
			frappe.get_all(doctype, pluck="name", limit=AT_ONCE + 1) if has_new_columns else _missing(doctype)
		)
		if len(missing) <= AT_ONCE:
			rebuilding.record_all(missing, doctype, source)
		else:
			queue_numbering(doctype)


def _missing(doctype: str) -> list[str]:
	"""Return the names of documents without a row, oldest first, at most one more than `AT_ONCE`."""
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


def _notify_user(doctype: str, done: int, user: str) -> None:
	subject = _("{0}: all {1} documents have their reference number.").format(_(doctype), done)
	desk.notify_user(user, subject, (SETTINGS, SETTINGS))
