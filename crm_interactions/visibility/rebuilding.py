"""Rebuilding of audiences and reporting lines from the documents."""

from collections import Counter

import frappe
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.journal import app_sources
from crm_interactions.platform.write_turn import take_turn
from crm_interactions.visibility import audiences, reporting_lines

BATCH = 1000
AT_ONCE = 500  # most activities of a type that an update handles itself; more go to a job
JOB = "crm_interactions.visibility.rebuilding"
TIMEOUT = 6 * 60 * 60


def rebuild_audiences() -> dict:
	"""Write the audiences and reporting lines that differ from the documents; delete unused audiences; don't commit.

	Returns: the numbers of reporting lines `added` and `removed`, and of activities whose audience `changed`.
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
	"""Set the audience of activities that have none, and commit each batch of `BATCH`."""
	for doctype in app_sources.DOCTYPES:
		take_turn()
		while names := _missing(doctype, BATCH):
			audiences.refresh_audiences(doctype, names)
			frappe.db.commit()  # in a job: a restart continues after this batch
			take_turn()


def catch_up() -> None:
	"""Refresh reporting lines and set missing audiences after an installation or update.

	If more than `AT_ONCE` activities of a type have none, a job sets them after the commit, unless one is queued.
	"""
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
