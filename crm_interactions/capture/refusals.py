"""Reasons not to capture a mail, from its header. Imports no Frappe.

The answer to an invitation is read first (`calendar_answer.py`), since calendars send it like an automatic mail.
"""

from collections.abc import Collection
from email.message import Message
from email.utils import parseaddr

LOOP, BOUNCE, LIST, AUTOMATIC = "loop", "bounce", "list", "automatic"
# mail gets one Received from each server, seldom more than twenty
MOST_RECEIVED = 50
# Precedence has no standard: these values are from sendmail and from vacation programs
AUTOMATIC_PRECEDENCE = {"bulk", "junk", "auto_reply"}
# Exchange writes DR, RN, NRN, OOF and AutoReply into users' mails too (MS-OXCMAIL, 2.1.3.2.20). Only programs
# decline reports of failed delivery.
AUTOMATIC_SUPPRESS = {"all", "ndr"}


def reason(headers: Message, *, own_ids: Collection[str] = ()) -> str | None:
	"""Return why a mail isn't captured (one of the constants above), or None for a mail that a person wrote.

	The order counts: a bounce and an absence notice have the same header fields, and so have newsletters and lists.
	- A loop ends whatever the mail is.
	- Bounces are recognized by their content, before their Auto-Submitted makes them automatic.
	- Newsletters are lists, before their Precedence makes them automatic.
	- An empty Return-Path is a bounce only without any other sign: RFC 3834, 3.3 asks absence notices for it too.

	Args:
		own_ids: the values of X-Loop that this site writes.
	"""
	fields = _Fields(headers)
	if _is_loop(fields, own_ids):
		return LOOP
	if _is_report_of_failure(fields):
		return BOUNCE
	if _is_list(fields):
		return LIST
	if _is_automatic(fields):
		return AUTOMATIC
	return BOUNCE if fields.has_empty_return_path() else None


class _Fields:
	"""Header fields as sent: the parsers of Python's policies raise errors for some broken fields."""

	def __init__(self, headers: Message):
		self.values: dict[str, list[str]] = {}
		for name, value in headers.raw_items():
			self.values.setdefault(name.lower(), []).append(str(value).strip())

	def get_all(self, name: str) -> list[str]:
		"""Return the values of a field, in order."""
		return self.values.get(name.lower(), [])

	def keyword(self, name: str) -> str:
		"""Return the first value in lower case, without parameters and comment; "" without the field."""
		value = next(iter(self.get_all(name)), "")
		return value.partition(";")[0].partition("(")[0].strip().lower()

	def has_empty_return_path(self) -> bool:
		"""Return whether the first Return-Path is the null reverse-path (RFC 5321, 4.5.5)."""
		return "".join("".join(self.get_all("Return-Path")[:1]).split()) == "<>"


def _is_loop(fields: _Fields, own_ids: Collection[str]) -> bool:
	ids = {value.lower() for value in own_ids}
	marked = any(value.lower() in ids for value in fields.get_all("X-Loop"))
	return marked or len(fields.get_all("Received")) > MOST_RECEIVED


def _is_report_of_failure(fields: _Fields) -> bool:
	"""Return whether a server reports about a delivery: RFC 3464, Exim and Gmail, or qmail and other plain texts."""
	if "delivery-status" in _report_type(fields) or fields.get_all("X-Failed-Recipients"):
		return True
	sender = parseaddr("".join(fields.get_all("From")[:1]))[1].partition("@")[0].lower()
	# administrators write as postmaster, too
	return sender == "mailer-daemon" or (sender == "postmaster" and fields.has_empty_return_path())


def _report_type(fields: _Fields) -> str:
	content_type = "".join(fields.get_all("Content-Type")[:1]).lower()
	kind, _, parameters = content_type.partition(";")
	return parameters if kind.strip() == "multipart/report" else ""


def _is_list(fields: _Fields) -> bool:
	listed = fields.get_all("List-Id") or fields.get_all("List-Unsubscribe")
	return bool(listed) or fields.keyword("Precedence") == "list"


def _is_automatic(fields: _Fields) -> bool:
	# RFC 3834, 5: every other value, also of a later standard, is automatic
	if fields.keyword("Auto-Submitted") not in ("", "no"):
		return True
	if fields.keyword("Precedence") in AUTOMATIC_PRECEDENCE:
		return True
	suppressed = ",".join(fields.get_all("X-Auto-Response-Suppress")).lower().split(",")
	if AUTOMATIC_SUPPRESS & {value.strip() for value in suppressed}:
		return True
	# read receipts (RFC 8098)
	if "disposition-notification" in _report_type(fields):
		return True
	return any(fields.keyword(name) not in ("", "no") for name in ("X-Autoreply", "X-Autorespond"))
