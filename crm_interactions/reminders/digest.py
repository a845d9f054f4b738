"""The morning digest (R23): today, what is late, chains without a next step; a supervisor's team below his own.

One a day for each user, at an hour of his own clock. After days on which no scheduler ran there is today's, and no other.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, escape_html, format_date, get_datetime, get_url_to_list, now_datetime

from crm_interactions.activities import options
from crm_interactions.followups import clock, rules
from crm_interactions.reminders import agenda, due, mail, recipients, sent_log

PAGE = 200


def send_due_digests(now: datetime | None = None, until: float | None = None) -> Counter:
	"""Send the digests that are due; each is committed by itself.

	Args:
		now: in the site's time zone; left out, the present.
		until: moment of `time.monotonic()` at which to stop, for the next run to go on; left out, to the end.

	Returns: how many were Sent, Passed Over or Failed.
	"""
	now = get_datetime(now or now_datetime())
	counted: Counter = Counter()
	if not options.settings().send_digest:
		return counted
	for reader, day in _pending(now):
		if until is not None and time.monotonic() > until:
			break
		counted[sent_log.send_once(_entry(reader, day), _preparing(reader, day, now))] += 1
	counted.pop(None, None)
	return counted


def _pending(now: datetime) -> Iterator[tuple]:
	"""Yield who hasn't had his digest yet, and for which day."""
	hour, site = cint(options.settings().digest_hour), clock.site_zone()
	for users in _pages():
		people = recipients.list_enabled_readers(users)
		known = sent_log.known_digests(users, now.date() - timedelta(days=2))
		for reader in people.values():
			day = due.digest_day(now, site, clock.zone_of(reader.name), hour)
			if day and (reader.name, day) not in known and _reads_activities(reader.name):
				yield reader, day


def _pages() -> Iterator[list[str]]:
	"""Yield the users who work in the Desk, a page at a time."""
	after = ""
	while True:
		filters = {"enabled": 1, "user_type": "System User", "name": (">", after)}
		page = frappe.get_all("User", filters, pluck="name", order_by="name asc", limit=PAGE)
		if not page:
			return
		yield page
		after = page[-1]


def _reads_activities(user: str) -> bool:
	return any(frappe.has_permission(doctype, "read", user=user) for doctype in rules.PLANNING)


def _entry(reader, day) -> dict:
	return {
		"kind": due.DIGEST,
		"user": reader.name,
		"due": datetime(day.year, day.month, day.day),
		"reminder_key": due.reminder_key(due.DIGEST, "", reader.name, day),
	}


def _preparing(reader, day, now: datetime) -> Callable[[], Callable[[str], None] | None]:
	return lambda: _prepare(reader, day, now)


def _prepare(reader, day, now: datetime) -> Callable[[str], None] | None:
	by_email = reader.digest_by_email and mail.is_possible()
	if not (reader.in_desk or by_email):
		return None
	with recipients.reading_as(reader):
		said = agenda.build_agenda(reader, day, now)
		if not said:
			return None
		subject, heading = _subject(said, day), _("Your day, {0}").format(format_date(day))
		in_short = _in_short(said, day)

	def tell(name: str) -> None:
		if reader.in_desk:
			_notify(name, reader, in_short)
		if by_email:
			mail.queue_mail(
				reader, subject, "interaction_digest", {"heading": heading, **said}, (sent_log.REMINDER, name)
			)

	return tell


def _subject(said: dict, day) -> str:
	return _("Your day, {0}: {1} today, {2} late").format(
		format_date(day), said["own"]["today"]["count"], said["own"]["late"]["count"]
	)


def _in_short(said: dict, day) -> str:
	own = said["own"]
	counts = [own[part]["count"] for part in agenda.PARTS]
	sentence = _("{0}: today {1}, late {2}, chains without a next step {3}.").format(
		format_date(day), *counts
	)
	if said["team"]:
		late = [member["late"]["count"] for member in said["team"]]
		sentence += " " + _("Your team: people with open work {0}, late {1}.").format(
			len(late), agenda.total(late)
		)
	return escape_html(sentence)


def _notify(name: str, reader, sentence: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": reader.name,
			"subject": sentence,
			"document_type": sent_log.REMINDER,
			"document_name": name,
			# where a click leads
			"link": get_url_to_list("Interaction"),
		}
	).insert(ignore_permissions=True)  # the platform tells him, nobody else does
