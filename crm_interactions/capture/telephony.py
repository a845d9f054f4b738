"""Reports of telephone systems without a log on this site: one call is one interaction, however many events it has."""

from dataclasses import dataclass, replace
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import now_datetime

from crm_interactions.activities import options
from crm_interactions.capture import calls, capturing, colleagues, records, ringing, updating
from crm_interactions.capture.exchange import CALL, INCOMING, OUTGOING, Exchange, Refusal, key_of
from crm_interactions.chains import locks
from crm_interactions.clock import site_time
from crm_interactions.controllers.rich_text import from_plain_text
from crm_interactions.controllers.validation import bold
from crm_interactions.parties.countries import list_regions
from crm_interactions.parties.phone_match import to_e164, trailing_digits

RINGING, ANSWERED, MISSED, ENDED = EVENTS = ("ringing", "answered", "missed", "ended")
DIRECTIONS = (INCOMING, OUTGOING)
ATTEMPTS = 4


@dataclass(frozen=True)
class Report:
	"""What a telephone system says of a call; blank values of a later event leave the earlier ones as they are.

	Args:
		event: one of `EVENTS`.
		key: number of the call in the telephone system.
		direction: one of `DIRECTIONS`.
		theirs, ours: number of the person outside, and of the colleague.
		user: enabled user who was called or who called.
		starts_on: in the site's time zone.
		duration: seconds.
		recording: address of the recording.
		title, text: plain text.
	"""

	event: str
	key: str
	direction: str
	theirs: str
	ours: str
	user: str | None = None
	starts_on: datetime | None = None
	duration: float | None = None
	recording: str = ""
	title: str = ""
	text: str = ""


def log_call(report: Report) -> dict:
	"""Tell the user of a ringing call, or record what happened to it; permissions aren't checked, except on its record.

	Returns: `doctype` and `name` of the Interaction or Captured Item, both None for a ringing call and one that isn't
		recorded, and `reason` why not: "no number", "internal", "excluded" or "daily limit".

	Raises: ValidationError for an invalid value; PermissionError if another user recorded the call, and the session's
		user may not write it (read, for an item); OptionOffError if calls are switched off.
	"""
	check(report)
	if not options.is_on(options.OPTION_OF_MEDIUM[CALL]):
		options.refuse(_(CALL))
	if report.event == RINGING:
		_tell(report)
		return _answer()
	for left in reversed(range(ATTEMPTS)):
		try:
			_take_turn()
			return _record(report)
		except Exception as error:
			if not left or not _came_second(error):
				raise
			frappe.db.rollback()  # the request has only begun to record this call, which another one has just recorded
			frappe.clear_messages()


def _take_turn() -> None:
	"""Let requests of one telephone system wait for each other, and read what the one before has committed."""
	locks.restart_transaction()
	frappe.db.get_value("User", frappe.session.user, "name", for_update=True)


def _came_second(error: Exception) -> bool:
	twice = isinstance(error, frappe.UniqueValidationError | frappe.DuplicateEntryError)
	return twice or locks.is_given_up(error)


def _record(report: Report) -> dict:
	key = key_of("reported", report.key)
	if known := records.find_by_key(key):
		number = _update(known, report)
		return _tell(report, number, _answer(known))
	answer = _file(calls.as_exchange(_call(report, key)))
	return _tell(report, report.theirs, answer)


def check(report: Report) -> None:
	"""Raise ValidationError for a value that no call has."""
	_require_choice(report.event, EVENTS, "event")
	_require_choice(report.direction, DIRECTIONS, "direction")
	if not report.key.strip():
		frappe.throw(
			_("The argument {0} is empty. Send the telephone system's number of the call.").format(
				bold("idempotency_key")
			)
		)
	# fewer digits are an extension
	if trailing_digits(report.theirs) and not to_e164(report.theirs, *list_regions()):
		frappe.throw(
			_("{0} is no telephone number. Send it as {1}, or as it is dialled within the country.").format(
				bold(report.theirs), "+38514567890"
			)
		)
	if report.recording and not calls.is_safe(report.recording):
		frappe.throw(
			_("{0} is no address of a recording. Send one that begins with {1}.").format(
				bold(report.recording), "https://"
			)
		)
	if report.duration is not None and report.duration < 0:
		frappe.throw(_("The duration is negative. Send the seconds of the conversation."))
	_check_user(report.user)
	_check_start(report.starts_on)


def _require_choice(value: str, choices: tuple[str, ...], name: str) -> None:
	if value not in choices:
		frappe.throw(
			_("{0} is no value of the argument {1}. Send one of: {2}.").format(
				bold(value), bold(name), ", ".join(choices)
			)
		)


def _check_user(user: str | None) -> None:
	if user and not (colleagues.is_enabled(user) and _is_desk_user(user)):
		frappe.throw(
			_(
				"{0} is no enabled user of the Desk. Send the e-mail address with which the user logs in."
			).format(bold(user))
		)


def _is_desk_user(user: str) -> bool:
	return frappe.db.get_value("User", user, "user_type") == colleagues.SYSTEM


def _check_start(start: datetime | None) -> None:
	# clocks of telephone systems are rarely exact
	if start and site_time.elapsed(now_datetime(), start).total_seconds() > ringing.LONGEST:
		frappe.throw(
			_("The call starts in the future ({0}). Send its start in the site's time zone, {1}.").format(
				bold(start), bold(site_time.site_zone())
			)
		)


def _tell(report: Report, number: str | None = None, answer: dict | None = None) -> dict | None:
	"""Tell the users of a call what happened to it: at once that it rings, else once its record is stored."""
	if report.direction == INCOMING:
		users = ringing.users_of(report.user, report.ours)
		ringing.tell(
			users, report.event, number or report.theirs, report.key, answer, after_commit=bool(answer)
		)
	return answer


def _update(record: dict, report: Report) -> str:
	"""Write what an event adds to the record of its call; return the number of the person outside."""
	doc = frappe.get_doc(record["doctype"], record["name"])
	if doc.owner != frappe.session.user:
		# a key may be guessed; users assign items that they can read
		doc.check_permission("read" if doc.doctype == records.ITEM else "write")
	known = updating.read_exchange(doc)
	if known:
		updating.update_record(record, _merge(known, report))
	return known.address if known else report.theirs


def _call(report: Report, key: str) -> calls.Call:
	return calls.Call(
		source=None,
		key=key,
		direction=report.direction,
		theirs=report.theirs,
		ours=report.ours,
		status=calls.NOT_HELD if report.event == MISSED else calls.HELD,
		starts_on=(report.starts_on or now_datetime()).replace(microsecond=0),
		duration=report.duration,
		recording=report.recording,
		text=report.text,
		title=report.title,
		user=report.user,
	)


def _file(found: Exchange | Refusal) -> dict:
	found = capturing.judge(found) if isinstance(found, Exchange) else found
	record = capturing.file_judged(found, None)
	if isinstance(record, Refusal):
		return _answer(reason=record.reason)
	if not frappe.db.exists(record["doctype"], record["name"]):
		# recorded since this transaction began to read
		raise locks.changed_meanwhile()
	return _answer(record)


def _merge(known: Exchange, report: Report) -> Exchange:
	"""Return a call as told before, with what a later event adds; an answered call can't be missed any more."""
	link = calls.link_in(known.notes)
	text = from_plain_text(report.text) or known.notes.removesuffix(link)
	status = calls.HELD if report.event == ANSWERED else known.status
	return replace(
		known,
		status=status,
		starts_on=report.starts_on or known.starts_on,
		duration=known.duration if report.duration is None or status != calls.HELD else report.duration,
		title=report.title or known.title,
		notes=text + (calls.recording_link(report.recording) or link),
	)


def _answer(record: dict | None = None, reason: str | None = None) -> dict:
	return {**(record or {"doctype": None, "name": None}), "reason": reason}
