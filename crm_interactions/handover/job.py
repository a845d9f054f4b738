"""In the background, in chunks that may be repeated: a worker may die at any time, and another one goes on."""

import time
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from crm_interactions.controllers.validation import shorten_text
from crm_interactions.handover import chunks, transfer
from crm_interactions.supervision import rights

JOB = "crm_interactions.handover.job"
TIMEOUT = 6 * 60 * 60
ATTEMPTS = 6
# minutes without a sign of life after which a worker counts as dead; a chunk takes seconds
SILENT = 10


def queue_job(name: str, anew: bool = False) -> None:
	"""Queue a hand-over, or its undoing.

	Args:
		anew: the worker that had it died; the platform would still count the job as begun.
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
	"""Do what a hand-over is due for, as whoever asked for it."""
	record = frappe.db.get_value(
		chunks.HAND_OVER, hand_over, ["asked_by", "undone_by", "undoing", "from_user"], as_dict=True
	)
	if not record:
		return
	before = frappe.session.user
	who = record.undone_by if record.undoing else record.asked_by
	frappe.set_user(who)  # the platform's queue forgets who asked when it tries again
	try:
		_require_rights(record.from_user)
		walk = chunks.begin_walk(hand_over)
		while _step(walk):
			pass
	except Exception as error:
		_fail(hand_over, error)
	finally:
		frappe.set_user(before)  # whoever runs the job goes on as he was


def at_once(name: str) -> None:
	"""Do a short one within the request, which commits it as a whole."""
	# nobody else's changes are seen before its end, so looking once more is enough
	walk = chunks.begin_walk(name, sweeps=1)
	while walk.step():
		pass


def go_on() -> None:
	"""Called by the scheduler: what a worker left behind when it died is done by another one."""
	since = now_datetime() - timedelta(minutes=SILENT)
	silent = frappe.get_all(
		chunks.HAND_OVER,
		{"status": ("in", (chunks.QUEUED, chunks.RUNNING)), "last_sign_on": ("<", since)},
		["name", "status"],
	)
	for record in silent:
		frappe.db.set_value(
			chunks.HAND_OVER, record.name, "last_sign_on", now_datetime(), update_modified=False
		)
		queue_job(record.name, anew=record.status == chunks.RUNNING)


def _require_rights(from_user: str) -> None:
	"""They may have been taken away since it was asked for."""
	if not frappe.db.get_value("User", frappe.session.user, "enabled"):
		frappe.throw(
			_("Whoever asked for this is no enabled user any more. Let somebody else hand over."),
			frappe.PermissionError,
		)
	rights.require_right(from_user)


def _step(walk) -> bool:
	for attempt in range(1, ATTEMPTS + 1):
		# what was read so far shows the database as it was then; a chunk sees what is there once it is its turn
		frappe.db.rollback()  # of reads alone; each chunk is kept
		try:
			more = walk.step()
			frappe.db.commit()  # a job: each chunk is kept, so that it can be started again
			return more
		except transfer.TRANSIENT:
			frappe.db.rollback()  # as above; the database has given up the transaction already
			if attempt == ATTEMPTS:
				raise
			frappe.clear_messages()
			time.sleep(0.1 * attempt)
	return False


def _fail(hand_over: str, error: Exception) -> None:
	frappe.db.rollback()  # the chunk that was under way; those before it are kept
	frappe.log_error("Hand-Over Failed", reference_doctype=chunks.HAND_OVER, reference_name=hand_over)
	problem = shorten_text(frappe.utils.strip_html(str(error))) or type(error).__name__
	values = {"status": chunks.FAILED, "problem": problem, "running_key": None}
	frappe.db.set_value(chunks.HAND_OVER, hand_over, values)
	frappe.db.commit()  # or nobody would learn of it
