"""The job that makes a dossier in the background, as the user who asked for it, and its progress."""

import time

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.chains.locks import CHAIN
from crm_interactions.insight.dossier import contents, layout, pdf, store
from crm_interactions.insight.dossier.parts import Dossier
from crm_interactions.platform.stored_text import of_message
from crm_interactions.recording import progress
from crm_interactions.reminders import recipients

JOB = "crm_interactions.insight.dossier.job"
TIMEOUT = 60 * 60
# seconds for which progress and result are known
KNOWN = 24 * 60 * 60
# more would take more memory than a worker usually has
MOST = 2000
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
# per cent of the work after reading, and after the layout of pages
READ, LAID_OUT = 10, 85
# about the content of a page: lines of tables, activities, and characters of notes
LINES, ACTIVITIES, CHARACTERS = 40, 5, 3500
EVERY = 0.5  # seconds between reports


def queue(chain: str) -> None:
	"""Queue the dossier of a chain for the session's user and in the session's language, unless it is under way."""
	user = frappe.session.user
	if is_under_way(user, chain):
		return
	_report(user, chain, state=WAITING)
	frappe.enqueue(
		f"{JOB}.run",
		timeout=TIMEOUT,
		job_id=_job_id(user, chain),
		enqueue_after_commit=True,
		chain=chain,
		user=user,
		language=frappe.local.lang,
	)


def is_under_way(user: str, chain: str) -> bool:
	return is_job_enqueued(_job_id(user, chain))


def read_progress(chain: str) -> dict | None:
	"""Return the progress of the session's user's last dossier of a chain; None if there was none in the last day.

	Returns: `state`, one of "waiting", "running", "done" and "failed"; `percent`; `file_url` and `pages` of one that is
		done; `problem`, a sentence, of one that failed, also if its worker died.
	"""
	user = frappe.session.user
	known = progress.read_values(_key(user, chain))
	if known and known["state"] in (WAITING, RUNNING) and not is_under_way(user, chain):
		# it may have ended since it was read
		known = progress.read_values(_key(user, chain))
		if known["state"] in (WAITING, RUNNING):
			return {**known, "state": FAILED, "problem": _("The job was interrupted. Start it again.")}
	return known


def run(chain: str, user: str, language: str) -> None:
	"""Make the dossier of a chain as a user, and store it in place of earlier ones; an error is logged, not raised.

	After an error nothing of the dossier stays, and `problem` of the progress says what to do.
	"""
	before = frappe.session.user
	# Frappe's queue loses the user when it retries a job; the `finally` restores the worker's own
	frappe.set_user(user)
	try:
		with recipients.speak_language(language):
			_run(user, chain)
	finally:
		frappe.set_user(before)  # see above


def _run(user: str, chain: str) -> None:
	_report(user, chain, state=RUNNING)
	try:
		_require_rights(chain)
		made = _make(chain)
		frappe.db.commit()  # in a job: the file exists before its address is shown
	except Exception as error:
		frappe.db.rollback()  # in a job: nothing half-written stays
		frappe.log_error(title="A dossier was not made", reference_doctype=CHAIN, reference_name=chain)
		frappe.db.commit()  # keeps the error
		_report(user, chain, state=FAILED, problem=_explain(error))
	else:
		_report(user, chain, state=DONE, percent=100, **made)


def _make(chain: str) -> dict:
	"""Return `file_url` and `pages` of a new dossier of the session's user."""
	dossier = contents.gather(chain)
	if len(dossier.activities) > MOST:
		frappe.throw(
			_("This chain has more than {0} activities. Split it, then make a dossier of each part.").format(
				MOST
			)
		)
	watch = _Progress(chain, _expect_pages(dossier))
	content, pages = pdf.render(layout.build_html(dossier), layout.build_style(dossier), watch.on_page)
	return {"file_url": store.keep(chain, content), "pages": pages}


class _Progress:
	"""Reports the pages that are laid out as per cent of the expected number."""

	def __init__(self, chain: str, expected: int):
		self._chain, self._expected = chain, expected
		self._furthest, self._reported = 0, 0.0

	def on_page(self, number: int) -> None:
		self._furthest = max(self._furthest, number)
		if time.monotonic() - self._reported < EVERY:
			return
		self._reported = time.monotonic()
		share = min(self._furthest / self._expected, 1)
		percent = round(READ + share * (LAID_OUT - READ))
		_report(frappe.session.user, self._chain, state=RUNNING, percent=percent)


def _expect_pages(dossier: Dossier) -> int:
	count = len(dossier.activities)
	characters = sum(len(note.html) for activity in dossier.activities for note in activity.notes)
	return 4 + round(2 * count / LINES + count / ACTIVITIES + characters / CHARACTERS)


def _require_rights(chain: str) -> None:
	"""Check the user's rights again, since they may have changed after the request."""
	if not frappe.db.get_value("User", frappe.session.user, "enabled"):
		frappe.throw(_("Your user is disabled. Ask an administrator."), frappe.PermissionError)
	frappe.get_doc(CHAIN, chain).check_permission("read")


def _explain(error: Exception) -> str:
	"""Return a sentence for the user about an error; the log has its details."""
	if isinstance(error, frappe.ValidationError) and str(error):
		return of_message(error)
	return _(
		"The dossier could not be made. Try again; if that fails too, ask an administrator to look at the Error Log."
	)


def _report(user: str, chain: str, *, state: str, percent: int = 0, **values) -> None:
	progress.report_values(_key(user, chain), {"state": state, "percent": percent, **values}, KNOWN)


def _key(user: str, chain: str) -> str:
	return f"crm_interactions_dossier:{user}:{chain}"


def _job_id(user: str, chain: str) -> str:
	return f"{JOB}:{user}:{chain}"
