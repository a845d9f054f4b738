"""What the predicate reads, from the documents: what is missing is added, what is wrong is corrected."""

from collections import Counter

import frappe
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.journal import app_sources
from crm_interactions.visibility import audiences, reporting_lines

BATCH = 1000
AT_ONCE = 500  # an update waits for so many of each type; more go to the background
JOB = "crm_interactions.visibility.rebuilding"
TIMEOUT = 6 * 60 * 60


def rebuild_audiences() -> dict:
	"""Write all anew; what is right stays as it is, so that it may stop anywhere and be started again.

	Returns: how many rows of Interaction Reporting Line were `added` and `removed`, how many activities `changed` their audience.
	"""
	done = Counter(changed=0)
	for doctype in app_sources.DOCTYPES:
		last = ""
		while names := _names_after(doctype, last):
			done["changed"] += audiences.correct_audiences(doctype, names)
			last = names[-1]
	audiences.remove_empty()
	return {**reporting_lines.refresh_lines(), **done}


def run_as_job() -> None:
	"""Give their audiences to activities that have none, each batch kept by itself."""
	for doctype in app_sources.DOCTYPES:
		while names := _missing(doctype, BATCH):
			audiences.refresh_audiences(doctype, names)
			frappe.db.commit()  # a job: each step is kept, so that it can be started again


def catch_up() -> None:
	"""After an installation or update: activities without an audience get theirs, a few at once, many in the background."""
	reporting_lines.refresh_lines()
	for doctype in app_sources.DOCTYPES:
		missing = _missing(doctype, AT_ONCE + 1)
		if len(missing) <= AT_ONCE:
			audiences.refresh_audiences(doctype, missing)
		elif not is_job_enqueued(JOB):
			frappe.enqueue(
				"crm_interactions.visibility.rebuilding.run_as_job",
				queue="long",
				timeout=TIMEOUT,
				job_id=JOB,
				enqueue_after_commit=True,
			)


def _missing(doctype: str, length: int) -> list[str]:
	return frappe.get_all(
		doctype, {audiences.FIELD: ("is", "not set")}, pluck="name", order_by=None, limit=length
	)


def _names_after(doctype: str, last: str) -> list[str]:
	return frappe.get_all(doctype, {"name": (">", last)}, pluck="name", order_by="name asc", limit=BATCH)
