"""Background job of a hand-over, in chunks that can be repeated: if a worker dies, another one continues."""

import time
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import shorten_text
from crm_interactions.handover import chunks, transfer
from crm_interactions.platform.stored_text import of_message
from crm_interactions.supervision import rights

JOB = "crm_interactions.handover.job"
TIMEOUT = 6 * 60 * 60
ATTEMPTS = 6
# minutes without progress after which a worker counts as dead; a chunk takes seconds
SILENT = 10


def queue_job(name: str, anew: bool = False) -> None:
	"""Queue a run of a hand-over, or of its undoing, to start after the commit; each call queues a further run.

	Concurrent runs take turns (`chunks`), and a run of a finished hand-over does nothing.

	Args:
		anew: use a new job id, because the queue still lists the job of a dead worker as started.
	"""
	frappe.enqueue(
		"crm_interactions.handover.job.run_job",
		queue="long",
		timeout=TIMEOUT,
		job_id=f"{JOB}:{name}:{frappe.generate_hash(length=8)}" if anew else f"{JOB}:{name}",
		enqueue_after_commit=True,
		hand_over=name,
	)


def run_job(hand_over: str) -> None:
	"""Run a hand-over, or its undoing, as the user who asked for it; commit each chunk. An unknown name does nothing.

	An error of `transfer.TRANSIENT` repeats a chunk, `ATTEMPTS` runs in all. The last one and others, such as a missing
	right, roll it back, go to the Error Log, set Failed and `problem`, and clear `running_key`; none is raised.
	"""
	fields = ["asked_by", "undone_by", "undoing", "from_user"]
	record = frappe.db.get_value(chunks.HAND_OVER, hand_over, fields, as_dict=True)
	if not record:
		return
	worker_user = frappe.session.user
	user = record.undone_by if record.undoing else record.asked_by
	frappe.set_user(user)  # Frappe's queue loses the user when it retries a job
	try:
		_require_rights(record.from_user)
		walk = chunks.begin_walk(hand_over)
		while _run_step(walk):
			pass
	except Exception as error:
		_record_failure(hand_over, error)
	finally:
		frappe.set_user(worker_user)  # the worker's own user


def run_in_request(name: str) -> None:
	"""Run a short hand-over or undoing without commit or retry; errors that don't just leave a document are raised."""
	# changes of other transactions stay invisible until the end, so one repeated pass is enough
	walk = chunks.begin_walk(name, sweeps=1)
	while walk.step():
		pass


def go_on() -> None:
	"""Queue the hand-overs and undoings again that gave no sign for `SILENT` minutes; called by the scheduler.

	Their `last_sign_on` is set to now, without `modified`. One that only waits in the queue gets a further job, too.
	"""
	since = site_time.later(site_time.now(), -timedelta(minutes=SILENT))
	silent = {"status": ("in", (chunks.QUEUED, chunks.RUNNING)), "last_sign_on": ("<", since)}
	for record in frappe.get_all(chunks.HAND_OVER, silent, ["name", "status"]):
		sign = {"last_sign_on": now_datetime()}
		frappe.db.set_value(chunks.HAND_OVER, record.name, sign, update_modified=False)
		queue_job(record.name, anew=record.status == chunks.RUNNING)


def _require_rights(from_user: str) -> None:
	"""Check the user's rights again, since they may have changed after the request."""
	if not frappe.db.get_value("User", frappe.session.user, "enabled"):
		frappe.throw(
			_("The user who asked for this hand-over is disabled. Ask another user to hand over."),
			frappe.PermissionError,
		)
	rights.require_right(from_user)


def _run_step(walk) -> bool:
	for attempt in range(1, ATTEMPTS + 1):
		# end the transaction of earlier reads, so that the chunk reads the latest data
		frappe.db.rollback()  # of reads only; each chunk is committed
		try:
			more = walk.step()
			frappe.db.commit()  # in a job: a restart continues after this chunk
			return more
		except transfer.TRANSIENT:
			frappe.db.rollback()  # as above; the database has already aborted the transaction
			if attempt == ATTEMPTS:
				raise
			frappe.clear_messages()
			time.sleep(0.1 * attempt)
	return False


def _record_failure(hand_over: str, error: Exception) -> None:
	frappe.db.rollback()  # of the current chunk; earlier ones are committed
	frappe.log_error("Hand-Over Failed", reference_doctype=chunks.HAND_OVER, reference_name=hand_over)
	problem = shorten_text(of_message(error)) or type(error).__name__
	values = {"status": chunks.FAILED, "problem": problem, "running_key": None}
	frappe.db.set_value(chunks.HAND_OVER, hand_over, values)
	frappe.db.commit()  # in a job: the failure has to be stored
