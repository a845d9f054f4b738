"""Calls: the report of a call, by a log or a telephone system, becomes an exchange once the call has ended."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from frappe import _
from frappe.utils import flt, get_datetime

from crm_interactions.capture import colleagues, refused
from crm_interactions.capture.exchange import CALL, INCOMING, Exchange, Reference, Refusal, key_of
from crm_interactions.clock import site_time
from crm_interactions.controllers.rich_text import from_plain_text
from crm_interactions.parties.phone_match import trailing_digits

HELD, NOT_HELD = "Held", "Not Held"
# final status of Call Log and CRM Call Log; a caller who hangs up before the answer cancels
ENDED = {"Completed": HELD, "Failed": NOT_HELD, "Busy": NOT_HELD, "No Answer": NOT_HELD, "Canceled": NOT_HELD}
RINGING = "Ringing"
SCHEMES = ("http", "https")


@dataclass(frozen=True)
class Call:
	"""A call that was answered or has ended.

	Args:
		source: type and name of its log; None if a telephone system reported it without one.
		key: `key_of` its number in the telephone system.
		direction: INCOMING or OUTGOING.
		theirs, ours: number of the person outside, and of the colleague, as reported.
		status: HELD or NOT_HELD.
		starts_on: in the site's time zone.
		duration: seconds of the conversation; None if unknown.
		recording: address of the recording, or "".
		text: plain text for the notes.
		title: plain text, or "".
		user: who called or was called; None if only the number tells.
		about: documents that it belongs to, the nearest first.
	"""

	source: Reference | None
	key: str
	direction: str
	theirs: str
	ours: str
	status: str
	starts_on: datetime
	duration: float | None = None
	recording: str = ""
	text: str = ""
	title: str = ""
	user: str | None = None
	about: tuple[Reference, ...] = ()


def read_log(doc, *, user: str | None, about: tuple[Reference, ...] = (), text: str = ""):
	"""Return a Call Log or CRM Call Log as an exchange, or why it isn't captured; None while the call goes on.

	Both document types name the fields that are read here alike.
	"""
	if doc.status not in ENDED:
		return None
	theirs, ours = numbers_of(doc)
	start = get_datetime(doc.start_time or doc.creation)
	return as_exchange(
		Call(
			source=(doc.doctype, doc.name),
			key=key_of("call", doc.id or doc.name),
			direction=doc.type,
			theirs=theirs,
			ours=ours,
			status=ENDED[doc.status],
			starts_on=start.replace(tzinfo=None, microsecond=0),
			duration=_seconds(doc, start),
			recording=doc.recording_url or "",
			text=text,
			user=user,
			about=about,
		)
	)


def numbers_of(doc) -> tuple[str, str]:
	"""Return the number of the person outside and the colleague's, as a log holds them."""
	pair = (doc.get("from") or "").strip(), (doc.get("to") or "").strip()
	return pair if doc.type == INCOMING else pair[::-1]


def as_exchange(call: Call) -> Exchange | Refusal:
	"""Return a call as an exchange; refused without a number, as the caller withheld it, or between colleagues.

	A number of fewer than five digits is an extension.
	"""
	if not has_digits(call.theirs):
		return Refusal(refused.NO_NUMBER, call.theirs)
	if not trailing_digits(call.theirs) or colleagues.find_users_of_number(call.theirs):
		return Refusal(refused.INTERNAL, call.theirs)
	return Exchange(
		source=call.source,
		key=call.key,
		medium=CALL,
		direction=call.direction,
		address=call.theirs,
		title=call.title,
		starts_on=call.starts_on,
		notes=from_plain_text(call.text) + recording_link(call.recording),
		# an unanswered call has no length, though it rang
		duration=call.duration if call.status == HELD else None,
		status=call.status,
		user=call.user or next(iter(colleagues.find_users_of_number(call.ours)), None),
		about=call.about,
	)


def has_digits(number: str) -> bool:
	"""Return whether a text may be a number; callers who withhold theirs are *anonymous* or *unknown*."""
	return any(character.isdigit() for character in number)


def recording_link(address: str) -> str:
	"""Return HTML with a link to a recording; "" for an address that isn't of the web or of this site's files."""
	address = (address or "").strip()
	if not is_safe(address):
		return ""
	return (
		f'<p><a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{_("Recording")}</a></p>'
	)


def link_in(notes: str) -> str:
	"""Return the paragraph with a link to a recording at the end of notes that `as_exchange` wrote, or ""."""
	return notes[notes.rindex("<p>") :] if notes.endswith("</a></p>") else ""


def is_safe(address: str) -> bool:
	"""Return whether an address leads to the web or to a file of this site."""
	try:
		parts = urlsplit(address)
	except ValueError:
		return False
	if parts.scheme or parts.netloc:
		return parts.scheme in SCHEMES and bool(parts.netloc)
	return parts.path.startswith(("/files/", "/private/files/"))


def _seconds(doc, start: datetime) -> float | None:
	"""Return the duration that the log states, else the time from its start to its end."""
	if flt(doc.duration):
		return flt(doc.duration)
	if doc.start_time and doc.end_time:
		return max(site_time.elapsed(start, get_datetime(doc.end_time)).total_seconds(), 0) or None
	return None
