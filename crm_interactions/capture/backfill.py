"""Backfill: captures mail, calls and text messages that were stored before capture was switched on.

Each batch is its own transaction, and captured and refused documents are skipped, so the job can be stopped and started
again. Documents are read in the order of their creation, so that an answer follows the mail that it answers.
"""

from collections import Counter
from collections.abc import Iterator

import frappe
from frappe.query_builder.functions import Count
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.activities.options import meta_of
from crm_interactions.capture import capturing, policy, records, refused, sources
from crm_interactions.recording import progress

JOB = "crm_interactions.capture.backfill"
KEY = "crm_interactions_backfill"
BATCH = 50
TIMEOUT = 12 * 60 * 60
ERROR = "error"
MAILS = {"communication_type": "Communication", "communication_medium": "Email"}
FILTERS = {"Communication": MAILS}


def queue(*, dry_run: bool) -> None:
	"""Queue the job to start after the commit, unless it is queued or running; the cache shows its progress at once."""
	if under_way():
		return
	progress.report_values(KEY, {"dry_run": dry_run, "done": 0, "total": 0, "counts": {}, "finished": False})
	frappe.enqueue(
		f"{JOB}.run",
		queue="long",
		timeout=TIMEOUT,
		job_id=JOB,
		enqueue_after_commit=True,
		dry_run=dry_run,
	)


def under_way() -> bool:
	return is_job_enqueued(JOB)


def read_progress() -> dict | None:
	"""Return `dry_run`, `done` and `total` (documents), `counts` by result, `seconds` and `finished` of the last run."""
	return progress.read_values(KEY)


def run(dry_run: bool = False) -> dict[str, int]:
	"""Capture all documents that aren't captured yet, or only count what would become of them; commit each batch.

	A count looks at each document alone: an answer to a mail that is counted in the same run is counted by its people.

	Returns: the number of documents by result: Interaction, Captured Item, or the reason for a refusal.
	"""
	counts: Counter[str] = Counter()
	started = frappe.utils.now_datetime()
	doctypes = [doctype for doctype in sources.ADAPTERS if policy.is_type_on(doctype) and meta_of(doctype)]
	done, total = 0, sum(map(_count_missing, doctypes))
	for doctype in doctypes:
		for batch in _batches(doctype):
			for name in batch:
				counts[_result(doctype, name, dry_run=dry_run)] += 1
			if not dry_run:
				frappe.db.commit()  # in a job: a restart goes on after the last batch
			done += len(batch)
			_report(dry_run, done, total, counts, started)
	_report(dry_run, done, total, counts, started, finished=True)
	return dict(counts)


def _result(doctype: str, name: str, *, dry_run: bool) -> str:
	if dry_run:
		return capturing.foresee(doctype, name)
	if record := capturing.capture_safely(doctype, name):
		return record["doctype"]
	reasons = frappe.get_all(
		refused.REFUSAL, {"source_type": doctype, "source": name}, pluck="reason", limit=1
	)
	return reasons[0] if reasons else refused.NOT_CAPTURED


def _report(
	dry_run: bool, done: int, total: int, counts: Counter, started, *, finished: bool = False
) -> None:
	seconds = (frappe.utils.now_datetime() - started).total_seconds()
	values = {"dry_run": dry_run, "done": done, "total": max(done, total), "counts": dict(counts)}
	progress.report_values(KEY, {**values, "seconds": seconds, "finished": finished})


def _batches(doctype: str) -> Iterator[list[str]]:
	"""Yield the names of documents that are neither captured nor refused, oldest first."""
	after = None
	while rows := _missing(doctype, after).limit(BATCH).run():
		yield [name for name, _creation in rows]
		after = rows[-1]


def _count_missing(doctype: str) -> int:
	return _unknown(doctype).select(Count("*")).run()[0][0]


def _missing(doctype: str, after: tuple | None):
	"""Return the query of name and creation of the documents after another one, oldest first."""
	document = frappe.qb.DocType(doctype)
	query = _unknown(doctype).select(document.name, document.creation)
	if after:
		name, creation = after
		later = (document.creation == creation) & (document.name > name)
		query = query.where((document.creation > creation) | later)
	return query.orderby(document.creation).orderby(document.name)


def _unknown(doctype: str):
	"""Return the query of the documents that are neither captured nor refused, without columns."""
	document = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(document)
	for table in (records.INTERACTION, records.ITEM, refused.REFUSAL):
		known = frappe.qb.DocType(table)
		query = query.left_join(known).on((known.source == document.name) & (known.source_type == doctype))
		query = query.where(known.name.isnull())
	for field, value in FILTERS.get(doctype, {}).items():
		query = query.where(document[field] == value)
	return query
